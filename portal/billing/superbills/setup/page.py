"""/practice/superbills: Billing, Superbills."""

import reflex as rx

from portal.billing.superbills import words_page as words
from portal.billing.superbills.setup.components import clinicians, practice, services
from portal.billing.superbills.setup.state import SetupState
from portal.insurance.review.components_payers import billing_sections
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def setup_page() -> rx.Component:
    """The practice, who gives care, and what is offered."""
    content = rx.el.div(practice(), clinicians(), services(), class_name="grid max-w-3xl gap-10")
    return staff_page(
        words.SETUP_TITLE,
        settled(SetupState.loaded, SetupState.refusal, content, on_retry=SetupState.load),
        lead=words.LEAD,
        back=billing_sections(),
    )


PAGES = (Page("/practice/superbills", setup_page, words.SETUP_TITLE, SetupState.load),)
