"""What arrives on a socket, before Reflex reads it: an event of a known handler with a plain address, or nothing.

Reflex logs what it cannot read, word by word, and believes the address it is given; both end here.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import reflex as rx
import structlog
from reflex_base.registry import RegistrationContext

_LONGEST_PATH = 2048
_MOST_QUERY = 20
_MOST_ARGUMENTS = 20
_CLIENT_ERRORS = frozenset({"dispatch_missing", "state_update"})
log = structlog.get_logger("portal.door")


def check_frames(app: rx.App) -> None:
    """Stand in front of the app's socket handlers."""
    namespace: Any = app.event_namespace
    accept = namespace.on_event

    async def on_event(sid: str, data: Any = None) -> None:
        event = readable_event(data)
        if event is None:
            log.warning("unreadable event refused")
            return
        await accept(sid, event)

    async def on_client_error(_sid: str, data: Any = None) -> None:
        kind = data.get("error_type") if isinstance(data, dict) else None
        log.warning("page error", kind=kind if kind in _CLIENT_ERRORS else "other")

    namespace.on_event, namespace.on_client_error = on_event, on_client_error


def readable_event(data: Any) -> dict[str, Any] | None:
    """Return an event with only what we read of it, or None when it is none."""
    if not isinstance(data, dict):
        return None
    name, payload = data.get("name"), data.get("payload") or {}
    if not isinstance(name, str) or name not in RegistrationContext.get().event_handlers:
        return None
    if not isinstance(payload, dict) or len(payload) > _MOST_ARGUMENTS:
        return None
    address = _readable_address(data.get("router_data") or {})
    return None if address is None else {"name": name, "payload": payload, "router_data": address}


def _readable_address(data: Any) -> dict[str, Any] | None:
    if not isinstance(data, Mapping):
        return None
    path, shown, query = data.get("pathname", "/"), data.get("asPath", "/"), data.get("query", {})
    if not (_is_path(path) and _is_path(shown) and isinstance(query, dict) and len(query) <= _MOST_QUERY):
        return None
    if not all(isinstance(key, str) and isinstance(value, str) for key, value in query.items()):
        return None
    return {"pathname": path, "asPath": _without_self(shown), "query": query}


def _without_self(shown: str) -> str:
    """Leave `self=` out of an address: Reflex passes a query on as keyword arguments, and stumbles over that one."""
    path, _, query = shown.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    if all(key != "self" for key, _ in pairs):
        return shown
    return f"{path}?{urlencode([pair for pair in pairs if pair[0] != 'self'])}"


def _is_path(path: Any) -> bool:
    return isinstance(path, str) and path.startswith("/") and len(path) <= _LONGEST_PATH and path.isprintable()
