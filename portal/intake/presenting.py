"""From forms and rows to what the browser sees. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from portal.access.actor import ClientAccess
from portal.intake import words
from portal.intake.fhir.form import Form, Item, Kind
from portal.intake.queries import OPEN, Found
from portal.intake.rules_answers import answer_in_words
from portal.intake.rules_progress import count_answered, page_to_resume
from portal.intake.rules_signing import capacity_of
from portal.intake.rules_visibility import hidden_paths, is_in_sight
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
    text = item.text if item.kind is Kind.GROUP else ""
    return ItemView(path=item.path, kind="group", text=text, prefix=item.prefix, help=item.help, items=below)


def _item_view(item: Item, below: list[ItemView]) -> ItemView:
    if item.is_read_only and item.kind.is_question:
        text = f"{item.text}: {', '.join(answer_in_words(item.initial))}"
        return ItemView(path=item.path, kind="display", text=text, prefix=item.prefix, items=below)
    return ItemView(
        path=item.path,
        kind=item.kind.value,
        text=item.text,
        prefix=item.prefix,
        help=item.help,
        unit=item.unit,
        required=item.required,
        repeats=item.repeats,
        control=item.control,
        options=[OptionView(dict(option.value), option.label) for option in item.options],
        max_length=item.max_length,
        minimum=item.minimum,
        maximum=item.maximum,
        items=below,
    )


def assignment_view(row: Found, client_name: str, today: date, progress: Progress, *, can_sign: bool) -> AssignmentView:
    """Return one line of a list of forms."""
    is_open = row.status in OPEN
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


def progress_of(form: Form, apply: Sequence[bool], answers: SheetAnswers) -> Progress:
    """Return how far a sheet is."""
    return Progress(*count_answered(form, apply, answers.answered))


def sheet_view(
    access: ClientAccess,
    row: Found,
    form: Form,
    apply: Sequence[bool],
    answers: SheetAnswers,
    revisions: dict[str, int],
    *,
    may_sign: bool,
) -> SheetView:
    """Return a whole sheet."""
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
        answers=_answer_views(form, answers, revisions),
        hidden=hidden_paths(form, apply),
        first_unanswered=page_to_resume(form, apply, answers.answered),
        progress=progress_of(form, apply, answers),
        can_sign=may_sign and is_open,
        why_not_sign="" if may_sign else words.SIGNED_BY_OTHERS,
        signer_name=access.actor.name,
        capacity=capacity,
        intent=words.intent(capacity, row.title),
        submitted_at=moment_text(row.submitted_at),
    )


def _answer_views(form: Form, answers: SheetAnswers, revisions: dict[str, int]) -> list[AnswerView]:
    return [
        AnswerView(item.path, [dict(value) for value in answers.get(item.path)], revisions.get(item.path, 0))
        for item in form.items
        if item.is_asked and (item.path in revisions or item.initial)
    ]
