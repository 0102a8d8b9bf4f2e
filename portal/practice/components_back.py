"""The way back from a page to the list it belongs to."""

import reflex as rx

from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.shell_state import ShellState

_BACK = "-ml-1 mb-1 inline-flex min-h-target items-center gap-1 font-semibold text-accent-strong hover:underline"


def back_to(label: str, address: str) -> rx.Component:
    """A link above the title."""
    return inner_link(icon("chevron-left"), label, to=rx.Var.create(address) + ShellState.query, class_name=_BACK)
