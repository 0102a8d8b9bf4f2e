"""What can be done above the list: add a client, take a list in or out."""

import reflex as rx

from portal.practice.clients import words
from portal.practice.clients.components_add import add_client
from portal.practice.clients.state import ClientsState
from portal.practice.clients.state_export import ExportState
from portal.ui.kit.buttons import button, button_link
from portal.ui.shell_state import ShellState


def tools() -> rx.Component:
    """The buttons above the list, as far as one's role has them."""
    bring_in = button_link(words.IMPORT, to=rx.Var.create("/practice/import-clients") + ShellState.query)
    messages = button_link(words.MESSAGES, to=rx.Var.create("/practice/invitation-messages") + ShellState.query)
    return rx.el.div(
        add_client(),
        rx.cond(ClientsState.may_add & ~ClientsState.only_assigned, bring_in),
        button(words.EXPORT, on_click=ExportState.export, title=words.EXPORT_HELP),
        rx.cond(ClientsState.may_add, messages),
        class_name="mb-6 flex flex-wrap gap-3",
    )
