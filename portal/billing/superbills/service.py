"""Gathering a superbill: for the client's side, and for staff, who are also told what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.audit.looks import kind_of_look, record_look
from portal.audit.service import record_access
from portal.billing.superbills import queries, rules, words
from portal.billing.superbills.rules import Clinician, Period, Visit
from portal.billing.superbills.sealing import codes_of
from portal.database import Work
from portal.errors import Conflict, NotFound, NotPermitted
from portal.models import Client, Organization

LOOK = "superbill"


@dataclass(frozen=True, slots=True)
class Superbill:
    """Everything that stands on a superbill. `left_out` are sessions that lack something, and stand on none."""

    practice: Organization
    client: Client
    period: Period
    visits: tuple[Visit, ...]
    left_out: tuple[Visit, ...]


async def gather_own(work: Work, access: ClientAccess, *, period: Period) -> Superbill:
    """Gather a superbill for the client's side: three statements, and a fourth that a contact looked.

    Raises NotPermitted for whoever may only pay, and for a client under age; Conflict where nothing can stand on it.
    """
    require_own(access)
    found = await _gather(work, access.organization_id, access.client_id, period)
    _require_something(found, words.NOT_COMPLETE.format(practice=access.practice_name))
    if kind := kind_of_look(access, LOOK):
        await record_look(work, access, kind=kind)
    return found


async def gather_for_staff(work: Work, access: PracticeAccess, *, period: Period) -> Superbill:
    """Gather a superbill of the access' client for staff, and write down that they looked: four statements.

    Whoever has money in their role may: administrators and billers for every client, therapists for those assigned to
    them. A biller who cannot name the diagnosis cannot answer an insurer, and sees in policies and claims no less; what
    a biller cannot do is to enter or list diagnoses. Raises NotPermitted, NotFound, Conflict.
    """
    found = await _gather(work, access.organization_id, require_staff(access), period)
    _require_something(found, words.NOT_COMPLETE_STAFF)
    await record_access(work, access, client_id=found.client.id, kind=LOOK)
    return found


async def review(work: Work, access: PracticeAccess, *, period: Period) -> Superbill:
    """Gather what is there and what is missing, to be told without naming any diagnosis. Three statements."""
    return await _gather(work, access.organization_id, require_staff(access), period)


def require_own(access: ClientAccess) -> None:
    """Refuse who may pay and no more, and a client under age."""
    if not access.gets_superbill:
        raise NotPermitted(words.NOT_FOR_YOU.format(practice=access.practice_name))


def require_staff(access: PracticeAccess) -> UUID:
    """Return the client whom an access for money is about; refuse an access that was opened for something else."""
    if access.task is not StaffTask.MONEY:
        raise NotPermitted(words.NOT_FOR_STAFF)
    if access.client_id is None:
        raise NotFound
    return access.client_id


async def _gather(work: Work, organization_id: UUID, client_id: UUID, period: Period) -> Superbill:
    practice, client = await queries.find_both(work, organization_id, client_id)
    held = [(row.first_day, codes_of(work.ring, row)) for row in await _diagnoses(work, client)]
    rows = await queries.visits_of(work, organization_id, client_id, period)
    found = [visit for visit in (_visit(row, held) for row in rows) if visit.fee > 0]
    complete = tuple(visit for visit in found if not visit.gaps)
    return Superbill(practice, client, period, complete, tuple(visit for visit in found if visit.gaps))


async def _diagnoses(work: Work, client: Client) -> Any:
    return await queries.diagnoses_of(work, client.organization_id, client.id)


def _visit(row: Any, held: list[tuple[date, tuple[str, ...]]]) -> Visit:
    return Visit(
        charge_id=row[0],
        day=row[1],
        service=row[2],
        procedure=row[3] or "",
        by_video=row[4],
        clinician=Clinician(row[5], row[6] or "", row[7] or ""),
        diagnoses=rules.held_on(row[1], held),
        currency=row[8],
        fee=row[9],
        paid=row[10],
    )


def _require_something(found: Superbill, incomplete: str) -> None:
    if not found.visits:
        raise Conflict(incomplete if found.left_out else words.NO_SESSIONS)
