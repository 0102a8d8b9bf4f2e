"""Files for messages: added by either side before the message is sent. Read at /files/[id], as all files are."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.files.rules import MESSAGE_LIMIT
from portal.files.service import PreparedFile
from portal.http.door import plain
from portal.http.files import PRIVATE, client_of, id_of, take_file
from portal.http.forms import session_of
from portal.messaging.presenting import short_size
from portal.messaging.queries import Access
from portal.messaging.service_files import add_message_file, require_open_box
from portal.models import Permission, StoredFile


@plain
async def add_message_file_as_client(request: Request) -> Response:
    """Take a file from the client's side, for the person acted for (`?for=`)."""
    session_hash, client_id = session_of(request), client_of(request)

    async def open_(work: Work) -> Access:
        return await open_client(work, session_hash, client_id, Permission.MESSAGING)

    return await _take(request, open_)


@plain
async def add_message_file_as_staff(request: Request) -> Response:
    """Take a file from staff, about one client (`?client=`)."""
    session_hash, practice = session_of(request), request.query_params.get("practice") or None
    client_id = id_of(request.query_params.get("client", ""))

    async def open_(work: Work) -> Access:
        return await open_practice(work, session_hash, StaffTask.MESSAGES, practice=practice, client_id=client_id)

    return await _take(request, open_)


async def _take(request: Request, open_: Callable[[Work], Awaitable[Access]]) -> Response:
    """Take a file for one conversation (`?thread=`), or for one that has not begun."""
    wanted = request.query_params.get("thread")
    thread_id = id_of(wanted) if wanted else None

    async def ask(work: Work) -> None:
        await require_open_box(work, await open_(work), thread_id=thread_id)

    async def add(work: Work, prepared: PreparedFile) -> StoredFile:
        return await add_message_file(work, await open_(work), thread_id=thread_id, prepared=prepared)

    prepared = await take_file(request, MESSAGE_LIMIT, ask, add)
    told = {"id": str(prepared.id), "name": prepared.name, "size": short_size(prepared.size)}
    return JSONResponse({"file": told}, headers=PRIVATE)
