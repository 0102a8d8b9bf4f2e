"""The parts of assets/ui/editing.jsx: panels, a question before what cannot be taken back, forms that lose nothing."""

from typing import Any

import reflex as rx
from reflex_base.event import no_args_event_spec

from portal.ui.session_state import PageState

_LIBRARY = "$/public/ui/editing.jsx"


class _Part(rx.Component):
    library = _LIBRARY


class Panel(_Part):
    """A button that opens a panel above the page; the panel closes when `done` changes. `kind` is a button's."""

    tag = "Panel"
    label: rx.Var[str]
    name: rx.Var[str]
    title: rx.Var[str]
    kind: rx.Var[str]
    close: rx.Var[str]
    done: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what happens when it opens."""
        return {**super().get_event_triggers(), "on_open": no_args_event_spec}


class Sheet(_Part):
    """A panel that is open while the server says so."""

    tag = "Sheet"
    open: rx.Var[bool]
    title: rx.Var[str]
    close: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the wish to close it."""
        return {**super().get_event_triggers(), "on_close": no_args_event_spec}


class ConfirmButton(_Part):
    """A button that asks once; its yes is red unless it is `mild`.

    `name` is for a screen reader when the label alone does not say what it is about.
    """

    tag = "ConfirmButton"
    mild: rx.Var[bool]
    label: rx.Var[str]
    name: rx.Var[str]
    kind: rx.Var[str]
    title: rx.Var[str]
    text: rx.Var[str]
    confirm: rx.Var[str]
    cancel: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what happens after yes."""
        return {**super().get_event_triggers(), "on_confirm": no_args_event_spec}


class Seen(_Part):
    """A hidden field with what stood in its form when somebody began to change it; anew when `answers` changes."""

    tag = "Seen"
    name: rx.Var[str]
    value: rx.Var[str]
    answers: rx.Var[int]


class FillIn(_Part):
    """A button that puts a text into the field with the id `target`."""

    tag = "FillIn"
    target: rx.Var[str]
    text: rx.Var[str]


class Arrival(_Part):
    """What was asked for: it is read out and comes into sight whenever `what` says something new."""

    tag = "Arrival"
    what: rx.Var[str]


class StepButton(_Part):
    """A button that sends its form as one step of several: its `value` goes into the form's field `name`."""

    tag = "StepButton"
    name: rx.Var[str]
    value: rx.Var[str]
    kind: rx.Var[str]


class PressId(_Part):
    """A hidden field with an id for one deed, so that doing it twice is as good as once.

    It is anew with `answers`, and once its deed turned out to be another one than what the form asks for now.
    """

    tag = "PressId"
    name: rx.Var[str]
    answers: rx.Var[int]
    sent_before: rx.Var[int]

    @classmethod
    def create(cls, *children: Any, **props: Any) -> "PressId":
        """Watch the page's own count of deeds that were done before."""
        made: PressId = super().create(*children, sent_before=PageState.sent_before, **props)
        return made
