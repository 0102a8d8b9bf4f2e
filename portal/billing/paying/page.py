"""/billing: one page with what is owed, payments so far, and cards."""

import reflex as rx

from portal.billing.paying.components import balance, cards, history, waiting_note
from portal.billing.paying.state import BillingState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page


def billing_page() -> rx.Component:
    """What is owed first, then what was paid, then cards."""
    content = rx.el.div(waiting_note(), balance(), history(), cards(), class_name="grid gap-10")
    return client_page(
        "Billing",
        settled(BillingState.loaded, BillingState.refusal, content, on_retry=BillingState.load),
    )


PAGES = (Page("/billing", billing_page, "Billing", BillingState.load),)
