"""Moving a form on: comment, return, countersign, complete, revoke, remind. Each compares what was seen before."""

from typing import Any
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import words as intake_words
from portal.intake.forms_cache import form_of
from portal.intake.handling import changes, queries, words
from portal.intake.handling.reminding import remind_people, tell_of_return
from portal.intake.handling.sealing import seal_comment, seal_countersignature
from portal.intake.queries import OPEN, WAITING, Found
from portal.intake.rules_signing import check_typed_name
from portal.kit.ids import new_id
from portal.models import AssignmentStatus, FormComment, FormCountersignature

_READABLE = (AssignmentStatus.SIGNING, AssignmentStatus.SUBMITTED)
LONGEST_COMMENT = 2_000


async def comment_on(work: Work, access: PracticeAccess, *, assignment_id: UUID, path: str, text: str) -> None:
    """Say something about one answer (`path` "": about the whole) of a form that was signed.

    Clients read it once the form is returned to them. Raises Conflict while the form is being filled in or is locked.
    """
    said = text.strip()
    if not said:
        raise Invalid(words.EMPTY_COMMENT)
    sheet = await _to_handle(work, access, assignment_id, _READABLE)
    form = await form_of(work, sheet.version_id, sheet.form_sha256)
    if path and form.find(path.partition("#")[0]) is None:
        raise Invalid(words.NO_SUCH_ITEM)
    await _say(work, access, sheet, path, said)
    await _tell(work, access, sheet, "form.commented")


async def return_sheet(work: Work, access: PracticeAccess, *, assignment_id: UUID, seen: int, text: str) -> None:
    """Return a form to be corrected: what was signed stays readable, the answers can be changed and signed anew.

    Raises Invalid when nothing says what is to be corrected, Conflict when the form has moved on.
    """
    sheet = await _to_handle(work, access, assignment_id, _READABLE)
    if text.strip():
        await _say(work, access, sheet, "", text.strip())
    elif all(row.response_id != sheet.response_id for row in await queries.comments_on(work, assignment_id)):
        raise Invalid(words.SAY_WHAT)
    await _move(work, access, sheet, seen, AssignmentStatus.RETURNED, returned_at=work.now)
    await tell_of_return(work, access.organization_id, assignment_id, access.today, response_id=sheet.response_id)
    await _tell(work, access, sheet, "form.returned", response=str(sheet.response_id))


async def countersign(
    work: Work,
    access: PracticeAccess,
    *,
    assignment_id: UUID,
    seen: int,
    fingerprint: str,
    typed_name: str,
    agreed: bool,
) -> None:
    """Sign below the signatures of the client's side; the form is complete then, and locked.

    `fingerprint` is that of the answers that were read. Raises Conflict when the form has moved on.
    """
    sheet = await _to_handle(work, access, assignment_id, (AssignmentStatus.SUBMITTED,))
    if not sheet.needs_countersign:
        raise Conflict(words.NO_COUNTERSIGN)
    name = check_typed_name(typed_name, access.actor.name, sheet.client_name, is_client=False)
    if agreed is not True:
        raise Invalid(intake_words.PLEASE_CONFIRM)
    if fingerprint != sheet.response_sha256:
        raise Conflict(words.MOVED_ON)
    await _move(work, access, sheet, seen, AssignmentStatus.COMPLETED, completed_at=work.now)
    work.add(
        FormCountersignature(
            id=(row_id := new_id()),
            organization_id=access.organization_id,
            assignment_id=assignment_id,
            response_id=sheet.response_id,
            membership_id=access.membership_id,
            account_id=access.actor.account_id,
            name=seal_countersignature(work.ring, row_id, "name", name),
            capacity=seal_countersignature(work.ring, row_id, "capacity", capacity_of(access)),
            sha256=sheet.response_sha256,
            signed_at=work.now,
        )
    )
    await work.flush()
    await _tell(work, access, sheet, "form.countersigned", **_signed(sheet))


