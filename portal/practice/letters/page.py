"""/practice/invitation-messages: Invitation messages."""

import reflex as rx

from portal.practice.components_back import back_to
from portal.practice.letters import words
from portal.practice.letters.components import messages
from portal.practice.letters.state import LettersState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def letters_page() -> rx.Component:
    """The messages that the practice keeps, by name."""
    return staff_page(
        words.TITLE,
        settled(LettersState.loaded, LettersState.refusal, messages(), on_retry=LettersState.load),
        lead=words.LEAD,
        back=back_to(words.BACK, "/practice/clients"),
    )


PAGES = (Page("/practice/invitation-messages", letters_page, words.TITLE, LettersState.load),)
