"""The parts of assets/ui/decisions.jsx: switches, the question before a change, and the way back after it."""

from typing import Any

import reflex as rx
from reflex_base.event import no_args_event_spec
from reflex_base.vars.base import Var

_LIBRARY = "$/public/ui/decisions.jsx"


def _whether(on: Var[bool]) -> tuple[Var[bool]]:
    return (on,)


def _number(number: Var[int]) -> tuple[Var[int]]:
    return (number,)


class _Part(rx.Component):
    library = _LIBRARY


class Switch(_Part):
    """A switch, named by the element with the id `<id>-label`; it shows the wish until `answers` changes.

    A locked one does nothing, and keeps the focus, so that `described_by` can say why.
    """

    tag = "Switch"
    on: rx.Var[bool]
    locked: rx.Var[bool]
    answers: rx.Var[int]
    described_by: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the wish to switch on or off."""
        return {**super().get_event_triggers(), "on_switch": _whether}


class HoursField(_Part):
    """A number of hours with its label and help, sent when one leaves it; `problem` is shown for what cannot be."""

    tag = "HoursField"
    label: rx.Var[str]
    help: rx.Var[str]
    unit: rx.Var[str]
    hours: rx.Var[int]
    most: rx.Var[int]
    problem: rx.Var[str]
    answers: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the new number."""
        return {**super().get_event_triggers(), "on_hours": _number}


class Question(_Part):
    """A question above the page, open while there is one; `harms` makes its button a warning."""

    tag = "Question"
    open: rx.Var[bool]
    title: rx.Var[str]
    lines: rx.Var[list[str]]
    confirm: rx.Var[str]
    cancel: rx.Var[str]
    harms: rx.Var[bool]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add yes and no."""
        return {**super().get_event_triggers(), "on_confirm": no_args_event_spec, "on_cancel": no_args_event_spec}


class UndoNotice(_Part):
    """What was just done, with a button that takes it back; `count` changes with every deed."""

    tag = "UndoNotice"
    text: rx.Var[str]
    count: rx.Var[int]
    undo: rx.Var[str]
    close: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the wish to take it back."""
        return {**super().get_event_triggers(), "on_undo": no_args_event_spec}


class CopyButton(_Part):
    """Copies what stands in the field `target`, and says that it did."""

    tag = "CopyButton"
    target: rx.Var[str]
    label: rx.Var[str]
    copied: rx.Var[str]
    by_hand: rx.Var[str]
