"""A form as clients will see it, filled in for a try: nothing of it is ever stored."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.intake import words as intake_words
from portal.intake.building import words
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.form import Form, Value
from portal.intake.fhir.reading import parse_questionnaire
from portal.intake.operations import AnswerOperation
from portal.intake.presenting import moment_text, page_views, progress_of
from portal.intake.rules_saving import applying, check_operation
from portal.intake.rules_visibility import hidden_paths, items_that_apply
from portal.intake.sealing import SheetAnswers
from portal.intake.service_filling import missing_items
from portal.intake.views import AnswerView, Review, Saved, SheetView

Given = Mapping[str, Sequence[Value]]
"""What was answered for a try, by path."""


def preview_sheet(work: Work, access: PracticeAccess, form_id: UUID, text: str, given: Given) -> SheetView:
    """Return a draft as the filler shows it, with what was answered so far."""
    form, answers = _filled(work, text, given)
    apply = items_that_apply(answers.form, answers)
    return SheetView(
        id=str(form_id),
        title=form.title,
        status="in_progress",
        started=True,
        editable=True,
        due_on="",
        revision=0,
        client_name=words.PREVIEW_CLIENT,
        practice_name=access.practice_name,
        pages=list(page_views(form)),
        answers=[AnswerView(path, [dict(one) for one in value], 1) for path, value in given.items()],
        fixed={},
        hidden=hidden_paths(answers.form, apply),
        first_unanswered=0,
        progress=progress_of(apply, answers),
        can_sign=False,
        why_not_sign=words.PREVIEW_ONLY,
        signer_name=access.actor.name,
        capacity="",
        intent=intake_words.intent(words.PREVIEW_CLIENT, form.title),
        submitted_at="",
    )


def try_answer(work: Work, text: str, given: Given, operation: AnswerOperation) -> tuple[dict[str, list[Value]], Saved]:
    """Take one answer for a try; returns all of them and the reply for the filler. Raises Invalid when it cannot be."""
    _, answers = _filled(work, text, given)
    before = applying(answers)
    value = check_operation(answers, before, operation)
    answers.replace(operation.path, value)
    after = applying(answers)
    kept = {path: list(one) for path, one in given.items()}
    kept[operation.path] = value
    saved = Saved(
        operation_id=str(operation.operation_id),
        path=operation.path,
        revision=operation.base_revision + 1,
        saved_at=moment_text(work.now),
        shown=[path for path, applies in after.items() if applies and not before.get(path, False)],
        hidden=[path for path, applies in after.items() if not applies and before.get(path, True)],
        progress=progress_of(list(after.values()), answers),
    )
    return kept, saved


def preview_review(work: Work, form_id: UUID, text: str, given: Given) -> Review:
    """Say what a client would still have to answer."""
    _, answers = _filled(work, text, given)
    apply = items_that_apply(answers.form, answers)
    return Review(str(form_id), missing_items(apply, answers), progress_of(apply, answers))


def _filled(work: Work, text: str, given: Given) -> tuple[Form, SheetAnswers]:
    form, _ = compile_form(parse_questionnaire(text))
    answers = SheetAnswers(form, work.ring, {})
    for path, value in given.items():
        if path in answers.form.repetitions or answers.form.find(path) is not None:
            answers.replace(path, value)
    return form, answers
