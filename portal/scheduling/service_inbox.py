"""The requests that wait for an answer, and those answered lately, as staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.access.actor import PracticeAccess
from portal.audit.service import record_looks
from portal.database import Work
from portal.kit.crypto import KeyRing, open_sealed
from portal.models import AppointmentRequest, RequestStatus
from portal.scheduling import queries, queries_staff, words, words_staff
from portal.scheduling.rules_free import Span


@dataclass(frozen=True)
class InboxRow:
    """One request. `competing` says that others ask for the time; `is_taken` that it cannot be confirmed any more."""

    id: str
    revision: int
    client: str
    when: str
    about: str
    note: str
    competing: str
    is_taken: bool
    status: str


@dataclass(frozen=True)
class InboxView:
    """The inbox: what waits, by the time that is asked for, and what was answered, the latest first."""

    waiting: list[InboxRow]
    answered: list[InboxRow]


async def list_inbox(work: Work, access: PracticeAccess) -> InboxView:
    """List the requests within reach, and write down whose words were read. Three statements, in a writing unit."""
    rows = await queries_staff.list_requests(work, access)
    noted = {row.Client.id: row.AppointmentRequest.id for row in rows if row.AppointmentRequest.note}
    await record_looks(work, access, looked_at=noted, kind="appointments")
    waiting = [row for row in rows if row.AppointmentRequest.status is RequestStatus.REQUESTED]
    answered = [row for row in rows if row.AppointmentRequest.status is not RequestStatus.REQUESTED]
    taken = await _taken(work, waiting)
    asked = [row.AppointmentRequest for row in waiting]
    latest = sorted(answered, key=lambda row: row.AppointmentRequest.decided_at or work.now, reverse=True)
    return InboxView(
        waiting=[_row(row, access, work.ring, asked, taken[row.AppointmentRequest.membership_id]) for row in waiting],
        answered=[_row(row, access, work.ring, [], []) for row in latest],
    )


async def _taken(work: Work, waiting: Sequence[Any]) -> Any:
    asked = [row.AppointmentRequest for row in waiting]
    if not asked:
        return {}
    ids = sorted({one.membership_id for one in asked})
    return await queries.list_taken(work, ids, min(one.starts_at for one in asked), max(one.ends_at for one in asked))


def _row(
    row: Any, access: PracticeAccess, ring: KeyRing, asked: Sequence[AppointmentRequest], taken: Sequence[Span]
) -> InboxRow:
    one = row.AppointmentRequest
    others = sum(
        other.id != one.id
        and other.membership_id == one.membership_id
        and other.starts_at < one.ends_at
        and one.starts_at < other.ends_at
        for other in asked
    )
    parts = [row.Service.name, words.VIDEO if one.by_video else row.location or ""]
    if not queries_staff.is_own_only(access):
        parts.insert(0, row.Membership.name)
    if one.is_move:
        parts.append(words_staff.MOVE)
    is_taken = not one.is_move and any(start < one.ends_at and one.starts_at < end for start, end in taken)
    confirmed = one.status is RequestStatus.CONFIRMED
    return InboxRow(
        id=str(one.id),
        revision=one.revision,
        client=f"{row.Client.given_name} {row.Client.family_name}",
        when=words.when(one.starts_at, one.ends_at, one.zone),
        about=" · ".join(part for part in parts if part),
        note=open_sealed(ring, "appointment_request", "note", one.id, one.note) if one.note else "",
        competing=words_staff.competing(others),
        is_taken=is_taken,
        status=words_staff.CONFIRMED if confirmed else words_staff.DECLINED,
    )