async def complete_sheet(work: Work, access: PracticeAccess, *, assignment_id: UUID, seen: int) -> None:
    """Lock a form that was signed by everybody: nothing can be done with it any more but read it."""
    sheet = await _to_handle(work, access, assignment_id, (AssignmentStatus.SUBMITTED,))
    if sheet.needs_countersign:
        raise Conflict(words.COUNTERSIGN_FIRST)
    await _move(work, access, sheet, seen, AssignmentStatus.COMPLETED, completed_at=work.now)
    await _tell(work, access, sheet, "form.completed")


async def revoke_sheet(work: Work, access: PracticeAccess, *, assignment_id: UUID, seen: int) -> None:
    """Take a form back that was not signed by everybody. What was answered stays, and nobody is asked for it."""
    sheet = await find_sent(work, access, assignment_id, WAITING)
    await _move(work, access, sheet, seen, AssignmentStatus.REVOKED, revoked_at=work.now)
    await _tell(work, access, sheet, "form.revoked")


async def remind(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> int:
    """Write to those who are asked for a form; returns how many. Once a day at most."""
    sheet = await find_sent(work, access, assignment_id, WAITING)
    written = await remind_people(work, access.organization_id, assignment_id, access.today)
    if written is None:
        raise Invalid(words.NOBODY_TO_REMIND)
    if not written:
        raise Conflict(words.REMINDED_TODAY)
    await _tell(work, access, sheet, "form.reminded")
    return written


def _signed(sheet: Found) -> dict[str, str]:
    """Name what is signed, for the chain."""
    return {"response": str(sheet.response_id), "sha256": sheet.response_sha256}


def capacity_of(access: PracticeAccess) -> str:
    """Return as what somebody countersigns: "therapist, Harbor Counseling"."""
    return words.THERAPIST_OF.format(
        role=words.ROLES.get(access.role.value, access.role.value), practice=access.practice_name
    )


async def _to_handle(
    work: Work, access: PracticeAccess, assignment_id: UUID, statuses: tuple[AssignmentStatus, ...]
) -> Found:
    """Return a sheet that may be read and handled, in one of these states, held until the unit ends."""
    if access.task is not StaffTask.READ_ANSWERS:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)
    sheet = await queries.find_sheet(work, access, assignment_id, lock=True)
    if sheet is None:
        raise NotFound
    if access.scope is Scope.STATUS_ONLY:
        raise NotPermitted(intake_words.STATUS_ONLY)
    if sheet.status not in statuses or sheet.response_id is None:
        raise Conflict(intake_words.NOT_SENT_YET if sheet.status in OPEN else words.NOT_NOW)
    return sheet


async def find_sent(
    work: Work, access: PracticeAccess, assignment_id: UUID, statuses: tuple[AssignmentStatus, ...]
) -> Found:
    """Return a sheet that was sent, in one of these states, held until the unit ends."""
    if access.task is not StaffTask.SEND_FORMS:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)
    sheet = await queries.find_sheet(work, access, assignment_id, lock=True)
    if sheet is None:
        raise NotFound
    if sheet.status not in statuses:
        raise Conflict(words.NOT_NOW)
    return sheet


async def _move(
    work: Work, access: PracticeAccess, sheet: Found, seen: int, to: AssignmentStatus, **moments: Any
) -> None:
    at = (sheet.status, seen)
    if not await changes.move(work, access, sheet.assignment_id, seen=at, to=to, **moments):
        raise Conflict(words.MOVED_ON)


async def _say(work: Work, access: PracticeAccess, sheet: Found, path: str, text: str) -> None:
    row_id = new_id()
    work.add(
        FormComment(
            id=row_id,
            organization_id=access.organization_id,
            assignment_id=sheet.assignment_id,
            response_id=sheet.response_id,
            path=path,
            words=seal_comment(work.ring, row_id, text[:LONGEST_COMMENT]),
            author_id=access.actor.account_id,
            created_at=work.now,
        )
    )
    await work.flush()


async def _tell(work: Work, access: PracticeAccess, sheet: Found, action: str, **detail: str) -> None:
    work.tell(f"forms:{access.organization_id}")
    work.tell(f"client:{sheet.client_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=sheet.client_id,
        object_id=sheet.assignment_id,
        detail=detail,
    )
