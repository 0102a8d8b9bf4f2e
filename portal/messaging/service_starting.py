"""Starting a conversation: who can be in it, and the first message. Who is in it is settled then, for good."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert

from portal.access.actor import ClientAccess, PracticeAccess, Standing
from portal.access.recipients import Recipient, find_circle
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, SentBefore
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.messaging import queries_choices as queries
from portal.messaging import words
from portal.messaging.queries import Access
from portal.messaging.queries_messages import find_started, list_seats
from portal.messaging.rules import clean_body, clean_subject
from portal.messaging.sealing import body_of, subject_of
from portal.messaging.seats import require_messages
from portal.messaging.service import add_message, insert_once
from portal.messaging.service_files import attach
from portal.messaging.views import Choice, Choices
from portal.models import MessageThread, Permission, Side, ThreadParticipant

THE_CLIENT = "client"
"""How the client is named among the others who can be in a conversation; contacts are named by their id."""


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody asks for. `others` are contacts' ids, or THE_CLIENT; `files` were added for a new conversation."""

    operation_id: UUID
    subject: str
    body: str
    therapists: tuple[UUID, ...] = ()
    others: tuple[str, ...] = ()
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    side: Side
    account_id: UUID | None
    contact_id: UUID | None = None
    membership_id: UUID | None = None


async def list_choices(work: Work, access: Access, *, client_id: UUID) -> Choices:
    """List who can be in a new conversation about a client, now. Four statements at most.

    The client chooses among their therapists and contacts; a contact may add the client and learns of nobody else;
    a therapist chooses among those on the client's side who may read. Raises NotFound for a client out of reach.
    """
    require_messages(access)
    name, hours = await _require_reach(work, access, client_id)
    therapists = await queries.list_therapists(work, access.organization_id, client_id)
    circle = {one.contact_id for one in await _circle(work, access, client_id)}
    others = [Choice(THE_CLIENT, name, words.THE_CLIENT)] if None in circle and not _is_in_person(access) else []
    if _sees_contacts(access):
        others += [
            Choice(str(contact.id), f"{contact.given_name} {contact.family_name}", relationship)
            for contact, relationship in await queries.list_network(work, access.organization_id, client_id)
            if contact.id in circle
        ]
    if isinstance(access, PracticeAccess):
        if access.membership_id not in {one.id for one in therapists}:
            raise Conflict(words.NOT_SUBSCRIBED)
        therapists = []
    if hours is None:
        hours = await queries.find_hours(work, access.organization_id)
    return Choices([Choice(str(one.id), one.name, "") for one in therapists], others, hours)


async def start_thread(work: Work, access: Access, *, client_id: UUID, start: Start) -> UUID:
    """Start a conversation with its first message; the same operation again leads to the same one.

    Raises Invalid for what is empty, too long or addressed to nobody, NotFound for somebody who cannot be chosen,
    Conflict for staff without a subscription, SentBefore where the same operation said something else. At most eight
    statements with the gate's, one more with files.
    """
    require_messages(access)
    subject, body = clean_subject(start.subject), clean_body(start.body, may_be_empty=bool(start.files))
    places = await _places(work, access, client_id, start)
    thread_id = new_id()
    values = {
        "id": thread_id,
        "organization_id": access.organization_id,
        "client_id": client_id,
        "subject": seal(work.ring, "message_thread", "subject", thread_id, subject),
        "created_by": access.actor.account_id,
        "operation_id": start.operation_id,
        "created_at": work.now,
        "last_at": work.now,
        "last_number": 1,
    }
    if not await insert_once(work, MessageThread, values, ["created_by", "operation_id"]):
        return await _started(work, access, start, (client_id, subject, body), places)
    thread = MessageThread.model_validate(values)
    await _seat_everybody(work, access, thread, places)
    message_id = await add_message(work, access, thread, 1, start.operation_id, body)
    if message_id is None:
        raise Conflict(words.NOBODY_TO_WRITE_TO)
    await attach(work, access, thread, place=client_id, message_id=message_id, file_ids=start.files)
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="message.thread_started",
        client_id=client_id,
        object_id=thread_id,
        detail={"people": len(places), **({"files": len(start.files)} if start.files else {})},
    )
    return thread_id


