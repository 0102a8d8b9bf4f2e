"""/practice/services: what the practice offers, and where."""

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.components_links import calendar_sections
from portal.scheduling.offering.components import offering
from portal.scheduling.offering.state import OfferingState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def services_page() -> rx.Component:
    """Services and places."""
    return staff_page(
        words.SERVICES,
        calendar_sections(),
        settled(OfferingState.loaded, OfferingState.refusal, offering(), on_retry=OfferingState.load),
    )


PAGES = (Page("/practice/services", services_page, words.SERVICES, OfferingState.load),)
