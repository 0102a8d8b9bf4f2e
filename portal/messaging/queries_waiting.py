"""Who has not read what was written to them, for the mail that says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select

from portal.database import Work
from portal.messaging.queries import is_assigned
from portal.models import Account, Client, Membership, Message, MessageThread, Organization, Side, ThreadParticipant


async def list_practices(work: Work, since: datetime) -> list[UUID]:
    """List the practices in which something was written since a moment."""
    query = select(Organization.id).where(
        select(MessageThread.id)
        .where(MessageThread.organization_id == Organization.id, MessageThread.last_at > since)
        .correlate(Organization)
        .exists()
    )
    return list((await work.exec(query)).all())


async def list_unread(work: Work, organization_id: UUID, *, since: datetime, until: datetime) -> Sequence[Any]:
    """List the places whose first unread message was written in a time, as (place, client's id, membership's account).

    A therapist who left, or is no longer assigned, reads no more, so they are not among them.
    """
    first = and_(
        col(Message.thread_id) == col(MessageThread.id), col(Message.number) == ThreadParticipant.read_number + 1
    )
    here = and_(col(Membership.deactivated_at).is_(None), is_assigned(col(Membership.id)))
    query: Any = (
        select(ThreadParticipant, MessageThread.client_id, Account.id, Account.email)
        .join(MessageThread, col(MessageThread.id) == col(ThreadParticipant.thread_id))
        .join(Client, col(Client.id) == col(MessageThread.client_id))
        .join(Message, first)
        .outerjoin(Membership, col(Membership.id) == col(ThreadParticipant.membership_id))
        .outerjoin(Account, col(Account.id) == col(Membership.account_id))
        .where(
            ThreadParticipant.organization_id == organization_id,
            Message.sent_at > since,
            Message.sent_at <= until,
            or_(col(ThreadParticipant.side) != Side.STAFF, here),
        )
    )
    return list((await work.exec(query)).all())
