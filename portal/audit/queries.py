"""Every statement on the chain and the two logs."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, and_, col, or_, select

from portal.access.actor import ClientAccess, Viewing
from portal.access.naming import name_known
from portal.audit.rules import START, Link
from portal.database import Work
from portal.models import (
    AccessLog,
    AuditEvent,
    AuditHead,
    Client,
    ClientSearchWord,
    Contact,
    ContactLink,
    Membership,
)

_ACTED = name_known(col(AuditEvent.actor_id), col(AuditEvent.organization_id))
_LOOKED = name_known(col(AccessLog.account_id), col(AccessLog.organization_id))
_LAST = "\U0010ffff"
"""No word goes on with this letter, so everything that begins with a word is below the two together."""


async def lock_head(work: Work, organization_id: UUID) -> Link | None:
    """Return where a practice's chain ends, and keep others from adding to it until this unit ends.

    PostgreSQL locks the row; on SQLite a writing unit holds the whole database already.
    """
    row = (await work.exec(_lock_head(), params={"organization": organization_id})).first()
    return None if row is None else Link(*row)


@cache
def _lock_head() -> Any:
    """Build the statement once: every change asks it."""
    statement = select(AuditHead.sequence, AuditHead.hash)
    return statement.where(AuditHead.organization_id == bindparam("organization")).with_for_update()


async def find_head(work: Work, organization_id: UUID) -> Link:
    """Return where a practice's chain ends, without a lock; the start when nothing was written yet."""
    statement = select(AuditHead.sequence, AuditHead.hash).where(AuditHead.organization_id == organization_id)
    row = (await work.exec(statement)).first()
    return Link(0, START) if row is None else Link(*row)


async def insert_head(work: Work, organization_id: UUID) -> None:
    """Start a practice's chain. Who comes second waits for the first, and then changes nothing."""
    await insert_once(work, AuditHead(organization_id=organization_id, sequence=0, hash=START))


async def insert_once(work: Work, *rows: SQLModel) -> None:
    """Insert rows of one table, except those whose equals, by any unique constraint, are there: one statement."""
    dialect = work.get_bind().dialect.name
    build: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement: Insert = build(type(rows[0])).values([row.model_dump() for row in rows]).on_conflict_do_nothing()
    await work.exec(statement)


async def list_events(work: Work, organization_id: UUID, *, after: int, limit: int) -> list[AuditEvent]:
    """Return the events after a number, in the order of the chain."""
    statement = (
        select(AuditEvent)
        .where(AuditEvent.organization_id == organization_id, col(AuditEvent.sequence) > after)
        .order_by(col(AuditEvent.sequence))
        .limit(limit)
    )
    return list(await work.exec(statement))


async def has_viewed(work: Work, viewing: Viewing, actor_id: UUID, *, since: datetime) -> bool:
    """Say whether the chain holds already that somebody views as this person, since a moment."""
    statement = select(AuditEvent.id).where(
        AuditEvent.organization_id == viewing.organization_id,
        AuditEvent.client_id == viewing.client_id,
        AuditEvent.actor_id == actor_id,
        AuditEvent.action == "client.viewed_as",
        AuditEvent.object_id == (viewing.contact_id or viewing.client_id),
        col(AuditEvent.at) >= since,
    )
    return (await work.exec(statement.limit(1))).first() is not None


async def find_trail(
    work: Work, organization_id: UUID, *, where: Sequence[Any], before: int | None, limit: int
) -> Sequence[Any]:
    """Return the latest events, newest first, as (event, name of the actor, given and family name of client).

    `where` narrows them; `before` is the number of the last event that was read already.
    """
    statement = (
        select(AuditEvent, _ACTED, Client.given_name, Client.family_name)
        .outerjoin(Client, _client_of(AuditEvent))
        .where(AuditEvent.organization_id == organization_id, *where)
    )
    if before is not None:
        statement = statement.where(col(AuditEvent.sequence) < before)
    return (await work.exec(statement.order_by(col(AuditEvent.sequence).desc()).limit(limit))).all()


async def find_looks(
    work: Work, organization_id: UUID, *, where: Sequence[Any], before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Any]:
    """Return the latest looks at health data, newest first, as (look, name of who looked, names of the client)."""
    statement = (
        select(AccessLog, _LOOKED, Client.given_name, Client.family_name)
        .outerjoin(Client, _client_of(AccessLog))
        .where(AccessLog.organization_id == organization_id, *where)
    )
    if before is not None:
        statement = statement.where(_is_older(before))
    return (await work.exec(statement.order_by(col(AccessLog.at).desc(), col(AccessLog.id).desc()).limit(limit))).all()


async def find_own_looks(
    work: Work, access: ClientAccess, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Any]:
    """Return the latest looks at one client's record, as (look, name, role of staff, relationship of a contact)."""
    statement = (
        select(AccessLog, _LOOKED, Membership.role, ContactLink.relationship)
        .outerjoin(
            Membership,
            and_(
                col(Membership.organization_id) == col(AccessLog.organization_id),
                col(Membership.account_id) == col(AccessLog.account_id),
            ),
        )
        .outerjoin(
            Contact,
            and_(
                col(Contact.organization_id) == col(AccessLog.organization_id),
                col(Contact.account_id) == col(AccessLog.account_id),
            ),
        )
        .outerjoin(
            ContactLink,
            and_(
                col(ContactLink.client_id) == col(AccessLog.client_id), col(ContactLink.contact_id) == col(Contact.id)
            ),
        )
        .where(AccessLog.organization_id == access.organization_id, AccessLog.client_id == access.client_id)
    )
    if before is not None:
        statement = statement.where(_is_older(before))
    return (await work.exec(statement.order_by(col(AccessLog.at).desc(), col(AccessLog.id).desc()).limit(limit))).all()


def _is_older(before: tuple[datetime, UUID]) -> Any:
    at, last = before
    return or_(col(AccessLog.at) < at, and_(col(AccessLog.at) == at, col(AccessLog.id) < last))


async def find_staff(work: Work, organization_id: UUID) -> Sequence[Any]:
    """Return everybody who works in the practice, or did, as (login, name), by name."""
    statement = select(Membership.account_id, Membership.name).where(
        Membership.organization_id == organization_id, col(Membership.account_id).is_not(None)
    )
    return (await work.exec(statement.order_by(col(Membership.name)))).all()


def client_has_word(table: type[AuditEvent] | type[AccessLog], word: str) -> Any:
    """Narrow events to clients who are found by a word that begins so; the word is folded."""
    found = select(ClientSearchWord.client_id).where(
        ClientSearchWord.organization_id == table.organization_id,
        col(ClientSearchWord.word) >= word,
        col(ClientSearchWord.word) < word + _LAST,
    )
    return col(table.client_id).in_(found)


def _client_of(table: type[AuditEvent] | type[AccessLog]) -> Any:
    same_practice = col(Client.organization_id) == col(table.organization_id)
    return and_(same_practice, col(Client.id) == col(table.client_id))
