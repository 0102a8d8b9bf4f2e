"""The messages of a conversation that was found through access, with what is attached to them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import CursorResult, and_, update
from sqlmodel import col, select

from portal.database import Work
from portal.messaging.queries import Access, Seat
from portal.models import FileOwner, Message, MessageThread, StoredFile, ThreadParticipant

Written = tuple[Message, Sequence[StoredFile]]
"""A message and its files, in the order in which they were added."""


async def list_messages(work: Work, seat: Seat, *, before: int | None, limit: int) -> list[Written]:
    """List messages of one conversation, oldest first: the latest, or those before a number. One statement."""
    page = select(Message.id).where(Message.thread_id == seat.thread.id)
    if before is not None:
        page = page.where(Message.number < before)
    page = page.order_by(col(Message.number).desc()).limit(limit)
    attached = and_(col(StoredFile.owner) == FileOwner.MESSAGE, col(StoredFile.owner_id) == col(Message.id))
    query = (
        select(Message, StoredFile)
        .outerjoin(StoredFile, attached)
        .where(col(Message.id).in_(page))
        .order_by(col(Message.number), col(StoredFile.id))
    )
    found: dict[UUID, tuple[Message, list[StoredFile]]] = {}
    for message, file in (await work.exec(query)).all():
        files = found.setdefault(message.id, (message, []))[1]
        if file is not None:
            files.append(file)
    return list(found.values())


async def find_started(work: Work, account_id: UUID, operation_id: UUID) -> tuple[MessageThread, Written]:
    """Find the conversation that somebody's operation started, and its first message with its files. One statement."""
    attached = and_(col(StoredFile.owner) == FileOwner.MESSAGE, col(StoredFile.owner_id) == col(Message.id))
    query = (
        select(MessageThread, Message, StoredFile)
        .join(Message, and_(col(Message.thread_id) == col(MessageThread.id), col(Message.number) == 1))
        .outerjoin(StoredFile, attached)
        .where(MessageThread.created_by == account_id, MessageThread.operation_id == operation_id)
    )
    found = (await work.exec(query)).all()
    thread, message, _ = found[0]
    return thread, (message, [file for _, _, file in found if file is not None])


async def list_seats(work: Work, thread_id: UUID) -> Sequence[ThreadParticipant]:
    """List who was put into a conversation."""
    return (await work.exec(select(ThreadParticipant).where(ThreadParticipant.thread_id == thread_id))).all()


async def claim_files(
    work: Work, access: Access, *, client_id: UUID, place: UUID, message_id: UUID, file_ids: Sequence[UUID]
) -> bool:
    """Make files of one's own, added at one place and not sent yet, those of a message; whether all of them were.

    One statement, so that a file that is sent twice at once is in one message alone.
    """
    mine = and_(
        col(StoredFile.id).in_(file_ids),
        col(StoredFile.organization_id) == access.organization_id,
        col(StoredFile.client_id) == client_id,
        col(StoredFile.owner) == FileOwner.MESSAGE,
        col(StoredFile.owner_id) == place,
        col(StoredFile.uploaded_by) == access.actor.account_id,
        col(StoredFile.kept_at).is_(None),
    )
    done: CursorResult[object] = await work.exec(
        update(StoredFile).where(mine).values(owner_id=message_id, kept_at=work.now)
    )
    return done.rowcount == len(file_ids)


async def find_thread_of(work: Work, file: StoredFile) -> UUID | None:
    """Return the conversation in which a file was sent; None while it was not."""
    query = select(Message.thread_id).where(
        Message.id == file.owner_id, Message.organization_id == file.organization_id
    )
    return None if file.kept_at is None else (await work.exec(query)).first()
