"""That somebody asks to join, on the pages where staff notice it."""

import reflex as rx

from portal.practice.joining import words
from portal.practice.joining.state_count import WaitingState
from portal.ui.kit.classes import CARD, LINK, join
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.shell_state import ShellState


def join_banner() -> rx.Component:
    """How many ask to join, with the way there; read aloud when somebody does. Nothing while nobody asks."""
    to = rx.Var.create("/practice/join-requests") + ShellState.query
    told = rx.el.p(
        rx.el.span(icon("users"), class_name="text-accent-strong"),
        rx.el.span(WaitingState.told, class_name="font-semibold"),
        inner_link(words.BANNER_LINK, to=to, class_name=LINK),
        class_name=join(CARD, "mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3"),
    )
    shown: rx.Component = rx.el.div(rx.cond(WaitingState.told != "", told), role="status")
    return shown
