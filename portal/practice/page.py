"""/practice: staff's Today."""

import reflex as rx

from portal.practice.components import arrivals
from portal.practice.state import TodayState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def today_page() -> rx.Component:
    """What came in, and what to do about it."""
    return staff_page("Today", settled(TodayState.loaded, TodayState.refusal, arrivals(), on_retry=TodayState.load))


PAGES = (Page("/practice", today_page, "Today", TodayState.load),)
