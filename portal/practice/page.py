"""/practice: staff's Today."""

import reflex as rx

from portal.insurance.review.components_payers import insurance_banner
from portal.insurance.review.state_payers import InsuranceCountState
from portal.practice.components import alerts, arrivals, way_to_settings
from portal.practice.joining.components_banner import join_banner
from portal.practice.joining.state_count import WaitingState
from portal.practice.state import TodayState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def today_page() -> rx.Component:
    """What came in, and what to do about it."""
    content = rx.el.div(alerts(), join_banner(), insurance_banner(), arrivals(), way_to_settings())
    return staff_page("Today", settled(TodayState.loaded, TodayState.refusal, content, on_retry=TodayState.load))


PAGES = (Page("/practice", today_page, "Today", (TodayState.load, WaitingState.load, InsuranceCountState.load)),)
