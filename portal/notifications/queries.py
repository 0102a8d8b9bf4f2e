"""Every statement about the outbox that a worker makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import col, func, select, update

from portal.database import Work
from portal.models import Account, Organization, OutboxMail, OutboxStatus
from portal.models.base import Moment


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail with the names that its template shows; each is empty where there is none."""

    mail: OutboxMail
    name: str
    practice: str


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(
        col(OutboxMail.status) == OutboxStatus.WAITING,
        col(OutboxMail.due_at) <= now,
        or_(col(OutboxMail.leased_until).is_(None), col(OutboxMail.leased_until) <= now),
    )


async def next_moment(work: Work) -> datetime | None:
    """Return when the next mail can be tried: it is due, and nobody else is at it. None for an empty outbox."""
    leased, due = col(OutboxMail.leased_until), col(OutboxMail.due_at)
    moment = case((leased > due, leased), else_=due)
    query: Any = select(func.min(moment, type_=Moment())).where(col(OutboxMail.status) == OutboxStatus.WAITING)
    found: datetime | None = (await work.exec(query)).one()
    return found


async def lock_due(work: Work, limit: int) -> Sequence[DueMail]:
    """Read the mails that are due, the longest waiting first; rows that another worker holds are passed over."""
    query: Any = (
        select(OutboxMail, Account.name, Organization.name)
        .outerjoin(Account, col(Account.id) == col(OutboxMail.account_id))
        .outerjoin(Organization, col(Organization.id) == col(OutboxMail.organization_id))
        .where(_due(work.now))
        .order_by(col(OutboxMail.due_at), col(OutboxMail.id))
        .limit(limit)
        .with_for_update(of=OutboxMail, skip_locked=True)
    )
    return [DueMail(mail, name or "", practice or "") for mail, name, practice in (await work.exec(query)).all()]


async def update_leased(work: Work, mail_id: UUID, worker: str, attempt: int, **values: object) -> bool:
    """Write down how a try ended; False when the lease has gone to another worker meanwhile."""
    query = update(OutboxMail).where(
        col(OutboxMail.id) == mail_id,
        col(OutboxMail.status) == OutboxStatus.WAITING,
        col(OutboxMail.leased_by) == worker,
        col(OutboxMail.attempts) == attempt,
    )
    return (await work.exec(query.values(leased_until=None, **values))).rowcount == 1
