"""Mail of one practice that did not arrive, or is still being tried.

Mail about the login of somebody who has to do with several practices goes out in the name of none. Each of these sees
it beside its own when it fails, or else nobody would; nothing tells it from mail of a practice, so that none learns of
the others.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, tuple_, union
from sqlmodel import col, func, select, update

from portal.database import Work
from portal.models import Account, Client, Contact, Membership, OutboxMail, OutboxStatus
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
    status, own = col(OutboxMail.status), col(OutboxMail.organization_id) == organization_id
    lately = and_(status == OutboxStatus.SENT, col(OutboxMail.sent_at) >= work.now - _LATELY)
    query = (
        select(status, func.count())
        .where(
            or_(
                and_(own, or_(status == OutboxStatus.WAITING, lately)),
                and_(status == OutboxStatus.FAILED, _is_seen_by(organization_id)),
            )
        )
        .group_by(status)
    )
    counts: dict[OutboxStatus, int] = dict((await work.exec(query)).all())
    return Tally(
        counts.get(OutboxStatus.WAITING, 0), counts.get(OutboxStatus.FAILED, 0), counts.get(OutboxStatus.SENT, 0)
    )


async def find_letter(work: Work, organization_id: UUID, mail_id: UUID) -> OutboxMail | None:
    """Find one mail that a practice sees."""
    query = select(OutboxMail).where(col(OutboxMail.id) == mail_id, _is_seen_by(organization_id))
    return (await work.exec(query)).one_or_none()


async def update_failed(work: Work, mail_id: UUID, **values: object) -> bool:
    """Change a mail that still stands as failed; False when somebody else was there first."""
    query = update(OutboxMail).where(col(OutboxMail.id) == mail_id, col(OutboxMail.status) == OutboxStatus.FAILED)
    return (await work.exec(query.values(**values))).rowcount == 1


def _with_names(organization_id: UUID, status: OutboxStatus) -> Any:
    return (
        select(OutboxMail, Account.name)
        .outerjoin(Account, col(Account.id) == col(OutboxMail.account_id))
        .where(_is_seen_by(organization_id), col(OutboxMail.status) == status)
    )


async def list_seeing(work: Work, account_id: UUID | None) -> Sequence[UUID]:
    """List the practices that may see a mail about this login."""
    places = (
        select(col(model.organization_id)).where(model.account_id == account_id)
        for model in (Client, Contact, Membership)
    )
    return (await (await work.plain()).execute(union(*places))).scalars().all()


def _is_seen_by(organization_id: UUID) -> ColumnElement[bool]:
    """Whether a mail is of this practice; or of none, about a login that belongs here, to an address known here.

    Known are the address on the practice's own record and the present one of the login, to which the practice's mails
    go. An address that somebody only wants to have, or gave up elsewhere, is not.
    """
    mail = OutboxMail
    present = select(Account.id).where(Account.id == mail.account_id, Account.email == mail.to_address)
    is_present = present.correlate(mail).exists()
    places = []
    for model, *more in ((Client,), (Contact,), (Membership, col(Membership.deactivated_at).is_(None))):
        is_on_record = func.lower(col(model.email)) == func.lower(col(mail.to_address))
        place = select(model.id).where(
            model.organization_id == organization_id, model.account_id == mail.account_id, or_(is_on_record, is_present)
        )
        places.append(place.where(*more).correlate(mail).exists())
    own = col(mail.organization_id) == organization_id
    return or_(own, and_(col(mail.organization_id).is_(None), or_(*places)))
