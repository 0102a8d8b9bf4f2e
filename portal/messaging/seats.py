"""Sitting down at a conversation: the one way to it, for clients, contacts and staff."""

from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.recipients import find_circle
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.messaging import words
from portal.messaging.queries import Access, Seat, find_seat
from portal.models import Permission, Side


async def take_seat(work: Work, access: Access, thread_id: UUID, *, lock: bool = False) -> Seat:
    """Find a conversation one may read. Raises NotFound for whoever is not in it, administrators included."""
    require_messages(access)
    seat = await find_seat(work, access, thread_id, lock=lock)
    if seat is None:
        raise NotFound
    return seat


def require_messages(access: Access) -> None:
    """Raise NotPermitted for proof of something else than messages."""
    proven = access.task is StaffTask.MESSAGES if isinstance(access, PracticeAccess) else _is_for_messages(access)
    if not proven:
        raise NotPermitted(words.NOT_FOR_MESSAGES)


def _is_for_messages(access: Access) -> bool:
    """Whether a client or a contact may write. Staff who view as one of them read none of it: they are not in it."""
    if isinstance(access, PracticeAccess):
        return False
    return access.permission is Permission.MESSAGING and access.viewing is None


async def why_not_write(work: Work, access: Access, seat: Seat) -> str:
    """Say what keeps somebody from writing in a conversation; an empty text when nothing does.

    The client's side needs a therapist who can be written to. Staff need a subscription, and somebody on the client's
    side who may read, now: the gate's own question, so that whatever is switched off for a client counts here too.
    """
    if seat.mine is None:
        return words.READ_ONLY
    if not isinstance(access, PracticeAccess):
        return "" if any(one.can_be_written_to for one in seat.people) else words.NO_THERAPIST
    if not seat.mine.can_be_written_to:
        return words.NOT_SUBSCRIBED
    circle = await find_circle(work, access.organization_id, [seat.thread.client_id], Permission.MESSAGING)
    readers = {one.contact_id for one in circle.recipients}
    here = (one.row for one in seat.people if one.row.side is not Side.STAFF)
    return "" if any(one.contact_id in readers for one in here) else words.NOBODY_READS.format(client=seat.client_name)


def tell_seat(work: Work, seat: Seat) -> None:
    """Tell the open pages of a conversation, and the counts of everybody in it, to look again after the commit."""
    work.tell(f"thread:{seat.thread.id}")
    for one in seat.people:
        if one.account_id is not None:
            work.tell(f"messages:{one.account_id}")
