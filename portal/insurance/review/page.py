"""/practice/insurance."""

from typing import Any

import reflex as rx

from portal.insurance import words_pages as words
from portal.insurance.review.components import proposal, queue
from portal.insurance.review.components_payers import billing_sections, payers
from portal.insurance.review.state import ReviewState
from portal.insurance.review.state_payers import PayersState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def review_page() -> rx.Component:
    """What waits and the list of payers; one proposal in their place once opened."""
    one: Any = ReviewState.proposal
    everything = rx.el.div(queue(), payers(), class_name="grid gap-10")
    content = rx.el.div(rx.cond(one.id != "", proposal(), everything), class_name="max-w-3xl")
    return staff_page(
        words.REVIEW_TITLE,
        settled(ReviewState.loaded, ReviewState.refusal, content, on_retry=ReviewState.load),
        lead=words.REVIEW_LEAD,
        back=billing_sections(),
    )


PAGES = (Page("/practice/insurance", review_page, words.REVIEW_TITLE, (ReviewState.load, PayersState.load)),)
