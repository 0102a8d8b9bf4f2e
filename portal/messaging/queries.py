"""Finding conversations through access: whoever is in one finds it, for everybody else it is not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from portal.access.actor import ClientAccess, PracticeAccess, Standing
from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.messaging.rules import MINUTE
from portal.models import (
    AddOn,
    Client,
    ClientTherapist,
    Contact,
    Membership,
    Message,
    MessageThread,
    Organization,
    Role,
    Side,
    Subscription,
    ThreadOpening,
    ThreadParticipant,
)

Access = ClientAccess | PracticeAccess
Place = tuple[datetime, UUID]
"""Where a page of the list ended: when something was last written, and in which conversation."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is in a conversation. `can_be_written_to`: a therapist who is here, assigned and subscribed now."""

    row: ThreadParticipant
    account_id: UUID | None
    name: str
    can_be_written_to: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """Proof that somebody may read a conversation. `mine` is None for an administrator who opened it with a reason.

    `sent_lately` counts what they sent in it within a minute; `answering_hours` are the practice's.
    """

    thread: MessageThread
    client_name: str
    people: tuple[Somebody, ...]
    mine: Somebody | None
    sent_lately: int
    answering_hours: str


async def find_seat(work: Work, access: Access, thread_id: UUID, *, lock: bool = False) -> Seat | None:
    """Find a conversation through access, with everybody in it; None for whoever is not in it. One statement."""
    lately = (
        select(func.count())
        .select_from(Message)
        .where(
            col(Message.thread_id) == thread_id,
            Message.author_id == access.actor.account_id,
            Message.sent_at > work.now - MINUTE,
        )
        .scalar_subquery()
    )
    query = (
        _people_of(work.now, lately.label("sent_lately"), col(Organization.answering_hours))
        .join(Organization, col(Organization.id) == col(MessageThread.organization_id))
        .where(col(MessageThread.id) == thread_id, col(MessageThread.organization_id) == access.organization_id)
        .where(or_(_is_mine(access), _was_opened(access, work.now)))
        .order_by(col(ThreadParticipant.id))
    )
    rows = (await work.exec(query.with_for_update(of=MessageThread) if lock else query)).all()
    if not rows:
        return None
    people = tuple(_somebody(row) for row in rows)
    mine = next((one for one in people if _is_me(one.row, access)), None)
    return Seat(
        rows[0][0],
        f"{rows[0].given_name} {rows[0].family_name}",
        people,
        mine,
        rows[0].sent_lately,
        rows[0].answering_hours or "",
    )


async def list_threads(
    work: Work,
    access: Access,
    *,
    archived: bool | None = False,
    client_id: UUID | None = None,
    before: Place | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int,
) -> Sequence[Any]:
    """List conversations one is in as (thread, own place in it, the client's names), the latest first.

    `archived` is None for all of them. One statement.
    """
    query: Any = (
        select(MessageThread, ThreadParticipant, Client.given_name, Client.family_name)
        .join(ThreadParticipant, col(ThreadParticipant.thread_id) == col(MessageThread.id))
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .where(col(MessageThread.organization_id) == access.organization_id, _is_place_of(ThreadParticipant, access))
        .order_by(col(MessageThread.last_at).desc(), col(MessageThread.id).desc())
        .limit(limit)
    )
    aside, last = col(ThreadParticipant.archived_at), col(MessageThread.last_at)
    if archived is not None:
        is_aside = and_(aside.is_not(None), aside >= last)
        query = query.where(is_aside if archived else or_(aside.is_(None), aside < last))
    if client_id is not None:
        query = query.where(col(MessageThread.client_id) == client_id)
    if before is not None:
        query = query.where(or_(last < before[0], and_(last == before[0], col(MessageThread.id) < before[1])))
    if since is not None:
        query = query.where(last >= since)
    if until is not None:
        query = query.where(last < until)
    return list((await work.exec(query)).all())


async def list_people(work: Work, thread_ids: Collection[UUID]) -> dict[UUID, list[Somebody]]:
    """List who is in some conversations that were found through access. One statement."""
    query = _people_of(work.now).where(col(MessageThread.id).in_(thread_ids)).order_by(col(ThreadParticipant.id))
    found: dict[UUID, list[Somebody]] = {thread_id: [] for thread_id in thread_ids}
    for row in (await work.exec(query)).all() if thread_ids else ():
        found[row[0].id].append(_somebody(row))
    return found


async def count_unread(work: Work, organization_id: UUID, membership_id: UUID) -> int:
    """Count the conversations in which something waits to be read by a member of staff. One statement."""
    query: Any = (
        select(func.count())
        .select_from(MessageThread)
        .join(ThreadParticipant, col(ThreadParticipant.thread_id) == col(MessageThread.id))
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .where(
            col(MessageThread.organization_id) == organization_id,
            _is_place_of_staff(ThreadParticipant, membership_id),
            MessageThread.last_number > ThreadParticipant.read_number,
        )
    )
    return int((await work.exec(query)).one())


