"""How an event of the chain becomes its hash, and what a broken chain looks like. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from portal.models import AuditEvent

START = ""
Plain = str | int | bool | None
Detail = Mapping[str, Plain | list[str]]
_LONGEST = 200
_NEARBY = 50


class Fault(StrEnum):
    """What can be wrong with a place in the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in a practice's chain that is not as it was written."""

    sequence: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Link:
    """Where a chain stands: the number and the hash of an event. Kept elsewhere, it proves that nothing was cut off."""

    sequence: int
    hash: str


def canonical_detail(detail: Detail) -> str:
    """Write the detail of an event as JSON that is the same for the same content.

    Raises ValueError for long text: the chain holds ids, names of settings and numbers, never what a person wrote.
    """
    for name, value in detail.items():
        words = value if isinstance(value, list) else [value]
        if any(isinstance(word, str) and len(word) > _LONGEST for word in words):
            raise ValueError(f"The audit detail “{name}” is too long: write an id or a name, not text.")
    return json.dumps(dict(detail), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def event_hash(event: AuditEvent, sequence: int | None = None) -> str:
    """Return the SHA-256 of an event bound to the one before it, in hexadecimal.

    With `sequence`, the hash that the event would have at another place.
    """
    content = [
        event.previous_hash,
        _text(event.id),
        _text(event.organization_id),
        event.sequence if sequence is None else sequence,
        _moment(event.at),
        _text(event.actor_id),
        event.actor_name,
        _text(event.client_id),
        event.action,
        _text(event.object_id),
        event.detail,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def find_problem(event: AuditEvent, before: Link) -> Problem | None:
    """Say what is wrong with an event, when the chain stood at `before` ahead of it."""
    expected = before.sequence + 1
    if event.sequence != expected:
        return Problem(expected, Fault.MISSING)
    if event.hash != event_hash(event):
        return Problem(expected, Fault.REORDERED if _was_written_nearby(event) else Fault.CHANGED)
    if event.previous_hash != before.hash:
        return Problem(expected, Fault.REORDERED)
    return None


def _was_written_nearby(event: AuditEvent) -> bool:
    """Say whether only the number was changed: the hash is right for a place close by."""
    places = range(max(1, event.sequence - _NEARBY), event.sequence + _NEARBY + 1)
    return any(event.hash == event_hash(event, place) for place in places)


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
