"""The portal as it is, with the trial page added: what the tests' server process runs."""

import reflex as rx

from portal.portal import app
from tests.security.door_state import MoreTrialState, TrialState

__all__ = ["app"]


def trial_page() -> rx.Component:
    return rx.el.p(TrialState.seen, MoreTrialState.seen)


app.add_page(trial_page, route="/trial", on_load=TrialState.load)
