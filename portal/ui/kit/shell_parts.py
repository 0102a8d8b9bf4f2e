"""The parts of assets/ui/{shell,keeper}.jsx: what the shell does in the browser itself, with or without the socket."""

from typing import Any

import reflex as rx
from reflex_base.event import no_args_event_spec
from reflex_base.vars.base import Var

_LIBRARY = "$/public/ui/shell.jsx"


def _form_data(data: Var[dict[str, Any]]) -> tuple[Var[dict[str, Any]]]:
    return (data,)


class _Part(rx.Component):
    library = _LIBRARY


class PageFocus(_Part):
    """After every move to another page, closes what is open above it and puts the focus on its heading."""

    tag = "PageFocus"
    label: rx.Var[str]


class Settled(_Part):
    """Its first child while there is nothing yet; then the others, which stay, and keep what is typed into them."""

    tag = "Settled"
    ready: rx.Var[bool]


class Notice(_Part):
    """One sentence for the person, read aloud; a problem stays until it is closed."""

    tag = "Notice"
    text: rx.Var[str]
    tone: rx.Var[str]
    count: rx.Var[int]
    close_label: rx.Var[str]


class OutboxNotice(_Part):
    """That a message waits to be sent, above every page but its own."""

    library = "$/public/ui/outbox.jsx"
    tag = "OutboxNotice"
    account: rx.Var[str]
    words: rx.Var[dict[str, str]]


class QuickExit(_Part):
    """A link that leaves at once and signs out on the way."""

    tag = "QuickExit"
    to: rx.Var[str]


class PageMain(_Part):
    """What a page shows; nothing in it can be pressed before it is what the address is about (`place`)."""

    library = "$/public/ui/place.jsx"
    tag = "PageMain"
    place: rx.Var[str]


class PageContent(_Part):
    """What a page is made of, below its heading; made anew when the page comes to be about something else."""

    library = "$/public/ui/place.jsx"
    tag = "PageContent"


class FrameLink(_Part):
    """A link of the frame that keeps whom one acts for, also while the page is on its way."""

    tag = "FrameLink"
    to: rx.Var[str]


class NavItem(_Part):
    """A link of the navigation, marked with aria-current while its page is open; `only`: not for pages below it.

    `also` are the addresses of other pages that it stands for.
    """

    tag = "NavItem"
    to: rx.Var[str]
    only: rx.Var[bool]
    also: rx.Var[list[str]]


class ActionForm(_Part):
    """A form that sends its fields as one dict, once: its button rests until the next notice.

    It shows that notice itself when it is a problem, and empties its fields when `cleared` changes.
    """

    tag = "ActionForm"
    text: rx.Var[str]
    tone: rx.Var[str]
    count: rx.Var[int]
    cleared: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what happens with the form's fields."""
        return {**super().get_event_triggers(), "on_submit": _form_data}


class SessionKeeper(_Part):
    """Warns before the idle end and asks for the password over the page after it."""

    library = "$/public/ui/keeper.jsx"
    tag = "SessionKeeper"
    left: rx.Var[int]
    checks: rx.Var[int]
    ended: rx.Var[bool]
    because: rx.Var[str]
    account: rx.Var[str]
    email: rx.Var[str]
    words: rx.Var[dict[str, str]]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the question how long the session lasts, and the wish to stay."""
        return {**super().get_event_triggers(), "on_check": no_args_event_spec, "on_stay": no_args_event_spec}


class StepUp(_Part):
    """Asks for the password, and the code where there is one, over the page each time that `asked` grows."""

    library = "$/public/ui/keeper.jsx"
    tag = "StepUp"
    asked: rx.Var[int]
    asks_code: rx.Var[bool]
    email: rx.Var[str]
    words: rx.Var[dict[str, str]]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what comes after the answer."""
        return {
            **super().get_event_triggers(),
            "on_confirmed": no_args_event_spec,
            "on_not_now": no_args_event_spec,
        }
