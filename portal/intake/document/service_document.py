"""Gathering what the PDF of a sheet says, for whoever may read the sheet; and confirming one that comes back."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess
from portal.database import Work
from portal.errors import NotFound
from portal.intake import service
from portal.intake.document import queries
from portal.intake.document.contents import contents
from portal.intake.fhir.canonical import fingerprint
from portal.intake.frozen import Frozen, read_frozen
from portal.intake.handling import queries as handling
from portal.intake.handling.service_reading import StateView, state_view
from portal.intake.sealing import open_document
from portal.intake.service_filling import note_look

_MARK = re.compile(rb"portico:([0-9a-f-]{36}):(\d{1,4}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Material:
    """What is typeset, when it was frozen, and what the form is called."""

    data: dict[str, Any]
    moment: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `is_intact`: the stored answers have the fingerprint that was signed, in the chain too."""

    assignment_id: UUID
    number: int
    sha256: str
    is_intact: bool
    material: Material


async def gather_for_staff(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> Material:
    """Return what the PDF of a sheet says to staff. The look is recorded. Raises as service.read_sheet."""
    view = await service.read_sheet(work, access, assignment_id=assignment_id)
    state = await _newest(work, assignment_id)
    data = contents(view, state, access.practice_name, access.zone, for_staff=True)
    return Material(data, datetime.fromisoformat(state.frozen_at), view.title)


async def gather_for_client(work: Work, access: ClientAccess, *, assignment_id: UUID) -> Material:
    """Return what the PDF of a sheet says to the client's side. A contact's look is recorded. Raises NotFound."""
    view = await service.read_own_sheet(work, access, assignment_id=assignment_id)
    await note_look(work, access, assignment_id=assignment_id)
    state = await _newest(work, assignment_id)
    data = contents(view, state, access.practice_name, access.zone, for_staff=False)
    return Material(data, datetime.fromisoformat(state.frozen_at), view.title)


async def _newest(work: Work, assignment_id: UUID) -> StateView:
    states = await handling.frozen_states(work, assignment_id)
    if not states:
        raise NotFound
    return state_view(work, states[0])


def read_mark(pdf: bytes) -> tuple[UUID, int, str] | None:
    """Return what a PDF says that it is: the assignment, the number of the frozen state, the fingerprint."""
    found = _MARK.search(pdf)
    if found is None:
        return None
    return UUID(found[1].decode()), int(found[2]), found[3].decode()


async def verify_sheet(work: Work, *, assignment_id: UUID, number: int | None = None) -> list[Verdict]:
    """Check a frozen sheet (its newest state, or one by number) against its fingerprint, its signatures and the chain.

    For the command line: two verdicts that differ in what is typeset alone, with scores (staff) and without.
    Raises NotFound.
    """
    sheet = await queries.find_any(work, assignment_id)
    states = await handling.frozen_states(work, assignment_id) if sheet else ()
    row = next((one for one in states if number in (None, one.number)), None)
    if sheet is None or row is None:
        raise NotFound
    document = open_document(work.ring, row.id, row.document)
    told = await queries.fingerprints_in_chain(work, sheet.organization_id, assignment_id)
    is_intact = fingerprint(document) == row.sha256 and row.sha256 in told
    view = await read_frozen(work, sheet, Frozen(row.id, row.document, row.sha256, row.frozen_by), sheet.client_name)
    state, moment = state_view(work, row), row.frozen_at.replace(microsecond=0)
    return [
        Verdict(
            assignment_id,
            row.number,
            row.sha256,
            is_intact,
            Material(contents(view, state, sheet.practice_name, sheet.zone, for_staff=for_staff), moment, view.title),
        )
        for for_staff in (True, False)
    ]
