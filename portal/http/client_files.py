"""Lists of clients as files: taking one in, after a look at every row, and taking one out."""

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.gate import open_practice, require_step_up
from portal.clients import words, words_import
from portal.clients.csv_import import MOST_BYTES
from portal.clients.service_export import export_clients
from portal.clients.service_import import check_import, desk_of, import_clients, open_file
from portal.clients.views import ImportReport
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted, PortalError, SignedOut
from portal.http.door import plain
from portal.http.forms import session_of
from portal.http.words import FOREIGN_ORIGIN
from portal.runtime import runtime

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STATUS = {NotFound: 404, SignedOut: 401, NotPermitted: 403}
_OWN_SITES = frozenset({"same-origin", "none"})


class _Wanted(BaseModel):
    """What the address says: only look, or import; leave bad rows out; take those who look like somebody too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    practice: str | None = None
    step: Literal["check", "import"] = "check"
    bad: Literal["stop", "leave"] = "stop"
    alike: Literal["leave", "take"] = "leave"


@plain
async def import_list(request: Request) -> Response:
    """Look through the CSV file that is the body of the request, or import it; the answer names every bad row."""
    try:
        report, told = await _import(request, _wanted(request))
    except PortalError as refused:
        status = next((code for kind, code in _STATUS.items() if isinstance(refused, kind)), 422)
        return JSONResponse({"sentence": refused.sentence}, status, headers=_PRIVATE)
    return JSONResponse({**asdict(report), "summary": told}, headers=_PRIVATE)


@plain
async def export_list(request: Request) -> Response:
    """Send the clients whom one may see, as a file, to who has shown within ten minutes who they are."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        raise NotPermitted(FOREIGN_ORIGIN.sentences[0])
    async with runtime().database.unit_of_work() as work:
        access = await _open(work, request, StaffTask.SEE_CLIENTS)
        require_step_up(access)
        table = await export_clients(work, access)
    name = f"clients-{access.today.isoformat()}.csv"
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


async def _import(request: Request, wanted: _Wanted) -> tuple[ImportReport, str]:
    """Access is checked before the file is read, and again after it, in the unit that writes."""
    database = runtime().database
    async with database.unit_of_work(writes=False) as work:
        desk = await desk_of(work, await _open(work, request, StaffTask.EDIT_CLIENTS))
    file = await open_file(desk, await _body(request))
    writes = wanted.step == "import"
    async with database.unit_of_work(writes=writes) as work:
        desk = await desk_of(work, await _open(work, request, StaffTask.EDIT_CLIENTS))
        if not writes:
            report = await check_import(work, desk, file)
            return report, words_import.checked(report)
        leave, take = wanted.bad == "leave", wanted.alike == "take"
        report = await import_clients(work, desk, file, despite_bad=leave, with_duplicates=take)
    return report, words_import.imported(report)


async def _open(work: Work, request: Request, task: StaffTask) -> PracticeAccess:
    practice = request.query_params.get("practice") or None
    return await open_practice(work, session_of(request), task, practice=practice)


def _wanted(request: Request) -> _Wanted:
    try:
        return _Wanted.model_validate(dict(request.query_params))
    except ValidationError:
        raise Invalid(words.FILE_ODD) from None


async def _body(request: Request) -> bytes:
    """Read what was posted, and stop as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Invalid(words.FILE_TOO_LARGE)
    return bytes(body)
