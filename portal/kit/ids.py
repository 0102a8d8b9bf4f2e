"""Identifiers: opaque, sortable by time of creation, never counted."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562): its order in an index is its order in time."""
    return uuid7()


def parse_id(text: object) -> UUID | None:
    """Read an id from an address or a payload; None for anything that is not one."""
    if isinstance(text, UUID):
        return text
    if not isinstance(text, str) or len(text) > 36:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
