"""/practice/forms: the forms of the practice."""

import reflex as rx

from portal.practice.forms import words
from portal.practice.forms.components import actions, finder, form_list
from portal.practice.forms.state import LibraryState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def forms_page() -> rx.Component:
    """Every form, its version, and how many sheets of it are still to be signed."""
    content = rx.el.div(actions(), finder(), form_list())
    return staff_page(
        words.FORMS, settled(LibraryState.loaded, LibraryState.refusal, content, on_retry=LibraryState.load)
    )


PAGES = (Page("/practice/forms", forms_page, words.FORMS, LibraryState.load),)
