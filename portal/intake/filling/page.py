"""/forms/[assignment_id]: fill in a form, look it over, sign it; afterwards read what was sent."""

import reflex as rx

from portal.intake import words_pages as words
from portal.intake.filling.components import form, heading, lead, to_all_forms
from portal.intake.filling.state import FillState
from portal.intake.filling.state_cosign import CosignState
from portal.ui.kit.states import failure
from portal.ui.layout import Page, client_page


def form_page() -> rx.Component:
    """One form."""
    refused = failure(FillState.refusal, FillState.load)
    shown = rx.cond(FillState.refusal != "", refused, form())
    return client_page(heading(), shown, lead=lead(), back=to_all_forms())


PAGES = (Page("/forms/[assignment_id]", form_page, words.FORM, (FillState.load, CosignState.load)),)
