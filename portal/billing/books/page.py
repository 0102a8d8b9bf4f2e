"""/practice/billing."""

from typing import Any

import reflex as rx

from portal.billing.books import words
from portal.billing.books.components import debtors, export, not_connected, unclear
from portal.billing.books.components_account import account
from portal.billing.books.state import BooksState, CorrectionsState
from portal.insurance.review.components_payers import billing_sections
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def books_page() -> rx.Component:
    """Everybody who owes something; one client's money in its place once opened."""
    one: Any = BooksState.account
    everybody = rx.el.div(unclear(), debtors(), export(), class_name="grid gap-10")
    content = rx.el.div(not_connected(), rx.cond(one.id != "", account(), everybody), class_name="grid gap-6")
    return staff_page(
        "Billing",
        settled(BooksState.loaded, BooksState.refusal, content, on_retry=BooksState.load),
        lead=words.LEAD,
        back=billing_sections(),
    )


PAGES = (Page("/practice/billing", books_page, "Billing", (BooksState.load, CorrectionsState.load)),)
