"""Reading the chain backwards: what was done, newest first, a page at a time. Administrators only."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit import queries
from portal.audit.rules import Detail
from portal.database import Work
from portal.errors import NotPermitted
from portal.models import AuditEvent

MOST = 100
_TASKS = frozenset({StaffTask.AUDIT, StaffTask.SETTINGS})
NOT_AN_ADMINISTRATOR = "Only an administrator can read what was done."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: everything, or what one login did, what was done to one client, some actions."""

    actor_id: UUID | None = None
    client_id: UUID | None = None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: who (a person, or the name of a job), what, when; `client` is empty when it is about none."""

    sequence: int
    at: datetime
    actor: str
    client: str
    client_id: UUID | None
    action: str
    detail: Detail


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of events. `before` asks for the next page; None at the end."""

    entries: tuple[Entry, ...]
    before: int | None


EVERYTHING = Wanted()


async def read_trail(
    work: Work, access: PracticeAccess, *, wanted: Wanted = EVERYTHING, before: int | None = None, limit: int = 50
) -> Trail:
    """Read a page of what was done in this practice: one statement, whatever the length of the chain."""
    if access.task not in _TASKS:
        raise NotPermitted(NOT_AN_ADMINISTRATOR)
    limit = min(limit, MOST)
    rows = await queries.find_trail(
        work, access.organization_id, where=_conditions(wanted), before=before, limit=limit + 1
    )
    entries = tuple(_entry(*row) for row in rows[:limit])
    return Trail(entries, entries[-1].sequence if len(rows) > limit else None)


def _conditions(wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.actor_id:
        found.append(AuditEvent.actor_id == wanted.actor_id)
    if wanted.client_id:
        found.append(AuditEvent.client_id == wanted.client_id)
    if wanted.actions:
        found.append(col(AuditEvent.action).in_(wanted.actions))
    return found


def _entry(event: AuditEvent, actor: str | None, given_name: str | None, family_name: str | None) -> Entry:
    return Entry(
        sequence=event.sequence,
        at=event.at,
        actor=actor or event.actor_name,
        client=f"{given_name} {family_name}" if given_name or family_name else "",
        client_id=event.client_id,
        action=event.action,
        detail=json.loads(event.detail),
    )
