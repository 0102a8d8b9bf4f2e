"""Mail of one practice that did not arrive, or is still being tried."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, tuple_
from sqlmodel import col, func, select, update

from portal.database import Work
from portal.models import Account, OutboxMail, OutboxStatus
from portal.notifications.views import Place, Tally

_LATELY = timedelta(days=7)


async def list_failed(work: Work, organization_id: UUID, before: Place | None, limit: int) -> Sequence[Any]:
    """List mails that failed for good with the names of their logins, the newest first."""
    at, mail_id = col(OutboxMail.failed_at), col(OutboxMail.id)
    query = _with_names(organization_id, OutboxStatus.FAILED).order_by(at.desc(), mail_id.desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(at, mail_id) < tuple_(*before))
    rows: Sequence[Any] = (await work.exec(query)).all()
    return rows


async def list_tried(work: Work, organization_id: UUID, limit: int) -> Sequence[Any]:
    """List mails that were refused for now and are tried again, the next one first."""
    query = _with_names(organization_id, OutboxStatus.WAITING).where(col(OutboxMail.last_error) != "")
    rows: Sequence[Any] = (await work.exec(query.order_by(col(OutboxMail.due_at)).limit(limit))).all()
    return rows


async def count_mail(work: Work, organization_id: UUID) -> Tally:
    """Count what waits, what failed, and what was sent lately, in one statement."""
    status = col(OutboxMail.status)
    lately = and_(status == OutboxStatus.SENT, col(OutboxMail.sent_at) >= work.now - _LATELY)
    query = (
        select(status, func.count())
        .where(
            col(OutboxMail.organization_id) == organization_id,
            or_(status.in_([OutboxStatus.WAITING, OutboxStatus.FAILED]), lately),
        )
        .group_by(status)
    )
    counts: dict[OutboxStatus, int] = dict((await work.exec(query)).all())
    return Tally(
        counts.get(OutboxStatus.WAITING, 0), counts.get(OutboxStatus.FAILED, 0), counts.get(OutboxStatus.SENT, 0)
    )


async def find_letter(work: Work, organization_id: UUID, mail_id: UUID) -> OutboxMail | None:
    """Find one mail of a practice."""
    query = select(OutboxMail).where(col(OutboxMail.id) == mail_id, col(OutboxMail.organization_id) == organization_id)
    return (await work.exec(query)).one_or_none()


async def update_failed(work: Work, mail_id: UUID, **values: object) -> bool:
    """Change a mail that still stands as failed; False when somebody else was there first."""
    query = update(OutboxMail).where(col(OutboxMail.id) == mail_id, col(OutboxMail.status) == OutboxStatus.FAILED)
    return (await work.exec(query.values(**values))).rowcount == 1


def _with_names(organization_id: UUID, status: OutboxStatus) -> Any:
    return (
        select(OutboxMail, Account.name)
        .outerjoin(Account, col(Account.id) == col(OutboxMail.account_id))
        .where(col(OutboxMail.organization_id) == organization_id, col(OutboxMail.status) == status)
    )
