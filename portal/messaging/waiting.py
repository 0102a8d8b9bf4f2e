"""The mail that something waits: only if it is still unread after a quarter of an hour, once until they have read."""

from datetime import timedelta
from uuid import UUID

from portal.access.recipients import find_circle
from portal.database import Work
from portal.messaging import queries_waiting as queries
from portal.messaging.rules import UNREAD_BEFORE_MAIL
from portal.models import Permission, Side, ThreadParticipant
from portal.notifications.outbox import enqueue_mail

_TOO_OLD = timedelta(days=2)
"""What has waited for longer was told long ago, or was not to be told when it came."""


async def list_practices(work: Work) -> list[UUID]:
    """List the practices in which a mail may be due."""
    return await queries.list_practices(work, work.now - _TOO_OLD)


async def announce_waiting(work: Work, organization_id: UUID, origin: str) -> int:
    """Write the mails that are due in one practice; returns how many are new. Doing it again adds nothing.

    It goes to whoever may read the conversation at this moment, and says that something waits: not what, from whom,
    or about whom. Who does not read gets no second one about the same conversation. `origin` begins the link.
    """
    found = await queries.list_unread(
        work, organization_id, since=work.now - _TOO_OLD, until=work.now - UNREAD_BEFORE_MAIL
    )
    readers: dict[UUID, dict[UUID | None, tuple[UUID, str]]] = {}
    mails = 0
    for place, client_id, account_id, email in found:
        if place.side is Side.STAFF:
            mails += await _enqueue(
                work, place, account_id, email, "message_waiting_staff", f"{origin}/practice/messages"
            )
            continue
        if client_id not in readers:
            circle = await find_circle(work, organization_id, [client_id], Permission.MESSAGING)
            readers[client_id] = {one.contact_id: (one.account_id, one.email) for one in circle.recipients}
        reader, address = readers[client_id].get(place.contact_id, (None, ""))
        link = f"{origin}/messages?for={client_id}"
        mails += await _enqueue(work, place, reader, address, "message_waiting", link, client_id)
    return mails


async def _enqueue(
    work: Work,
    place: ThreadParticipant,
    account_id: UUID | None,
    email: str,
    kind: str,
    link: str,
    client_id: UUID | None = None,
) -> bool:
    if account_id is None:
        return False
    return await enqueue_mail(
        work,
        kind=kind,
        to_address=email,
        account_id=account_id,
        organization_id=place.organization_id,
        client_id=client_id,
        context={"link": link},
        dedupe_key=f"message:{place.id}:{place.read_number}",
    )
