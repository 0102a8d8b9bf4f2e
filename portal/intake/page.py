"""The pages of forms; this one is /forms, the list."""

import reflex as rx

from portal.intake import words_pages as words
from portal.intake.answers import page as answers_page
from portal.intake.components import form_lists
from portal.intake.filling import page as form_page
from portal.intake.state import FormsState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page


def forms_page() -> rx.Component:
    """The forms of the person acted for."""
    return client_page(
        words.FORMS, settled(FormsState.loaded, FormsState.refusal, form_lists(), on_retry=FormsState.load)
    )


PAGES = (Page("/forms", forms_page, words.FORMS, FormsState.load), *form_page.PAGES, *answers_page.PAGES)
