"""/appointments/new: ask for a time."""

from typing import Any, cast

import reflex as rx

from portal.scheduling import words_own as words
from portal.scheduling.asking.components import booking, own_clock
from portal.scheduling.asking.state import AskingState
from portal.ui.kit.classes import LINK
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page
from portal.ui.shell_state import ShellState

_BACK: Any = "/appointments" + cast(Any, ShellState.query)
_WHOSE: Any = AskingState.whose


def asking_page() -> rx.Component:
    """Choose, pick a time, send."""
    return client_page(
        rx.cond(AskingState.moves == "", words.NEW_TITLE, words.MOVE_TITLE),
        rx.cond(AskingState.loaded, own_clock()),
        settled(AskingState.loaded, AskingState.refusal, booking(), on_retry=AskingState.load),
        lead=rx.cond(AskingState.whose != "", "For " + _WHOSE, ""),
        back=inner_link("← ", words.BACK, to=_BACK, class_name=LINK),
    )


PAGES = (Page("/appointments/new", asking_page, words.NEW_TITLE, AskingState.load),)
