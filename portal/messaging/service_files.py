"""Files of messages: who may add one, and who may read one. The conversation decides, as it does for its words.

A file that is not sent yet belongs to the conversation it was added in, or to the client while there is none, and can
be read by nobody; once it is sent it belongs to its message.
"""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.audit.service import record_access
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.files.service import PreparedFile, add_file, require_room
from portal.messaging import words
from portal.messaging.queries import Access
from portal.messaging.queries_choices import find_slug, list_therapists
from portal.messaging.queries_messages import claim_files, find_thread_of
from portal.messaging.seats import require_messages, take_seat, why_not_write
from portal.models import FileOwner, MessageThread, Permission, StoredFile


async def require_open_box(work: Work, access: Access, *, thread_id: UUID | None) -> UUID:
    """Return where a file is added: a conversation, or without one the client. Refuses where nothing could be sent.

    Raises NotFound out of reach, Conflict where nobody can be written to, TooMany in a hurry.
    """
    require_messages(access)
    if access.client_id is None:
        raise NotFound
    if thread_id is None:
        await _require_therapist(work, access, access.client_id)
    else:
        seat = await take_seat(work, access, thread_id)
        if seat.thread.client_id != access.client_id:
            raise NotFound
        if why := await why_not_write(work, access, seat):
            raise Conflict(why)
    await require_room(work, access)
    return thread_id or access.client_id


async def _require_therapist(work: Work, access: Access, client_id: UUID) -> None:
    found = {one.id for one in await list_therapists(work, access.organization_id, client_id)}
    if isinstance(access, PracticeAccess) and access.membership_id not in found:
        raise NotFound
    if not found:
        raise Conflict(words.NO_THERAPIST)


async def add_message_file(work: Work, access: Access, *, thread_id: UUID | None, prepared: PreparedFile) -> StoredFile:
    """Note a file that waits to be sent. Raises like `require_open_box`."""
    place = await require_open_box(work, access, thread_id=thread_id)
    return await add_file(work, access, owner=FileOwner.MESSAGE, owner_id=place, prepared=prepared)


async def attach(
    work: Work, access: Access, thread: MessageThread, *, place: UUID, message_id: UUID, file_ids: Sequence[UUID]
) -> None:
    """Send files along with a message. Raises Invalid unless all of them are one's own, added there, and unsent."""
    if not file_ids:
        return
    if not await claim_files(
        work, access, client_id=thread.client_id, place=place, message_id=message_id, file_ids=file_ids
    ):
        raise Invalid(words.FILE_GONE)


async def open_message_file(work: Work, session_hash: str, file: StoredFile) -> None:
    """Let somebody read a file of a conversation they are in, and write down that they looked.

    Raises SignedOut, and NotFound for everybody else: also for whoever added it, as long as it is not sent.
    """
    thread_id = await find_thread_of(work, file)
    access = await _reader(work, session_hash, file, thread_id) if thread_id else None
    if access is None:
        raise NotFound
    await record_access(work, access, client_id=file.client_id, kind="messages", object_id=thread_id)


async def _reader(work: Work, session_hash: str, file: StoredFile, thread_id: UUID) -> Access | None:
    """Return what somebody reads a conversation with: on the client's side, else as staff."""
    with suppress(NotFound, NotPermitted):
        client = await open_client(work, session_hash, file.client_id, Permission.MESSAGING)
        await take_seat(work, client, thread_id)
        return client
    with suppress(NotFound, NotPermitted):
        practice = await find_slug(work, file.organization_id)
        staff = await open_practice(work, session_hash, StaffTask.MESSAGES, practice=practice)
        await take_seat(work, staff, thread_id)
        return staff
    return None
