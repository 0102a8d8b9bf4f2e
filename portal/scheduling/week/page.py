"""/practice/calendar: the week."""

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.components_links import calendar_sections
from portal.scheduling.week.components import calendar
from portal.scheduling.week.components_panels import new_appointment, one_appointment
from portal.scheduling.week.state import CalendarState
from portal.scheduling.week.state_planning import PlanningState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def calendar_page() -> rx.Component:
    """A week of appointments."""
    return staff_page(
        words.CALENDAR,
        calendar_sections(),
        settled(
            CalendarState.loaded,
            CalendarState.refusal,
            calendar(),
            new_appointment(),
            one_appointment(),
            on_retry=CalendarState.load,
        ),
    )


PAGES = (Page("/practice/calendar", calendar_page, words.CALENDAR, (CalendarState.load, PlanningState.load)),)