async def list_other_threads(
    work: Work, access: PracticeAccess, client_id: UUID, limit: int
) -> Sequence[MessageThread]:
    """List a client's conversations that a member of staff is not in, the latest first."""
    query = (
        select(MessageThread)
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .where(
            MessageThread.organization_id == access.organization_id,
            MessageThread.client_id == client_id,
            ~_is_mine(access),
        )
    )
    return (await work.exec(query.order_by(col(MessageThread.last_at).desc()).limit(limit))).all()


async def lock_other_thread(work: Work, access: PracticeAccess, client_id: UUID, thread_id: UUID) -> Any:
    """Find one conversation of a client that a member of staff is not in."""
    query = (
        select(MessageThread)
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .where(
            MessageThread.id == thread_id,
            MessageThread.organization_id == access.organization_id,
            MessageThread.client_id == client_id,
            ~_is_mine(access),
        )
        .with_for_update(of=MessageThread)
    )
    return (await work.exec(query)).first()


def is_within_reach(now: datetime) -> ColumnElement[bool]:
    """Whether a therapist can be written to about a client, now: here, assigned and subscribed."""
    running = and_(
        col(Subscription.started_at) <= now, or_(col(Subscription.ended_at).is_(None), col(Subscription.ended_at) > now)
    )
    subscribed = select(Subscription.id).where(
        Subscription.membership_id == Membership.id, Subscription.add_on == AddOn.MESSAGING, running
    )
    return and_(
        col(Membership.deactivated_at).is_(None),
        col(Membership.role).in_(sorted(CARE_ROLES)),
        is_assigned(col(Membership.id)),
        subscribed.correlate(Membership).exists(),
    )


def is_assigned(membership_id: Any) -> ColumnElement[bool]:
    """Whether a member of staff is a therapist of the client, now."""
    found: ColumnElement[bool] = _assigned(membership_id).correlate(Client, Membership).exists()
    return found


def _assigned(membership_id: Any) -> Any:
    return select(ClientTherapist.id).where(
        ClientTherapist.client_id == Client.id, ClientTherapist.membership_id == membership_id
    )


def _people_of(now: datetime, *more: Any) -> Any:
    """Select conversations with a row for everybody in them."""
    return (
        select(  # type: ignore[call-overload]  # more columns than its overloads know
            MessageThread,
            ThreadParticipant,
            Client.given_name,
            Client.family_name,
            col(Client.account_id).label("client_account_id"),
            col(Contact.given_name).label("contact_given_name"),
            col(Contact.family_name).label("contact_family_name"),
            col(Contact.account_id).label("contact_account_id"),
            col(Membership.name).label("member_name"),
            col(Membership.account_id).label("member_account_id"),
            is_within_reach(now).label("can_be_written_to"),
            *more,
        )
        .join(ThreadParticipant, col(ThreadParticipant.thread_id) == col(MessageThread.id))
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .outerjoin(Contact, col(Contact.id) == col(ThreadParticipant.contact_id))
        .outerjoin(Membership, col(Membership.id) == col(ThreadParticipant.membership_id))
    )


def _is_place_of(place: Any, access: Access) -> ColumnElement[bool]:
    """Whether a place in a conversation is that of whoever asks. A therapist has to be assigned to the client still."""
    if isinstance(access, PracticeAccess):
        return _is_place_of_staff(place, access.membership_id)
    here = col(MessageThread.client_id) == access.client_id
    if access.standing is Standing.CLIENT:
        return and_(here, col(place.side) == Side.CLIENT)
    return and_(here, col(place.contact_id) == access.contact_id) if access.contact_id else false()


def _is_place_of_staff(place: Any, membership_id: UUID) -> ColumnElement[bool]:
    return and_(col(place.membership_id) == membership_id, _assigned(membership_id).correlate(Client).exists())


def _is_mine(access: Access) -> ColumnElement[bool]:
    me = aliased(ThreadParticipant)
    found = select(me.id).where(col(me.thread_id) == col(MessageThread.id), _is_place_of(me, access))
    return found.correlate(MessageThread, Client).exists()


def _was_opened(access: Access, now: datetime) -> ColumnElement[bool]:
    """Whether an administrator opened this conversation with a reason, a short while ago."""
    if not isinstance(access, PracticeAccess) or access.role is not Role.ADMIN:
        return false()
    found = select(ThreadOpening.id).where(
        ThreadOpening.thread_id == MessageThread.id,
        ThreadOpening.membership_id == access.membership_id,
        ThreadOpening.until > now,
    )
    return found.correlate(MessageThread).exists()


def _is_me(place: ThreadParticipant, access: Access) -> bool:
    if isinstance(access, PracticeAccess):
        return place.membership_id == access.membership_id
    if access.standing is Standing.CLIENT:
        return place.side is Side.CLIENT
    return access.contact_id is not None and place.contact_id == access.contact_id


def _somebody(row: Any) -> Somebody:
    place: ThreadParticipant = row[1]
    if place.side is Side.STAFF:
        return Somebody(place, row.member_account_id, row.member_name, bool(row.can_be_written_to))
    if place.side is Side.CONTACT:
        return Somebody(place, row.contact_account_id, f"{row.contact_given_name} {row.contact_family_name}", False)
    return Somebody(place, row.client_account_id, f"{row.given_name} {row.family_name}", False)
