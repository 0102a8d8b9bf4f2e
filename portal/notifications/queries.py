"""Every statement about the outbox that a worker makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import col, func, select, update

from portal.database import Work
from portal.models import Account, Colour, Membership, MutedMail, Organization, OutboxMail, OutboxStatus, Role
from portal.models.base import Moment
from portal.notifications.catalog import KINDS


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail with the names that its template shows, each empty where there is none; `is_muted` by who gets it.

    `role` is the one that its reader has now in the practice that it is from, None for anybody but active staff.
    `address` is where it goes now: what is not about the login itself goes to the address of the moment it is sent.
    """

    mail: OutboxMail
    name: str
    practice: str
    is_muted: bool = False
    address: str = ""
    colour: Colour | None = None
    role: Role | None = None


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
        select(  # type: ignore[call-overload]  # more columns than its overloads know
            OutboxMail,
            Account.name,
            Organization.name,
            _is_muted(),
            Account.email,
            Organization.colour,
            Membership.role,
        )
        .outerjoin(Account, col(Account.id) == col(OutboxMail.account_id))
        .outerjoin(Organization, col(Organization.id) == col(OutboxMail.organization_id))
        .outerjoin(Membership, _is_on_the_team())
        .where(_due(work.now))
        .order_by(col(OutboxMail.due_at), col(OutboxMail.id))
        .limit(limit)
        .with_for_update(of=OutboxMail, skip_locked=True)
    )
    rows = (await work.exec(query)).all()
    return [
        DueMail(mail, name or "", practice or "", bool(muted), _address(mail, email), colour, role)
        for mail, name, practice, muted, email, colour, role in rows
    ]


async def lease(work: Work, taken: Sequence[DueMail], worker: str, until: datetime) -> None:
    """Give mails that are locked to a worker, and count the try: in one statement, however many they are."""
    if not taken:
        return
    query = update(OutboxMail).where(col(OutboxMail.id).in_([due.mail.id for due in taken]))
    values = {"leased_until": until, "leased_by": worker, "attempts": col(OutboxMail.attempts) + 1}
    await work.exec(query.values(values).execution_options(synchronize_session="evaluate"))


def _address(mail: OutboxMail, current: str | None) -> str:
    """Follow a person to a new address, but for mail about the login itself, which has an address for a reason."""
    kind = KINDS.get(mail.kind)
    return current if current and kind is not None and not kind.of_login else mail.to_address


def _is_on_the_team() -> ColumnElement[bool]:
    return and_(
        col(Membership.organization_id) == col(OutboxMail.organization_id),
        col(Membership.account_id) == col(OutboxMail.account_id),
        col(Membership.deactivated_at).is_(None),
    )


def _is_muted() -> ColumnElement[bool]:
    """Whether whoever a mail goes to does not want its kind; asked when it is sent, so that it holds at once."""
    muted = select(MutedMail.id).where(
        MutedMail.account_id == OutboxMail.account_id,
        MutedMail.kind == OutboxMail.kind,
        col(OutboxMail.kind).in_(name for name, kind in KINDS.items() if kind.audience),
    )
    return muted.correlate(OutboxMail).exists()


async def list_muted(work: Work, account_id: UUID) -> frozenset[str]:
    """List the kinds of mail that an account does not want."""
    return frozenset((await work.exec(select(MutedMail.kind).where(MutedMail.account_id == account_id))).all())


async def update_leased(work: Work, mail_id: UUID, worker: str, attempt: int, **values: object) -> bool:
    """Write down how a try ended; False when the lease has gone to another worker meanwhile."""
    query = update(OutboxMail).where(
        col(OutboxMail.id) == mail_id,
        col(OutboxMail.status) == OutboxStatus.WAITING,
        col(OutboxMail.leased_by) == worker,
        col(OutboxMail.attempts) == attempt,
    )
    return (await work.exec(query.values(leased_until=None, **values))).rowcount == 1
