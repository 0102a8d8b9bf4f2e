"""The PDF of a form that was signed, through the same door as the form itself."""

from contextlib import suppress
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from portal.access.actor import ClientAccess, Sight, StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.http.door import plain
from portal.http.forms import file_name, id_of, session_of
from portal.intake.document import service_document as service
from portal.intake.document.service_document import Material
from portal.intake.document.typesetting import typeset
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.runtime import runtime


@plain
async def form_document(request: Request) -> Response:
    """Send the PDF of a form: to its client's side (`?for=`), or to staff who may read it."""
    session_hash, assignment_id = session_of(request), id_of(request, "assignment_id")
    async with runtime().database.unit_of_work() as work:
        material = await _gather(work, request, session_hash, assignment_id)
    pdf = await typeset(material.data, material.moment)
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{file_name(material.title)}.pdf"',
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


async def _gather(work: Work, request: Request, session_hash: str, assignment_id: UUID) -> Material:
    subject = request.query_params.get("for")
    if subject is None:
        try:
            practice = request.query_params.get("practice") or None
            staff = await open_practice(work, session_hash, StaffTask.READ_ANSWERS, practice=practice)
            return await service.gather_for_staff(work, staff, assignment_id=assignment_id)
        except (NotFound, NotPermitted):
            if "practice" in request.query_params:
                raise
    client_id = None if subject is None else parse_id(subject)
    if subject is not None and client_id is None:
        raise NotFound
    access = await _open_client(work, session_hash, client_id)
    return await service.gather_for_client(work, access, assignment_id=assignment_id)


async def _open_client(work: Work, session_hash: str, client_id: UUID | None) -> ClientAccess:
    """Ask for the client's forms, and where that is refused for the signed ones: an archived client keeps those."""
    try:
        return await open_client(work, session_hash, client_id, Permission.FORMS)
    except NotPermitted:
        with suppress(NotPermitted):
            return await open_client(work, session_hash, client_id, Sight.SIGNED_FORMS)
        raise
