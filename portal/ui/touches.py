"""Whether an event comes from somebody's action: only that keeps a session awake."""

from typing import Any

from reflex_base.event.context import EventContext

_BY_USER = "portico_by_user"


def is_by_user() -> bool:
    """Say whether the browser sent the present event, or the one that led to it, because somebody did something.

    The middleware marks each event that comes from a browser. What a handler enqueues inherits the mark; a live update
    starts without one, and the hydrate of a reconnect is marked as nobody's doing.
    """
    try:
        return EventContext.get().router_data.get(_BY_USER) is True
    except LookupError:
        return False


def is_told() -> bool:
    """Say whether the present event, or the one that led to it, is a live update: no browser asked for it."""
    try:
        return _BY_USER not in EventContext.get().router_data
    except LookupError:
        return False


def mark_event(router_data: dict[str, Any], *, by_user: bool) -> None:
    """Write on an event from a browser whether somebody did something; whatever the browser wrote there is lost."""
    router_data[_BY_USER] = by_user
