"""Reading the chain and the log of looks backwards, newest first, a page at a time. Administrators only."""

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
from portal.models import AccessLog, AuditEvent

MOST = 100
_TASKS = frozenset({StaffTask.AUDIT, StaffTask.SETTINGS})
NOT_AN_ADMINISTRATOR = "Only an administrator can read what was done."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: everything, or what one login did, what was done to one client, some actions.

    `client_words` are folded beginnings of words by which clients are found, such as ("mil", "park").
    """

    actor_id: UUID | None = None
    client_id: UUID | None = None
    client_words: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: who (a person, or the name of a job), what, when; `client` is empty when it is about none."""

    sequence: int
    at: datetime
    actor: str
    actor_id: UUID | None
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
    _require_audit(access)
    limit = min(limit, MOST)
    rows = await queries.find_trail(
        work, access.organization_id, where=_conditions(wanted, AuditEvent), before=before, limit=limit + 1
    )
    entries = tuple(_entry(*row) for row in rows[:limit])
    return Trail(entries, entries[-1].sequence if len(rows) > limit else None)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a client's health data, once in a quarter of an hour; `kind` is of words.ACCESS_KINDS."""

    id: UUID
    at: datetime
    actor: str
    actor_id: UUID
    client: str
    client_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks. `before` asks for the next page: when and which was the last; None at the end."""

    looks: tuple[Look, ...]
    before: tuple[datetime, UUID] | None


async def list_actors(work: Work, access: PracticeAccess) -> list[tuple[UUID, str]]:
    """List the logins and names of staff, past and present, by name: one statement."""
    _require_audit(access)
    return [(account_id, name) for account_id, name in await queries.find_staff(work, access.organization_id)]


async def read_looks(
    work: Work,
    access: PracticeAccess,
    *,
    wanted: Wanted = EVERYTHING,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> Looks:
    """Read a page of who looked at health data in this practice: one statement. `wanted.actions` does not matter."""
    _require_audit(access)
    limit = min(limit, MOST)
    rows = await queries.find_looks(
        work, access.organization_id, where=_conditions(wanted, AccessLog), before=before, limit=limit + 1
    )
    looks = tuple(_look(*row) for row in rows[:limit])
    return Looks(looks, (looks[-1].at, looks[-1].id) if len(rows) > limit else None)


def _require_audit(access: PracticeAccess) -> None:
    if access.task not in _TASKS:
        raise NotPermitted(NOT_AN_ADMINISTRATOR)


def _conditions(wanted: Wanted, table: type[AuditEvent] | type[AccessLog]) -> list[Any]:
    actor = AuditEvent.actor_id if table is AuditEvent else AccessLog.account_id
    found: list[Any] = [queries.client_has_word(table, word) for word in wanted.client_words]
    if wanted.actor_id:
        found.append(actor == wanted.actor_id)
    if wanted.client_id:
        found.append(table.client_id == wanted.client_id)
    if wanted.actions and table is AuditEvent:
        found.append(col(AuditEvent.action).in_(wanted.actions))
    return found


def _entry(event: AuditEvent, actor: str | None, given_name: str | None, family_name: str | None) -> Entry:
    return Entry(
        sequence=event.sequence,
        at=event.at,
        actor=actor or event.actor_name,
        actor_id=event.actor_id,
        client=_name(given_name, family_name),
        client_id=event.client_id,
        action=event.action,
        detail=json.loads(event.detail),
    )


def _look(row: AccessLog, actor: str | None, given_name: str | None, family_name: str | None) -> Look:
    name = _name(given_name, family_name)
    return Look(row.id, row.at, actor or "", row.account_id, name, row.client_id, row.kind)


def _name(given_name: str | None, family_name: str | None) -> str:
    return f"{given_name or ''} {family_name or ''}".strip()
