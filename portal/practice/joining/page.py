"""/practice/join-requests: Requests to join."""

import reflex as rx

from portal.practice.components_back import back_to
from portal.practice.joining import words
from portal.practice.joining.components import queue
from portal.practice.joining.state import JoiningState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def joining_page() -> rx.Component:
    """Who asks to join, and whom each of them looks like."""
    return staff_page(
        words.TITLE,
        settled(JoiningState.loaded, JoiningState.refusal, queue(), on_retry=JoiningState.load),
        lead=words.LEAD,
        back=back_to(words.BACK, "/practice/clients"),
    )


PAGES = (Page("/practice/join-requests", joining_page, words.TITLE, JoiningState.load),)
