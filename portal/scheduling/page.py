"""The pages of appointments; this one is /appointments."""

from typing import Any

import reflex as rx

from portal.scheduling import words_own as words
from portal.scheduling.asking import page as asking_page
from portal.scheduling.availability import page as availability_page
from portal.scheduling.components import appointments, own_clock
from portal.scheduling.feed.components import calendar_panel
from portal.scheduling.offering import page as offering_page
from portal.scheduling.requests import page as requests_page
from portal.scheduling.state import AppointmentsState
from portal.scheduling.week import page as week_page
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page

_WHOSE: Any = AppointmentsState.whose


def appointments_page() -> rx.Component:
    """One's own appointments."""
    return client_page(
        words.APPOINTMENTS,
        rx.cond(AppointmentsState.loaded, own_clock()),
        calendar_panel(),
        settled(AppointmentsState.loaded, AppointmentsState.refusal, appointments(), on_retry=AppointmentsState.load),
        lead=rx.cond(AppointmentsState.whose != "", "For " + _WHOSE, ""),
    )


PAGES = (
    Page("/appointments", appointments_page, words.APPOINTMENTS, AppointmentsState.load),
    *asking_page.PAGES,
    *requests_page.PAGES,
    *week_page.PAGES,
    *availability_page.PAGES,
    *offering_page.PAGES,
)
