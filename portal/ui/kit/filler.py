"""The form filler: one React component of our own, because typing must never wait for the server.

What it shows comes from the server as `SheetView`; what the person writes is kept in the browser's memory, sent as
`AnswerOperation` with an id and the revision it started from, and sent again until its reply arrives (ledger.js). Its
sentences are in words.js, its looks in filler.css, all of them in assets/ui/filler.
"""

from typing import Any

import reflex as rx
from reflex_base.event import no_args_event_spec
from reflex_base.vars.base import Var

_FOLDER = "$/public/ui/filler"


def _one_value(value: Var[dict[str, Any]]) -> tuple[Var[dict[str, Any]]]:
    return (value,)


class Filler(rx.Component):
    """Fill and sign one form.

    Its children are what was sent; they are shown instead when `sent_id` is the form of the address.
    `account` is the id of the person's login, "" while the page is loading; `sheet` is a SheetView, None while it is
    loading; `replies` the last Saved, AnswerConflict or refused operations,
    oldest first; `review` the last Review; `signing` {"count", "sentence"} of the last refused signature.
    `on_save` gets an AnswerOperation, `on_sign` {"typed_name", "agreed"}; `on_review` and `on_wake` (load again) get
    nothing.
    """

    library = f"{_FOLDER}/filler.jsx"
    tag = "Filler"

    account: rx.Var[str]
    sheet: rx.Var[Any]
    sent_id: rx.Var[str]
    replies: rx.Var[list[Any]]
    review: rx.Var[Any]
    signing: rx.Var[dict[str, Any]]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what the filler sends."""
        own = {
            "on_save": _one_value,
            "on_sign": _one_value,
            "on_review": no_args_event_spec,
            "on_wake": no_args_event_spec,
        }
        return {**super().get_event_triggers(), **own}


class Kept(rx.Component):
    """`text` if it belongs to the form of the address (`of`), the last that did, or else `otherwise`."""

    library = f"{_FOLDER}/kept.jsx"
    tag = "Kept"

    of: rx.Var[str]
    text: rx.Var[str]
    otherwise: rx.Var[str]


filler = Filler.create
kept = Kept.create
