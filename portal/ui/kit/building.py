"""The part of assets/ui/builder.jsx: the outline of a form, with the chosen part opened in place."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var


def _one(value: Var[Any]) -> tuple[Var[Any]]:
    return (value,)


class Builder(rx.Component):
    """Shows a draft and sends one edit at a time; `answers` changes with every answer of the server.

    `on_change` gets one step (portal/intake/building/views.py), `on_choose` the linkId of the part to open ("" for the
    form itself), `on_rewind` whether to go forward (redo) or back (undo).
    """

    library = "$/public/ui/builder.jsx"
    tag = "Builder"
    head: rx.Var[Any]
    rows: rx.Var[list[Any]]
    chosen: rx.Var[str]
    detail: rx.Var[Any]
    whole: rx.Var[Any]
    answers: rx.Var[int]
    kinds: rx.Var[list[dict[str, str]]]
    words: rx.Var[dict[str, str]]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what the builder sends."""
        return {**super().get_event_triggers(), "on_change": _one, "on_choose": _one, "on_rewind": _one}
