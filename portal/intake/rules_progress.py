"""How far a sheet is, what is missing, and where to go on."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from portal.intake import words
from portal.intake.fhir.form import Answers, Form, Item, Kind
from portal.intake.rules_visibility import is_in_sight


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that has to be answered, and why what is there does not do."""

    item: Item
    sentence: str


def questions_to_answer(form: Form, apply: Sequence[bool]) -> Iterator[Item]:
    """Return the questions that apply and that somebody can answer, in reading order."""
    return (item for place, item in enumerate(form.items) if apply[place] and item.is_asked)


def count_answered(form: Form, apply: Sequence[bool], answered: Set[str]) -> tuple[int, int]:
    """Return how many of the questions that apply are answered, and how many there are."""
    total = done = 0
    for item in questions_to_answer(form, apply):
        total += 1
        done += item.path in answered
    return done, total


def missing_answers(form: Form, apply: Sequence[bool], answers: Answers) -> list[Missing]:
    """Return the questions that keep a sheet from being signed; only questions somebody can answer ever do."""
    return [
        Missing(item, sentence)
        for item in questions_to_answer(form, apply)
        if (sentence := _what_is_missing(item, answers))
    ]


def _what_is_missing(item: Item, answers: Answers) -> str:
    given = answers.get(item.path, ())
    if item.must_be_true and item.required:
        return "" if any(value.get("valueBoolean") is True for value in given) else words.PLEASE_AGREE
    if not item.required or len(given) >= max(item.fewest, 1):
        return ""
    if given:
        return words.at_least_answers(item.fewest)
    if item.kind is Kind.ATTACHMENT:
        return words.PLEASE_ADD
    return words.PLEASE_CHOOSE if item.kind in (Kind.CHOICE, Kind.BOOLEAN) else words.PLEASE_ANSWER


def page_to_resume(form: Form, apply: Sequence[bool], answered: Set[str]) -> int:
    """Return the index of the first page with a required question open, or with no question answered at all.

    When there is none, the last page that has anything on screen.
    """
    asked: dict[int, list[Item]] = {}
    for item in questions_to_answer(form, apply):
        asked.setdefault(item.page, []).append(item)
    for page, items in sorted(asked.items()):
        open_items = [item for item in items if item.path not in answered]
        if any(item.required for item in open_items) or len(open_items) == len(items):
            return page
    shown = (item.page for place, item in enumerate(form.items) if apply[place] and is_in_sight(item))
    return max(shown, default=0)
