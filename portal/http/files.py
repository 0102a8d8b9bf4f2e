"""Files over HTTP: added to a form, and read through the door of what they belong to. Nothing goes by /_upload."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.gate import open_client
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.files import queries, words
from portal.files.rules import FORM_LIMIT
from portal.files.service import name_of, prepare_file, read_content, store_file
from portal.http.cookies import session_hash_of
from portal.http.door import plain
from portal.intake import service_files
from portal.integrations.storage.choose import storage_for
from portal.kit.ids import parse_id
from portal.models import FileOwner, Permission, StoredFile
from portal.runtime import runtime

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NEVER_A_PAGE = {**_PRIVATE, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
_LONGEST_NAME = 300

# Whoever keeps files says here who may read them.
_OPEN: Mapping[FileOwner, Callable[[Work, str, StoredFile], Awaitable[None]]] = {
    FileOwner.FORM: service_files.open_form_file,
}


@plain
async def add_form_file(request: Request) -> Response:
    """Take a file for a form: asked before it is read, checked by its contents, and asked again when it is kept."""
    here, session_hash = runtime(), _session(request)
    assignment_id, client_id = _id(request.path_params["assignment_id"]), _client(request)
    async with here.database.unit_of_work(writes=False) as work:
        access = await open_client(work, session_hash, client_id, Permission.FORMS)
        await service_files.require_open_form(work, access, assignment_id=assignment_id)
    content = await read_body(request, FORM_LIMIT)
    prepared = await prepare_file(here.database.ring, content, _name(request))
    storage = storage_for(here.config)
    await store_file(storage, prepared)
    try:
        async with here.database.unit_of_work() as work:
            access = await open_client(work, session_hash, client_id, Permission.FORMS)
            file = await service_files.add_form_file(work, access, assignment_id=assignment_id, prepared=prepared)
    except BaseException:
        await storage.remove(prepared.id.hex)
        raise
    told: dict[str, Any] = {
        "url": f"/files/{file.id}",
        "title": prepared.name,
        "contentType": file.content_type,
        "size": file.size,
    }
    return JSONResponse({"file": told}, headers=_PRIVATE)


@plain
async def read_file(request: Request) -> Response:
    """Hand a file out, to be saved and never to be shown as a page of ours."""
    here, session_hash = runtime(), _session(request)
    file_id = _id(request.path_params["file_id"])
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
            **_PRIVATE,
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


def _session(request: Request) -> str:
    """Return the hash of a session; one that is none is refused by the gate."""
    return session_hash_of("; ".join(request.headers.getlist("cookie")), runtime().config.secure) or ""


def _id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found


def _client(request: Request) -> UUID | None:
    wanted = request.query_params.get("for")
    return _id(wanted) if wanted else None


def _name(request: Request) -> str:
    return unquote(request.headers.get("x-file-name", "")[: 3 * _LONGEST_NAME], errors="replace")[:_LONGEST_NAME]


def _ascii(name: str) -> str:
    return "".join(mark if mark.isascii() and mark.isprintable() and mark not in '"\\' else "_" for mark in name)
