"""From forms and rows to what the browser sees. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from portal.access.actor import ClientAccess
from portal.intake import words
from portal.intake.answer_words import answer_in_words
from portal.intake.fhir.form import Form, Item, Kind
from portal.intake.queries import OPEN, Found
from portal.intake.remark_views import RemarkView
from portal.intake.rules_progress import count_answered, page_to_resume
from portal.intake.rules_signing import capacity_of
from portal.intake.rules_visibility import hidden_paths, is_in_sight, items_that_apply
from portal.intake.sealing import SheetAnswers
from portal.intake.views import (
    AnswerView,
    AssignmentView,
    ItemView,
    OptionView,
    PageView,
    Progress,
    SheetView,
)
from portal.intake.views import Kind as ViewKind


def moment_text(moment: datetime | None) -> str:
    """Write a moment as ISO 8601 in UTC; "" for none."""
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def day_text(day: date | None) -> str:
    """Write a day as ISO 8601; "" for none."""
    return "" if day is None else day.isoformat()


@lru_cache(maxsize=200)
def page_views(form: Form) -> tuple[PageView, ...]:
    """Return the pages of a form without answers, the same for everybody; pages with nothing on them are left out."""
    pages = (
        PageView(index, page.path, page.title, [view for place in page.items for view in _item_views(form, place)])
        for index, page in enumerate(form.pages)
    )
    return tuple(page for page in pages if page.items)


def _item_views(form: Form, place: int) -> list[ItemView]:
    """Return an item with what stands under it; where the item itself is not shown, what stands under it."""
    item = form.items[place]
    if item.is_concealed:
        return []
    below = [view for child in item.children for view in _item_views(form, child)]
    if not is_in_sight(item):
        return [_heading(item, below)] if below else []
    if item.kind is Kind.GROUP:
        return [_heading(item, below)] if below else []
    return [_item_view(item, below)]


def _heading(item: Item, below: list[ItemView]) -> ItemView:
    """Return what stands around other items. Of a group to repeat this is one instance, a pattern for the others."""
    is_group = item.kind is Kind.GROUP
    return ItemView(
        path=item.path,
        kind="group",
        text=item.text if is_group else "",
        prefix=item.prefix,
        help=item.help,
        required=is_group and item.required,
        repeats=item.is_repeating_group,
        most=item.most,
        conditional=bool(item.conditions),
        items=below,
    )


def _item_view(item: Item, below: list[ItemView]) -> ItemView:
    is_fixed = item.is_read_only and item.kind.is_question
    return ItemView(
        path=item.path,
        kind="fixed" if is_fixed else _KINDS[item.kind],
        text=item.text,
        prefix=item.prefix,
        help=item.help,
        unit=item.unit,
        required=item.required and not is_fixed,
        repeats=item.repeats,
        control=item.control,
        options=[] if is_fixed else [OptionView(dict(option.value), option.label) for option in item.options],
        is_open=item.is_open,
        units=[option.label for option in item.units],
        max_length=item.max_length,
        min_length=item.min_length,
        pattern=item.pattern,
        fewest=item.fewest,
        most=item.most,
        minimum=item.minimum,
        maximum=item.maximum,
        conditional=bool(item.conditions),
        items=below,
    )


_KINDS: dict[Kind, ViewKind] = {kind: kind.value for kind in Kind}


def assignment_view(
    row: Found, client_name: str, today: date, progress: Progress, *, can_sign: bool, still_signs: bool = False
) -> AssignmentView:
    """Return one line of a list of forms. `still_signs`: others signed, and this person's signature is wanted too."""
    is_open = row.status in OPEN or still_signs
    return AssignmentView(
        id=str(row.assignment_id),
        title=row.title,
        status=row.status.value,
        due_on=day_text(row.due_on),
        is_overdue=is_open and row.due_on is not None and row.due_on < today,
        progress=progress,
        client_id=str(row.client_id),
        client_name=client_name,
        can_sign=can_sign and is_open,
        open=is_open,
        sent_at=moment_text(row.sent_at),
        submitted_at=moment_text(row.submitted_at),
    )


def progress_of(apply: Sequence[bool], answers: SheetAnswers) -> Progress:
    """Return how far a sheet is."""
    return Progress(*count_answered(answers.form, apply, answers.answered))


def sheet_view(
    access: ClientAccess,
    row: Found,
    form: Form,
    answers: SheetAnswers,
    revisions: dict[str, int],
    *,
    may_sign: bool,
    remarks: Sequence[RemarkView] = (),
) -> SheetView:
    """Return a whole sheet of a form."""
    expanded = answers.form
    apply = items_that_apply(expanded, answers)
    is_open = row.status in OPEN
    capacity = capacity_of(access)
    return SheetView(
        id=str(row.assignment_id),
        title=row.title,
        status=row.status.value,
        started=row.started_at is not None,
        editable=is_open,
        due_on=day_text(row.due_on),
        revision=row.revision,
        client_name=access.client_name,
        practice_name=access.practice_name,
        pages=list(page_views(form)),
        answers=_answer_views(expanded, answers, revisions),
        fixed=_fixed(expanded, answers),
        hidden=hidden_paths(expanded, apply),
        first_unanswered=page_to_resume(expanded, apply, answers.answered),
        progress=progress_of(apply, answers),
        can_sign=may_sign and is_open,
        why_not_sign="" if may_sign else words.SIGNED_BY_OTHERS,
        signer_name=access.actor.name,
        capacity=capacity,
        intent=words.intent(capacity, row.title),
        submitted_at=moment_text(row.submitted_at),
        remarks=list(remarks),
    )


def _answer_views(form: Form, answers: SheetAnswers, revisions: dict[str, int]) -> list[AnswerView]:
    asked = [item.path for item in form.items if item.is_asked and (item.path in revisions or item.initial)]
    repeated = [path for path in form.repetitions if path in revisions]
    return [
        AnswerView(path, [dict(value) for value in answers.get(path)], revisions.get(path, 0))
        for path in (*asked, *repeated)
    ]


def _fixed(form: Form, answers: SheetAnswers) -> dict[str, str]:
    """Return in words what stands in read-only questions; those that nothing is known for are left out."""
    fixed = [item for item in form.items if item.is_read_only and item.kind.is_question and not item.is_concealed]
    found = {item.path: ", ".join(answer_in_words(answers.get(item.path))) for item in fixed}
    return {path: text for path, text in found.items() if text}
