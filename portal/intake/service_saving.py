"""Storing one answer: applied once however often it arrives, and never over somebody else's without asking."""

from collections.abc import Sequence
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.intake import changes, queries, words
from portal.intake.answer_words import answer_in_words
from portal.intake.attaching import attach_files
from portal.intake.facts import facts_for
from portal.intake.fhir.form import Value
from portal.intake.forms_cache import form_of
from portal.intake.handling.alerting import is_alarming, raise_alert
from portal.intake.presenting import moment_text, progress_of
from portal.intake.queries import FROZEN, OPEN, Found
from portal.intake.rules_saving import Applying, applying, check_operation, label_of
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers, open_answer, seal_answer
from portal.intake.service_filling import is_in_reach, require_forms
from portal.intake.views import AnswerConflict, AnswerOperation, Saved
from portal.kit.ids import new_id


async def save_answer(
    work: Work, access: ClientAccess, *, assignment_id: UUID, operation: AnswerOperation
) -> Saved | AnswerConflict:
    """Store one answer: 3 statements for a first answer, 4 for a change; one more for a form new to this process.

    An operation that was applied before is acknowledged again and changes nothing, also after later answers. When the
    answer changed since `base_revision`, nothing is stored and both answers come back. Raises NotFound for a sheet out
    of reach, Conflict when it takes no more answers, Invalid for an answer that does not fit or does not apply.
    """
    row, stored, applied = await _find(work, access, assignment_id, operation.operation_id)
    form = await form_of(work, row.version_id, row.form_sha256)
    answers = SheetAnswers(form, work.ring, stored, await facts_for(work, access, form))
    if applied is not None:
        return await _again(work, operation, applied, answers)
    if row.status not in OPEN:
        raise Conflict(words.CLOSED)
    before = applying(answers)
    value = await attach_files(work, access, assignment_id, check_operation(answers, before, operation))
    current = stored.get(operation.path)
    if operation.base_revision != (current.answer_revision if current else 0):
        return await _differs(work, access, operation, answers, value, current)
    # The sheet comes first: it is locked from here on, and a refusal leaves nothing behind, caught or not.
    if not await changes.count_answer(work, assignment_id):
        raise Conflict(words.CLOSED)
    if not await _store(work, access, assignment_id, operation, value):
        return await _lost_race(work, access, assignment_id, operation, value)
    if not row.is_started:
        await _note_start(work, access, assignment_id)
    asked = answers.form.find(operation.path)
    if asked is not None and is_alarming(asked, value):
        await raise_alert(work, access, assignment_id)
    answers.replace(operation.path, value)
    changes_what_applies = operation.path in answers.form.triggers or operation.path in answers.form.repetitions
    return _saved(work, operation, before, applying(answers) if changes_what_applies else before, answers)


async def _find(
    work: Work, access: ClientAccess, assignment_id: UUID, operation_id: UUID
) -> tuple[Found, dict[str, Found], Found | None]:
    """Return the sheet, its standing answers by path, and the answer that this operation made before, if it did."""
    require_forms(access)
    if not is_in_reach(access.only_assignments, assignment_id):
        raise NotFound
    rows = await queries.find_sheet_for_saving(work, access, assignment_id, operation_id)
    if not rows or rows[0].status not in (*OPEN, *FROZEN):
        raise NotFound
    stored = {row.path: row for row in rows if row.is_current}
    applied = next((row for row in rows if row.is_applied), None)
    return rows[0], stored, applied


async def _store(
    work: Work, access: ClientAccess, assignment_id: UUID, operation: AnswerOperation, value: Sequence[Value]
) -> bool:
    """Put the answer in the place of the one it was based on; False when somebody was there first."""
    base = operation.base_revision
    if base and not await changes.supersede_answer(work, assignment_id, operation.path, operation.instance, base):
        return False
    answer_id = new_id()
    values = {
        "id": answer_id,
        "organization_id": access.organization_id,
        "assignment_id": assignment_id,
        "path": operation.path,
        "instance": operation.instance,
        "revision": base + 1,
        "operation_id": operation.operation_id,
        "is_current": True,
        "author_id": access.actor.account_id,
        "value": seal_answer(work.ring, answer_id, value),
        "created_at": work.now,
    }
    if await changes.insert_answer(work, values):
        return True
    if base:  # the same operation was applied to another question meanwhile: this one keeps what stood there
        await changes.restore_answer(work, assignment_id, operation.path, operation.instance, base)
    return False


