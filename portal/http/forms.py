"""Forms as files: bringing a FHIR Questionnaire in, and taking one out."""

import re
import unicodedata
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.actor import StaffTask
from portal.access.gate import open_practice
from portal.errors import Invalid, NotFound, NotPermitted, PortalError, SignedOut
from portal.http.cookies import session_hash_of
from portal.http.door import plain
from portal.intake import words as intake_words
from portal.intake.building import service_library as service
from portal.intake.building.reporting import imported
from portal.intake.fhir.reading import MAX_BYTES
from portal.kit.ids import parse_id
from portal.runtime import runtime

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STATUS = {NotFound: 404, SignedOut: 401, NotPermitted: 403}


@plain
async def import_form(request: Request) -> Response:
    """Bring in the Questionnaire that is the body of the request, and say what in it is not acted upon."""
    try:
        text = _text(await _body(request))
        async with runtime().database.unit_of_work() as work:
            practice = request.query_params.get("practice") or None
            access = await open_practice(work, session_of(request), StaffTask.SEND_FORMS, practice=practice)
            report = await service.import_form(work, access, text=text)
    except PortalError as refused:  # a file that is no form is an answer like any other, not a failed request
        status = next((code for kind, code in _STATUS.items() if isinstance(refused, kind)), 200)
        return JSONResponse({"sentence": refused.sentence}, status, headers=_PRIVATE)
    return JSONResponse(imported(report), headers=_PRIVATE)


@plain
async def export_form(request: Request) -> Response:
    """Send a form as the file that it is."""
    async with runtime().database.unit_of_work(writes=False) as work:
        practice = request.query_params.get("practice") or None
        access = await open_practice(work, session_of(request), StaffTask.SEND_FORMS, practice=practice)
        title, text = await service.export_form(work, access, form_id=id_of(request, "form_id"))
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{file_name(title)}.json"'}
    return Response(text, media_type="application/fhir+json", headers=headers)


def session_of(request: Request) -> str:
    """Return the hash of the session that a request's cookie names. Raises SignedOut when it has none."""
    cookie = "; ".join(request.headers.getlist("cookie"))
    found = session_hash_of(cookie, runtime().config.secure)
    if found is None:
        raise SignedOut
    return found


def id_of(request: Request, name: str) -> UUID:
    """Return an id from the address. Raises NotFound for nonsense."""
    found = parse_id(request.path_params[name])
    if found is None:
        raise NotFound
    return found


def file_name(title: str) -> str:
    """Return a title as a file may be called on every system."""
    plain_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain_text).strip("-").lower()[:80] or "form"


async def _body(request: Request) -> bytes:
    """Read what was posted, and stop as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise Invalid(intake_words.FILE_TOO_LARGE)
    return bytes(body)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(intake_words.NOT_TEXT) from None
