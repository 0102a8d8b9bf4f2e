"""The parts of assets/ui/scheduling.jsx: whose clock, an inbox without a mouse, a week that can be moved about in."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var


class _Part(rx.Component):
    library = "$/public/ui/scheduling.jsx"


def _text(value: Var[str]) -> tuple[Var[str]]:
    return (value,)


def _move(item: Var[str], revision: Var[int], wall: Var[str]) -> tuple[Var[str], Var[int], Var[str]]:
    return item, revision, wall


class ZoneTeller(_Part):
    """Says which zone the person's clock is in, whenever `known` is another."""

    tag = "ZoneTeller"
    known: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add the name of the zone."""
        return {**super().get_event_triggers(), "on_zone": _text}


class Inbox(_Part):
    """Rows `data-row` with buttons `data-do`: arrows, Enter (confirm), D (decline) and U (undo)."""

    tag = "Inbox"


class WeekGrid(_Part):
    """Columns `data-day` with entries `data-item`: an entry can be dragged, an empty place be pressed."""

    tag = "WeekGrid"
    movable: rx.Var[bool]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add where an entry was dragged to (a wall time), and which time was pressed."""
        return {**super().get_event_triggers(), "on_move": _move, "on_slot": _text}
