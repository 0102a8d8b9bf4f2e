"""Photos of insurance cards, sent by themselves as soon as they are taken."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.files.rules import FORM_LIMIT
from portal.files.service import PreparedFile
from portal.http.door import plain
from portal.http.files import PRIVATE, client_of, id_of, take_file
from portal.http.forms import session_of
from portal.insurance import service_cards
from portal.models import Permission, StoredFile

Opener = Callable[[Work], Awaitable[ClientAccess | PracticeAccess]]


@plain
async def add_card(request: Request) -> Response:
    """Take a photo from the client's side (`?for=`)."""
    session_hash, client_id = session_of(request), client_of(request)

    async def opened(work: Work) -> ClientAccess:
        return await open_client(work, session_hash, client_id, Permission.INSURANCE)

    return await _take(request, opened)


@plain
async def add_card_for_staff(request: Request) -> Response:
    """Take a photo from staff (`?practice=`)."""
    session_hash, client_id = session_of(request), id_of(request.path_params["client_id"])
    practice = request.query_params.get("practice") or None

    async def opened(work: Work) -> PracticeAccess:
        task = StaffTask.INSURANCE_REVIEW
        return await open_practice(work, session_hash, task, practice=practice, client_id=client_id)

    return await _take(request, opened)


async def _take(request: Request, opened: Opener) -> Response:
    async def ask(work: Work) -> None:
        await service_cards.require_card_room(work, await opened(work))

    async def add(work: Work, prepared: PreparedFile) -> StoredFile:
        return await service_cards.add_card(work, await opened(work), prepared=prepared)

    prepared = await take_file(request, FORM_LIMIT, ask, add)
    told: dict[str, Any] = {"id": str(prepared.id), "url": f"/files/{prepared.id}"}
    return JSONResponse({"file": told}, headers=PRIVATE)
