"""/practice/clients/[client_id]/insurance."""

from typing import Any

import reflex as rx

from portal.insurance import words_pages as words
from portal.insurance.desk.components import policies
from portal.insurance.desk.state import DeskState
from portal.ui.kit.buttons import text_link
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState


def desk_page() -> rx.Component:
    """One client's policies: entered here, they are in force at once."""
    state: Any = DeskState
    back = text_link(words.BACK_TO_CLIENT, to="/practice/clients/" + state.client_id.to(str) + ShellState.query)
    heading = rx.cond(DeskState.client != "", words.TITLE + " · " + state.client.to(str), words.TITLE)
    return staff_page(
        heading,
        settled(DeskState.loaded, DeskState.refusal, policies(), on_retry=DeskState.load),
        lead=words.DESK_LEAD,
        back=back,
    )


PAGES = (Page("/practice/clients/[client_id]/insurance", desk_page, words.TITLE, DeskState.load),)
