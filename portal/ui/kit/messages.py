"""The parts of assets/ui/messages.jsx: writing, and saying what was seen."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var


def _one(value: Var[Any]) -> tuple[Var[Any]]:
    return (value,)


class _Part(rx.Component):
    library = "$/public/ui/messages.jsx"


class Composer(_Part):
    """The box: what is written in it goes out once, and waits in sight while there is no connection.

    `delivered` are the operations that the conversation shows, `refused` the last one that was not taken, as
    {"operation_id", "sentence"}, `kept` the draft that the server kept last, as {"thread", "body"}. `on_send` gets
    {"operation_id", "body", "files"}, `on_draft` what stands in the box. Files go to the address `files_at`, at most
    `most_files` of `limit` bytes each.
    """

    tag = "Composer"
    account: rx.Var[str]
    thread: rx.Var[str]
    draft: rx.Var[str]
    delivered: rx.Var[list[str]]
    kept: rx.Var[dict[str, str]]
    refused: rx.Var[Any]
    words: rx.Var[dict[str, Any]]
    most: rx.Var[int]
    files_at: rx.Var[str]
    limit: rx.Var[int]
    most_files: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what is sent, and what is kept for later."""
        return {**super().get_event_triggers(), "on_send": _one, "on_draft": _one}


class Seen(_Part):
    """Says once for each newest message that it was in sight, with its number; keeps the end in view."""

    tag = "Seen"
    thread: rx.Var[str]
    newest: rx.Var[int]
    unread: rx.Var[bool]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the number that was seen."""
        return {**super().get_event_triggers(), "on_seen": _one}


class PrintButton(_Part):
    """Prints the page."""

    tag = "PrintButton"


class AttachField(rx.Component):
    """Files in a form: sent to `address` as they are chosen; their ids travel in the field `name`, between spaces.

    The form waits until all of them are there; they are forgotten when `started` changes.
    """

    library = "$/public/ui/attaching.jsx"
    tag = "AttachField"
    account: rx.Var[str]
    address: rx.Var[str]
    started: rx.Var[int]
    name: rx.Var[str]
    words: rx.Var[dict[str, str]]
    limit: rx.Var[int]
    most: rx.Var[int]
