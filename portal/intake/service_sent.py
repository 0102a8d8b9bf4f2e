"""What was signed and sent, for those on the client's side who may see the form."""

import json
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict
from portal.intake import queries_sent, queries_staff, words
from portal.intake.fhir.canonical import fingerprint
from portal.intake.fhir.response import read_answers
from portal.intake.forms_cache import form_of
from portal.intake.presenting import moment_text
from portal.intake.queries import SIGNED, Found
from portal.intake.reading import read_sections
from portal.intake.sealing import open_document, open_signature
from portal.intake.service_filling import find_readable
from portal.intake.views import ReadView, SignatureView


async def read_own_sheet(work: Work, access: ClientAccess, *, assignment_id: UUID) -> ReadView:
    """Read a sheet of this client that was sent, with its signatures. 3 statements.

    Raises NotFound for a sheet out of reach, Conflict while it is being filled in.
    """
    row = (await find_readable(work, access, assignment_id))[0]
    frozen = await queries_sent.newest_frozen(work, access, assignment_id) if row.status in SIGNED else None
    if frozen is None:
        raise Conflict(words.NOT_SENT_YET)
    form = await form_of(work, row.version_id, row.form_sha256)
    document = open_document(work.ring, frozen.id, frozen.document)
    return ReadView(
        assignment_id=str(assignment_id),
        title=row.title,
        status=row.status.value,
        client_id=str(row.client_id),
        client_name=access.client_name,
        sent_at=moment_text(row.sent_at),
        started_at=moment_text(row.started_at),
        submitted_at=moment_text(row.submitted_at),
        submitted_by=frozen.sent_by,
        sections=read_sections(form, read_answers(json.loads(document))),
        signatures=[signature_view(work, found) for found in await queries_staff.signatures_under(work, frozen.id)],
        sha256=frozen.sha256,
        is_intact=fingerprint(document) == frozen.sha256,
    )


def signature_view(work: Work, row: Found) -> SignatureView:
    """Open the sealed words of one signature."""
    names = json.loads(open_signature(work.ring, row.id, "name", row.name))
    return SignatureView(
        name=names["signer"],
        typed_name=names["typed"],
        capacity=open_signature(work.ring, row.id, "capacity", row.capacity),
        signed_at=moment_text(row.signed_at),
        sha256=row.sha256,
    )
