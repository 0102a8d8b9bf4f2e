"""Looks that the door writes down: those through the client's side of the portal, and those that services noted.

Through the client's side look contacts, and staff who view as somebody else: the door knows the client, so that no page
has to think of it. What staff look at as staff is known to the service that reads it: it calls record_access.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import ClientAccess, Person, Standing, Viewing
from portal.access.subjects import ActingAccess
from portal.audit import queries
from portal.audit.service import record_access, record_change
from portal.database import Work
from portal.kit.clock import quarter_of_hour
from portal.models import AccessLog

VIEW_AS = "view_as"


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a look by one person another one, within a quarter of an hour. `eyes`: whose staff look through."""

    client_id: UUID
    kind: str
    eyes: UUID | None = None


def look_noted(row: AccessLog) -> Look:
    """Return which look a service noted."""
    return Look(row.client_id, row.kind)


def look_through(access: object, kind: str) -> Look | None:
    """Return which look at the client's side this is; None for one that leaves no trace."""
    found = kind_of_look(access, kind)
    if not found or not isinstance(access, ClientAccess | ActingAccess):
        return None
    if access.viewing is not None:
        return Look(access.viewing.client_id, found, access.viewing.contact_id or access.viewing.client_id)
    return Look(access.client_id, found) if isinstance(access, ClientAccess) else None


def kind_of_look(access: object, kind: str) -> str:
    """Say what kind of look a page was; empty for one that leaves no trace.

    Staff who view as somebody else always leave one. Who looks at what is their own does not: it would say nothing
    (45 CFR 164.312(b) is about others' access), and a contact does where a page shows health data.
    """
    if isinstance(access, ClientAccess | ActingAccess) and access.viewing is not None:
        return kind or VIEW_AS
    return kind if isinstance(access, ClientAccess) and access.standing is Standing.CONTACT else ""


async def record_look(work: Work, access: object, *, kind: str, object_id: UUID | None = None) -> None:
    """Write a look down, in a writing unit. `kind` comes from kind_of_look."""
    if isinstance(access, ClientAccess | ActingAccess) and access.viewing is not None:
        await _record_view(work, access.actor, access.viewing, kind, object_id)
    elif isinstance(access, ClientAccess):
        await record_access(work, access, client_id=access.client_id, kind=kind, object_id=object_id)


async def write_noted(work: Work, rows: Sequence[AccessLog]) -> None:
    """Write down what services noted while they only read: one statement, or none."""
    if rows:
        await queries.insert_once(work, *rows)


async def _record_view(work: Work, actor: Person, viewing: Viewing, kind: str, object_id: UUID | None) -> None:
    """Write down that staff looked: in the log of looks, and once a quarter of an hour in the chain."""
    quarter = quarter_of_hour(work.now)
    look = AccessLog(
        organization_id=viewing.organization_id,
        account_id=actor.account_id,
        client_id=viewing.client_id,
        kind=kind,
        object_id=object_id,
        quarter=quarter,
        at=work.now,
    )
    await queries.insert_once(work, look)
    if await queries.has_viewed(work, viewing, actor.account_id, since=quarter):
        return
    await record_change(
        work,
        organization_id=viewing.organization_id,
        actor=actor,
        action="client.viewed_as",
        client_id=viewing.client_id,
        object_id=viewing.contact_id or viewing.client_id,
        detail={"as": "contact" if viewing.contact_id else "client"},
    )