async def _lost_race(
    work: Work, access: ClientAccess, assignment_id: UUID, operation: AnswerOperation, value: Sequence[Value]
) -> Saved | AnswerConflict:
    """Somebody stored an answer between our look and our change: see what stands there now."""
    row, stored, applied = await _find(work, access, assignment_id, operation.operation_id)
    form = await form_of(work, row.version_id, row.form_sha256)
    answers = SheetAnswers(form, work.ring, stored, await facts_for(work, access, form))
    if applied is not None:
        return await _again(work, operation, applied, answers)
    return await _differs(work, access, operation, answers, value, stored.get(operation.path))


async def _differs(
    work: Work,
    access: ClientAccess,
    operation: AnswerOperation,
    answers: SheetAnswers,
    value: Sequence[Value],
    current: Found | None,
) -> Saved | AnswerConflict:
    """Something else stands there than the answer was based on; where it says the same, all is well."""
    if current is not None and list(answers[operation.path]) == list(value):
        return await _again(work, operation, current, answers)
    return await _conflict(work, access, operation, label_of(answers.form, operation.path), value, current)


async def _again(work: Work, operation: AnswerOperation, applied: Found, answers: SheetAnswers) -> Saved:
    """Acknowledge an answer that is stored already, as it was applied."""
    if applied.path != operation.path:
        raise Invalid(words.OTHER_OPERATION)
    stored = await queries.find_answer(work, applied.answer_id)
    return Saved(
        operation_id=str(operation.operation_id),
        path=operation.path,
        revision=stored.answer_revision,
        saved_at=moment_text(stored.answered_at),
        shown=[],
        hidden=[],
        progress=progress_of(items_that_apply(answers.form, answers), answers),
    )


def _saved(work: Work, operation: AnswerOperation, before: Applying, after: Applying, answers: SheetAnswers) -> Saved:
    return Saved(
        operation_id=str(operation.operation_id),
        path=operation.path,
        revision=operation.base_revision + 1,
        saved_at=moment_text(work.now),
        shown=[path for path, applies in after.items() if applies and before.get(path) is not True],
        hidden=[path for path, applies in after.items() if not applies and before.get(path) is not False],
        progress=progress_of(list(after.values()), answers),
    )


async def _conflict(
    work: Work,
    access: ClientAccess,
    operation: AnswerOperation,
    label: str,
    value: Sequence[Value],
    current: Found | None,
) -> AnswerConflict:
    """Return both answers. Where nothing stands, the browser based its answer on one that never was: its base is 0."""
    stored = await queries.find_answer(work, current.answer_id) if current else None
    theirs = open_answer(work.ring, stored.answer_id, stored.value) if stored else []
    return AnswerConflict(
        operation_id=str(operation.operation_id),
        path=operation.path,
        label=label,
        mine=[dict(part) for part in value],
        theirs=[dict(part) for part in theirs],
        mine_text=", ".join(answer_in_words(value)) or words.NO_ANSWER,
        theirs_text=", ".join(answer_in_words(theirs)) or words.NO_ANSWER,
        author=stored.author if stored else "",
        own=stored is not None and stored.author_id == access.actor.account_id,
        revision=stored.answer_revision if stored else 0,
        at=moment_text(stored.answered_at if stored else None),
    )


async def _note_start(work: Work, access: ClientAccess, assignment_id: UUID) -> None:
    work.tell(f"forms:{access.organization_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.started",
        client_id=access.client_id,
        object_id=assignment_id,
    )
