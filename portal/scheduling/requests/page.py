"""/practice/requests: the inbox."""

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.components_links import calendar_sections
from portal.scheduling.requests.components import inbox
from portal.scheduling.requests.state import RequestsState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def requests_page() -> rx.Component:
    """The requests that wait."""
    return staff_page(
        words.REQUESTS,
        calendar_sections(),
        settled(RequestsState.loaded, RequestsState.refusal, inbox(), on_retry=RequestsState.load),
    )


PAGES = (Page("/practice/requests", requests_page, words.REQUESTS, RequestsState.load),)