async def _places(work: Work, access: Access, client_id: UUID, start: Start) -> list[_Place]:
    if isinstance(access, PracticeAccess):
        return await _places_by_staff(work, access, client_id, start)
    if client_id != access.client_id:
        raise NotFound
    if not start.therapists:
        raise Invalid(words.NOBODY_TO_WRITE_TO)
    own = Side.CLIENT if access.standing is Standing.CLIENT else Side.CONTACT
    places = [_Place(own, access.actor.account_id, access.contact_id if own is Side.CONTACT else None)]
    places += await _therapists(work, access, client_id, start.therapists)
    return places + await _others(work, access, client_id, start.others)


async def _places_by_staff(work: Work, access: PracticeAccess, client_id: UUID, start: Start) -> list[_Place]:
    if not start.others:
        raise Invalid(words.NOBODY_TO_WRITE_TO)
    if start.therapists:
        raise NotFound
    own = await _therapists(work, access, client_id, (access.membership_id,))
    return own + await _others(work, access, client_id, start.others)


async def _therapists(work: Work, access: Access, client_id: UUID, wanted: tuple[UUID, ...]) -> list[_Place]:
    found = await queries.list_therapists(work, access.organization_id, client_id, wanted)
    if {one.id for one in found} != set(wanted):
        if not isinstance(access, PracticeAccess):
            raise NotFound
        await _require_reach(work, access, client_id)
        raise Conflict(words.NOT_SUBSCRIBED)
    return [_Place(Side.STAFF, one.account_id, membership_id=one.id) for one in found]


async def _others(work: Work, access: Access, client_id: UUID, wanted: tuple[str, ...]) -> list[_Place]:
    """Find others on the client's side who were chosen; each has to be one who may read, now."""
    if not wanted:
        return []
    if not _sees_contacts(access) and set(wanted) != {THE_CLIENT}:
        raise NotFound
    known = {str(one.contact_id or THE_CLIENT): one for one in await _circle(work, access, client_id)}
    if not set(wanted) <= set(known) or (_is_in_person(access) and THE_CLIENT in wanted):
        raise NotFound
    chosen = (known[name] for name in dict.fromkeys(wanted))
    return [
        _Place(Side.CONTACT if one.contact_id else Side.CLIENT, one.account_id, contact_id=one.contact_id)
        for one in chosen
    ]


async def _seat_everybody(work: Work, access: Access, thread: MessageThread, places: list[_Place]) -> None:
    """Add everybody; whoever starts has read their own message."""
    rows = [
        {
            "id": new_id(),
            "organization_id": thread.organization_id,
            "thread_id": thread.id,
            "side": place.side,
            "contact_id": place.contact_id,
            "membership_id": place.membership_id,
            "read_number": 1 if place.account_id == access.actor.account_id else 0,
        }
        for place in places
    ]
    await work.exec(insert(ThreadParticipant).values(rows))
    for place in places:
        work.tell(f"messages:{place.account_id}")


async def _started(work: Work, access: Access, start: Start, said: tuple[UUID, str, str], places: list[_Place]) -> UUID:
    """Return the conversation that the same operation started. Raises SentBefore where it said something else."""
    thread, (message, files) = await find_started(work, access.actor.account_id, start.operation_id)
    said_then = thread.client_id, subject_of(work.ring, thread), body_of(work.ring, message)
    there_then = {(one.side, one.contact_id, one.membership_id) for one in await list_seats(work, thread.id)}
    there = {(one.side, one.contact_id, one.membership_id) for one in places}
    if (said, there, set(start.files)) != (said_then, there_then, {file.id for file in files}):
        raise SentBefore
    return thread.id


async def _require_reach(work: Work, access: Access, client_id: UUID) -> tuple[str, str | None]:
    """Return the client's name and, for staff, when the practice answers; raises NotFound for a client out of reach."""
    if isinstance(access, ClientAccess):
        if client_id != access.client_id:
            raise NotFound
        return access.client_name, None
    found = await queries.find_client_of(work, access.organization_id, access.membership_id, client_id)
    if found is None:
        raise NotFound
    client, hours = found
    return f"{client.given_name} {client.family_name}", hours


async def _circle(work: Work, access: Access, client_id: UUID) -> tuple[Recipient, ...]:
    return (await find_circle(work, access.organization_id, [client_id], Permission.MESSAGING)).recipients


def _sees_contacts(access: Access) -> bool:
    return isinstance(access, PracticeAccess) or _is_in_person(access)


def _is_in_person(access: Access) -> bool:
    return isinstance(access, ClientAccess) and access.standing is Standing.CLIENT
