"""Diagnoses of a client: entered and read by who gives care, each look written down."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import includes_diagnoses
from portal.audit.service import record_access, record_change
from portal.billing.superbills import queries, rules, words
from portal.billing.superbills.sealing import codes_of, seal_codes
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import ClientDiagnosis

LOOK = "diagnosis"
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Held:
    """The diagnoses from one day on."""

    first_day: date
    codes: tuple[str, ...]


async def list_diagnoses(work: Work, access: PracticeAccess) -> list[Held]:
    """List the diagnoses of the access' client, the latest first, and write down that somebody looked."""
    client_id = _require(access)
    rows = await queries.diagnoses_of(work, access.organization_id, client_id)
    await record_access(work, access, client_id=client_id, kind=LOOK)
    return [Held(row.first_day, codes_of(work.ring, row)) for row in reversed(rows)]


async def save_diagnoses(work: Work, access: PracticeAccess, *, first_day: date, codes: str) -> None:
    """Let diagnoses hold from a day on; no codes take away what was entered for that day.

    Codes are separated by commas or spaces. The chain says that they changed, not to what. Raises InvalidFields.
    """
    client_id = _require(access)
    if not _EARLIEST <= first_day <= access.today:
        raise InvalidFields({"first_day": words.FIRST_DAY})
    try:
        wanted = rules.check_diagnoses(codes)
    except Invalid as wrong:
        raise InvalidFields({"codes": wrong.sentence}) from None
    await queries.lock_client(work, access.organization_id, client_id)
    row = await queries.find_diagnosis(work, access.organization_id, client_id, first_day)
    if row is not None and not wanted:
        await work.delete(row)
    elif wanted:
        row = row or _row(access, client_id, first_day)
        row.codes = seal_codes(work.ring, row.id, wanted)
        row.written_at, row.written_by = work.now, access.actor.account_id
        work.add(row)
    else:
        return
    await work.flush()
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="diagnosis.changed",
        client_id=client_id,
        object_id=row.id,
    )
    work.tell(f"client:{client_id}")


def _row(access: PracticeAccess, client_id: UUID, first_day: date) -> ClientDiagnosis:
    return ClientDiagnosis(
        id=new_id(), organization_id=access.organization_id, client_id=client_id, first_day=first_day, codes=b""
    )


def _require(access: PracticeAccess) -> UUID:
    if access.task is not StaffTask.READ_ANSWERS or not includes_diagnoses(access.role):
        raise NotPermitted(words.NOT_FOR_DIAGNOSES)
    if access.client_id is None:
        raise NotFound
    return access.client_id
