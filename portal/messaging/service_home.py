"""Where something new was written to one, for everybody whom one acts for: what the home page says of messages."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_
from sqlmodel import col, select

from portal.access.subjects import ActingAccess
from portal.database import Work
from portal.models import Contact, MessageThread, Permission, Side, ThreadParticipant


@dataclass(frozen=True)
class ToRead:
    """In how many conversations about one client something waits to be read."""

    client_id: str
    threads: int


async def list_to_read(work: Work, access: ActingAccess) -> list[ToRead]:
    """Count what is unread for each of these clients, in conversations that one is in. One statement, or none."""
    reached = [subject for subject in access.clients if subject.may(Permission.MESSAGING)]
    if not reached:
        return []
    named = {
        "oneself": [subject.client_id for subject in reached if subject.is_self],
        "others": [subject.client_id for subject in reached if not subject.is_self],
        "account": access.eyes,
    }
    return [ToRead(str(row[0]), int(row[1])) for row in (await work.exec(_unread(), params=named)).all()]


@cache
def _unread() -> Any:
    """Build the statement once: every home page asks it."""
    client_id, place = col(MessageThread.client_id), ThreadParticipant
    query: Any = select(client_id, func.count()).join(place, col(place.thread_id) == col(MessageThread.id))
    return (
        query.outerjoin(Contact, col(Contact.id) == col(place.contact_id))
        .where(
            or_(
                and_(client_id.in_(bindparam("oneself", expanding=True)), col(place.side) == Side.CLIENT),
                and_(
                    client_id.in_(bindparam("others", expanding=True)),
                    col(Contact.account_id) == bindparam("account"),
                ),
            ),
            col(MessageThread.last_number) > col(place.read_number),
        )
        .group_by(client_id)
    )
