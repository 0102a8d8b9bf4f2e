"""A frozen sheet as it is read: opened, held against its fingerprint, and put into words."""

import json
from dataclasses import dataclass
from uuid import UUID

from portal.database import Work
from portal.intake import queries_staff
from portal.intake.fhir.canonical import fingerprint
from portal.intake.fhir.repeating import expand, numbers_of
from portal.intake.fhir.response import read_answers
from portal.intake.forms_cache import form_of
from portal.intake.presenting import moment_text
from portal.intake.queries import Found
from portal.intake.reading import read_scores, read_sections
from portal.intake.sealing import open_document, open_signature
from portal.intake.views_reading import ReadView, SignatureView


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen state of a sheet as it is stored, and the name of who sent it."""

    response_id: UUID
    document: bytes
    sha256: str
    submitted_by: str


async def read_frozen(work: Work, sheet: Found, frozen: Frozen, client_name: str) -> ReadView:
    """Return a frozen sheet in words. One statement; one more for a form new to this process."""
    form = await form_of(work, sheet.version_id, sheet.form_sha256)
    document = open_document(work.ring, frozen.response_id, frozen.document)
    answers = read_answers(json.loads(document), form)
    expanded = expand(form, lambda path: numbers_of(answers.get(path)))
    signatures = await queries_staff.signatures_under(work, frozen.response_id)
    return ReadView(
        assignment_id=str(sheet.assignment_id),
        title=sheet.title,
        status=sheet.status.value,
        client_id=str(sheet.client_id),
        client_name=client_name,
        sent_at=moment_text(sheet.sent_at),
        started_at=moment_text(sheet.started_at),
        submitted_at=moment_text(sheet.submitted_at),
        submitted_by=frozen.submitted_by,
        sections=read_sections(expanded, answers),
        signatures=[_signature(work, found) for found in signatures],
        sha256=frozen.sha256,
        is_intact=fingerprint(document) == frozen.sha256,
        scores=read_scores(expanded, answers),
    )


def _signature(work: Work, row: Found) -> SignatureView:
    names = json.loads(open_signature(work.ring, row.id, "name", row.name))
    return SignatureView(
        name=names["signer"],
        typed_name=names["typed"],
        capacity=open_signature(work.ring, row.id, "capacity", row.capacity),
        signed_at=moment_text(row.signed_at),
        sha256=row.sha256,
        drawing=open_signature(work.ring, row.id, "drawing", row.drawing) if row.drawing else "",
    )
