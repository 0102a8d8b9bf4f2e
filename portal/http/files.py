"""Files over HTTP: added to a form, and read through the door of what they belong to. Nothing goes by /_upload."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.gate import open_client
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.files import queries, words
from portal.files.rules import FORM_LIMIT
from portal.files.service import PreparedFile, name_of, prepare_file, read_content, store_file
from portal.http.door import plain
from portal.http.forms import session_of
from portal.insurance.service_cards import open_card
from portal.intake import service_files
from portal.integrations.storage.choose import storage_for
from portal.kit.ids import parse_id
from portal.messaging.service_files import open_message_file
from portal.models import FileOwner, Permission, StoredFile
from portal.runtime import runtime

PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LONGEST_NAME = 300
_AT_ONCE = 2
_turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
"""By session: its files that are in memory at the same time. Further ones wait unread on their connection."""

# Whoever keeps files says here who may read them.
_OPEN: Mapping[FileOwner, Callable[[Work, str, StoredFile], Awaitable[None]]] = {
    FileOwner.FORM: service_files.open_form_file,
    FileOwner.MESSAGE: open_message_file,
    FileOwner.INSURANCE: open_card,
}


@plain
async def add_form_file(request: Request) -> Response:
    """Take a file for a form: asked before it is read, checked by its contents, and asked again when it is kept."""
    session_hash = session_of(request)
    assignment_id, client_id = id_of(request.path_params["assignment_id"]), client_of(request)

    async def ask(work: Work) -> None:
        access = await open_client(work, session_hash, client_id, Permission.FORMS)
        await service_files.require_open_form(work, access, assignment_id=assignment_id)

    async def add(work: Work, prepared: PreparedFile) -> StoredFile:
        access = await open_client(work, session_hash, client_id, Permission.FORMS)
        return await service_files.add_form_file(work, access, assignment_id=assignment_id, prepared=prepared)

    prepared = await take_file(request, FORM_LIMIT, ask, add)
    told: dict[str, Any] = {
        "url": f"/files/{prepared.id}",
        "title": prepared.name,
        "contentType": prepared.content_type,
        "size": prepared.size,
    }
    return JSONResponse({"file": told}, headers=PRIVATE)


async def take_file(
    request: Request,
    limit: int,
    ask: Callable[[Work], Awaitable[None]],
    add: Callable[[Work, PreparedFile], Awaitable[StoredFile]],
) -> PreparedFile:
    """Take in one file of at most `limit` bytes: `ask` refuses before it is read, `add` asks again and notes it."""
    here = runtime()
    async with here.database.unit_of_work(writes=False) as work:
        await ask(work)
    async with _turn_of(session_of(request)):
        content = await read_body(request, limit)
        prepared = await prepare_file(here.database.ring, content, _name(request))
    storage = storage_for(here.config)
    await store_file(storage, prepared)
    try:
        async with here.database.unit_of_work() as work:
            await add(work, prepared)
    except BaseException:
        await storage.remove(prepared.id.hex)
        raise
    return prepared


def _turn_of(session_hash: str) -> asyncio.Semaphore:
    return _turns.setdefault(session_hash, asyncio.Semaphore(_AT_ONCE))


@plain
async def read_file(request: Request) -> Response:
    """Hand a file out, to be saved and never to be shown as a page of ours."""
    here, session_hash = runtime(), session_of(request)
    file_id = id_of(request.path_params["file_id"])
    async with here.database.unit_of_work() as work:
        file = await queries.find_file(work, file_id)
        if file is None or file.owner not in _OPEN:
            raise NotFound
        await _OPEN[file.owner](work, session_hash, file)
        name = name_of(work.ring, file)
    try:
        content = await read_content(storage_for(here.config), here.database.ring, file)
    except FileNotFoundError:
        raise NotFound from None
    disposition = f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    return Response(
        content,
        media_type=file.content_type,
        headers={
            **PRIVATE,
            "Content-Disposition": disposition,
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


async def read_body(request: Request, limit: int) -> bytes:
    """Read what was sent, and stop as soon as it is too long. Raises Invalid."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > limit:
        raise Invalid(words.too_large(limit))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Invalid(words.too_large(limit))
    return bytes(body)


def id_of(text: str) -> UUID:
    """Read an id of an address; what is none is not found."""
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found


def client_of(request: Request) -> UUID | None:
    """Return whom an address acts for; None for the client whom one acts for by default."""
    wanted = request.query_params.get("for")
    return id_of(wanted) if wanted else None


def _name(request: Request) -> str:
    return unquote(request.headers.get("x-file-name", "")[: 3 * _LONGEST_NAME], errors="replace")[:_LONGEST_NAME]


def _ascii(name: str) -> str:
    return "".join(mark if mark.isascii() and mark.isprintable() and mark not in '"\\' else "_" for mark in name)
