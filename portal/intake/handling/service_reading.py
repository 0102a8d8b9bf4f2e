"""What staff see around a form that they read: where it stands, what was said, what happened, and what they may do."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.audit.service import record_access
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.intake import words as intake_words
from portal.intake.fhir.response import read_answers
from portal.intake.fhir.scoring import compute_scores
from portal.intake.forms_cache import forms_of
from portal.intake.frozen import Frozen, read_frozen
from portal.intake.handling import queries, words
from portal.intake.handling.sealing import open_comment, open_countersignature
from portal.intake.handling.service_life import capacity_of
from portal.intake.presenting import day_text, moment_text
from portal.intake.queries import Found
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers, open_document
from portal.intake.views_reading import ReadView
from portal.models import AssignmentStatus


@dataclass(frozen=True)
class CommentView:
    """What somebody said about an answer; `number` is the frozen state that it is about."""

    path: str
    text: str
    author: str
    at: str
    number: int


@dataclass(frozen=True)
class StepView:
    """One step in the life of a form."""

    what: str
    who: str
    at: str


@dataclass(frozen=True)
class StateView:
    """One frozen state of a form, by number, with the countersignature under it ("" when there is none)."""

    number: int
    frozen_at: str
    frozen_by: str
    countersigned_by: str
    countersigned_as: str
    countersigned_at: str


@dataclass(frozen=True)
class Handling:
    """Everything around the answers. `revision` is what an action compares with."""

    status: str
    status_label: str
    due_on: str
    revision: int
    fingerprint: str
    comments: list[CommentView] = field(default_factory=list)
    steps: list[StepView] = field(default_factory=list)
    states: list[StateView] = field(default_factory=list)
    may_return: bool = False
    may_countersign: bool = False
    may_complete: bool = False
    capacity: str = ""
    intent: str = ""


@dataclass(frozen=True)
class Point:
    """One score of one sheet."""

    at: str
    points: Decimal
    highest: Decimal
    band: str


@dataclass(frozen=True)
class Course:
    """One score over time, the oldest first."""

    name: str
    points: list[Point]


async def read_handling(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> Handling:
    """Return where a form stands and what may be done with it. 4 statements. Raises NotFound, NotPermitted.

    What was said of answers is a look at them; of a form that nobody signed yet there is nothing to see.
    """
    sheet = await _find(work, access, assignment_id)
    states = await queries.frozen_states(work, assignment_id)
    if states:
        await _note_look(work, access, sheet)
    numbers = {row.id: row.number for row in states}
    is_signed = sheet.status is AssignmentStatus.SUBMITTED
    capacity = capacity_of(access)
    return Handling(
        status=sheet.status.value,
        status_label=words.STATUS[sheet.status],
        due_on=day_text(sheet.due_on),
        revision=sheet.revision,
        fingerprint=sheet.response_sha256 or "",
        comments=[_comment(work, row, numbers) for row in await queries.comments_on(work, assignment_id)],
        steps=await _steps(work, access, assignment_id),
        states=[state_view(work, row) for row in states],
        may_return=is_signed or sheet.status is AssignmentStatus.SIGNING,
        may_countersign=is_signed and sheet.needs_countersign,
        may_complete=is_signed and not sheet.needs_countersign,
        capacity=capacity,
        intent=words.INTENT.format(capacity=capacity),
    )


async def read_steps(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> list[StepView]:
    """Return what happened to a form so far, for whoever sees where it stands. Raises NotFound, NotPermitted.

    Who sees no answers does not hear either that one of them was alarming.
    """
    if access.task is not StaffTask.READ_ANSWERS:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)
    if await queries.find_sheet(work, access, assignment_id) is None:
        raise NotFound
    return await _steps(work, access, assignment_id)


async def _steps(work: Work, access: PracticeAccess, assignment_id: UUID) -> list[StepView]:
    told = words.STEPS.keys() - (words.STEPS_OF_ANSWERS if access.scope is Scope.STATUS_ONLY else frozenset())
    return [
        StepView(words.STEPS[row.action], row.person or row.actor_name, moment_text(row.at))
        for row in await queries.steps_of(work, access.organization_id, assignment_id)
        if row.action in told
    ]


async def read_state(work: Work, access: PracticeAccess, *, assignment_id: UUID, number: int) -> ReadView:
    """Read an earlier frozen state of a form; that it was read is recorded. 2 statements and those of the sheet."""
    sheet = await _find(work, access, assignment_id)
    for row in await queries.frozen_states(work, assignment_id):
        if row.number == number:
            await _note_look(work, access, sheet)
            return await read_frozen(
                work, sheet, Frozen(row.id, row.document, row.sha256, row.frozen_by), sheet.client_name
            )
    raise NotFound


async def list_courses(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> list[Course]:
    """Return the scores of this form about this client over time; none where it has no score. 3 statements.

    They are a look at answers, also at those of other sheets.
    """
    sheet = await _find(work, access, assignment_id)
    form_id = await queries.form_of_version(work, sheet.version_id)
    rows = await queries.scored_sheets(work, access, sheet.client_id, form_id)
    forms = await forms_of(work, {row.version_id: row.form_sha256 for row in rows})
    found: dict[str, list[Point]] = defaultdict(list)
    for row in rows:
        document = json.loads(open_document(work.ring, row.response_id, row.document))
        answers = SheetAnswers(forms[row.version_id], work.ring, {})
        for path, value in read_answers(document).items():
            answers.replace(path, value)
        for result in compute_scores(answers.form, items_that_apply(answers.form, answers), answers):
            if result.is_complete:
                point = Point(moment_text(row.frozen_at), result.points, result.highest, result.band)
                found[result.name].append(point)
    if found:
        await _note_look(work, access, sheet)
    return [Course(name, points) for name, points in found.items()]


async def _find(work: Work, access: PracticeAccess, assignment_id: UUID) -> Found:
    if access.task is not StaffTask.READ_ANSWERS:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)
    sheet = await queries.find_sheet(work, access, assignment_id)
    if sheet is None:
        raise NotFound
    if access.scope is Scope.STATUS_ONLY:
        raise NotPermitted(intake_words.STATUS_ONLY)
    return sheet


async def _note_look(work: Work, access: PracticeAccess, sheet: Found) -> None:
    await record_access(work, access, client_id=sheet.client_id, kind="answers", object_id=sheet.assignment_id)


def _comment(work: Work, row: Found, numbers: dict[UUID, int]) -> CommentView:
    text = open_comment(work.ring, row.id, row.words)
    return CommentView(row.path, text, row.author, moment_text(row.created_at), numbers.get(row.response_id, 0))


def state_view(work: Work, row: Found) -> StateView:
    """Return one frozen state, its countersignature opened."""

    def opened(column: str, sealed: bytes | None) -> str:
        return open_countersignature(work.ring, row.countersignature_id, column, sealed) if sealed else ""

    return StateView(
        number=row.number,
        frozen_at=moment_text(row.frozen_at),
        frozen_by=row.frozen_by,
        countersigned_by=opened("name", row.countersigned_by),
        countersigned_as=opened("capacity", row.countersigned_as),
        countersigned_at=moment_text(row.countersigned_at),
    )
