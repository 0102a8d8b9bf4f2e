"""Writing and reading in a conversation one is in. Each takes proof of access; another's conversation is not found."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from portal.audit.service import record_access, record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, TooMany
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.messaging import words
from portal.messaging.presenting import thread_view
from portal.messaging.queries import Access, Seat
from portal.messaging.queries_messages import list_messages
from portal.messaging.rules import A_PAGE, LONGEST, MOST_IN_A_MINUTE, clean_body
from portal.messaging.seats import take_seat, tell_seat, why_not_write
from portal.messaging.service_files import attach
from portal.messaging.views import ThreadView
from portal.models import Message, MessageKind, MessageThread, ThreadParticipant


async def open_thread(work: Work, access: Access, *, thread_id: UUID, before: int | None = None) -> ThreadView:
    """Read a page of a conversation: the latest, or what is before a number. That it was read is recorded.

    Raises NotFound. Four statements at most; one less where it is only read.
    """
    seat = await take_seat(work, access, thread_id)
    rows = await list_messages(work, seat, before=before, limit=A_PAGE)
    view = thread_view(work.ring, access, seat, rows, await why_not_write(work, access, seat))
    await record_access(work, access, client_id=seat.thread.client_id, kind="messages", object_id=thread_id)
    return view


async def send_message(
    work: Work, access: Access, *, thread_id: UUID, operation_id: UUID, body: str, file_ids: Sequence[UUID] = ()
) -> bool:
    """Send one message, with files; False when this operation was sent already: five taps are one message.

    Raises Invalid for what is empty, too long or not one's own to send, NotFound, TooMany, and Conflict when nobody can
    be written to. With files it asks one statement more.
    """
    text = clean_body(body, may_be_empty=bool(file_ids))
    seat = await take_seat(work, access, thread_id, lock=True)
    if why := await why_not_write(work, access, seat):
        raise Conflict(why)
    if seat.sent_lately >= MOST_IN_A_MINUTE:
        raise TooMany(words.TOO_MANY)
    number = seat.thread.last_number + 1
    message_id = await add_message(work, access, seat.thread, number, operation_id, text)
    if message_id is None:
        return False
    await attach(work, access, seat.thread, place=thread_id, message_id=message_id, file_ids=file_ids)
    await advance(work, seat.thread, number)
    assert seat.mine is not None  # noqa: S101 - why_not_write says so
    await _note_sent(work, seat.mine.row, number)
    tell_seat(work, seat)
    await _record(work, access, seat, number, len(file_ids))
    return True


async def add_message(
    work: Work,
    access: Access,
    thread: MessageThread,
    number: int,
    operation_id: UUID,
    text: str,
    kind: MessageKind = MessageKind.WORDS,
) -> UUID | None:
    """Store a message of a conversation that is locked or new; None when its operation is there already."""
    message_id = new_id()
    values = {
        "id": message_id,
        "organization_id": thread.organization_id,
        "thread_id": thread.id,
        "number": number,
        "kind": kind,
        "author_id": access.actor.account_id,
        "author_name": seal(work.ring, "message", "author_name", message_id, access.actor.name),
        "operation_id": operation_id,
        "body": seal(work.ring, "message", "body", message_id, text),
        "sent_at": work.now,
    }
    return message_id if await insert_once(work, Message, values, ["author_id", "operation_id"]) else None


async def insert_once(work: Work, table: Any, values: dict[str, Any], unique: list[str]) -> bool:
    """Insert a row unless one with these columns is there; whether it is new."""
    insert: Any = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    query = insert(table).values(**values).on_conflict_do_nothing(index_elements=unique).returning(table.id)
    return (await work.exec(query)).first() is not None


async def advance(work: Work, thread: MessageThread, number: int) -> None:
    """Note that a conversation has one more message."""
    query = update(MessageThread).where(col(MessageThread.id) == thread.id)
    await work.exec(query.values(last_number=number, last_at=work.now))


async def _note_sent(work: Work, mine: ThreadParticipant, number: int) -> None:
    """Empty the draft, and count one's own message as read if everything before it was."""
    values: dict[str, Any] = {"draft": None}
    if mine.read_number == number - 1:
        values["read_number"] = number
    await work.exec(update(ThreadParticipant).where(col(ThreadParticipant.id) == mine.id).values(**values))


async def mark_read(work: Work, access: Access, *, thread_id: UUID, number: int) -> bool:
    """Note that one has seen a conversation up to a message; the others see when. False when that was known.

    It only ever moves one's own mark, and never backwards. Raises NotFound, and Invalid for a message not there yet.
    """
    seat = await take_seat(work, access, thread_id)
    if number > seat.thread.last_number:
        raise Invalid(words.NOT_THAT_FAR)
    if seat.mine is None or seat.mine.row.read_number >= number:
        return False
    place = col(ThreadParticipant.id) == seat.mine.row.id
    query = update(ThreadParticipant).where(place, col(ThreadParticipant.read_number) < number)
    await work.exec(query.values(read_number=number, read_at=work.now))
    await record_access(work, access, client_id=seat.thread.client_id, kind="messages", object_id=thread_id)
    tell_seat(work, seat)
    return True


async def save_draft(work: Work, access: Access, *, thread_id: UUID, body: str) -> None:
    """Keep what somebody has begun to write; an empty text forgets it. Raises NotFound, and Invalid when too long."""
    if len(body) > LONGEST:
        raise Invalid(words.TOO_LONG.format(most=f"{LONGEST:,}"))
    seat = await take_seat(work, access, thread_id)
    if seat.mine is None:
        raise NotFound
    mine = seat.mine.row.id
    draft = seal(work.ring, "thread_participant", "draft", mine, body) if body.strip() else None
    await work.exec(update(ThreadParticipant).where(col(ThreadParticipant.id) == mine).values(draft=draft))


async def set_aside(work: Work, access: Access, *, thread_id: UUID, aside: bool) -> None:
    """Put a conversation into one's own archive until something new arrives, or take it back. Raises NotFound."""
    seat = await take_seat(work, access, thread_id)
    if seat.mine is None:
        raise NotFound
    query = update(ThreadParticipant).where(col(ThreadParticipant.id) == seat.mine.row.id)
    await work.exec(query.values(archived_at=work.now if aside else None))
    work.tell(f"messages:{access.actor.account_id}")


async def _record(work: Work, access: Access, seat: Seat, number: int, files: int) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="message.sent",
        client_id=seat.thread.client_id,
        object_id=seat.thread.id,
        detail={"number": number, **({"files": files} if files else {})},
    )
