"""/practice/availability: when a therapist works."""

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.availability.components import hours
from portal.scheduling.availability.state import AvailabilityState
from portal.scheduling.components_links import calendar_sections
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def availability_page() -> rx.Component:
    """The hours of a therapist."""
    return staff_page(
        words.HOURS,
        calendar_sections(),
        settled(AvailabilityState.loaded, AvailabilityState.refusal, hours(), on_retry=AvailabilityState.load),
    )


PAGES = (Page("/practice/availability", availability_page, words.HOURS, AvailabilityState.load),)
