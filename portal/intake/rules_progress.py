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
    """Return the questions that keep a sheet from being signed; only questions somebody can answer ever do.

    Of a group that is required, or has too few entries, it is the first question in it.
    """
    found = {form.items[place].path: sentence for place, sentence in _short_groups(form, apply, answers)}
    for item in questions_to_answer(form, apply):
        if sentence := _what_is_missing(item, answers):
            found[item.path] = sentence
    return [Missing(item, found[item.path]) for item in questions_to_answer(form, apply) if item.path in found]


def _short_groups(form: Form, apply: Sequence[bool], answers: Answers) -> Iterator[tuple[int, str]]:
    """Return groups without an answer that need one, and those with too few entries, by their first question."""
    entries: dict[tuple[str, int], list[int]] = {}
    for place, item in enumerate(form.items):
        if item.kind is Kind.GROUP and apply[place] and (item.required or item.fewest > 1):
            entries.setdefault((item.link_id, item.parent), []).append(place)
    for places in entries.values():
        group = form.items[places[0]]
        asked = [each for place in places for each in _asked_below(form, apply, place)]
        if asked and group.required and not any(answers.get(form.items[each].path) for each in asked):
            yield asked[0], words.REQUIRED_GROUP
        elif asked and len(places) < group.fewest:
            yield asked[0], words.at_least_entries(group.fewest)


def _asked_below(form: Form, apply: Sequence[bool], place: int) -> Iterator[int]:
    waiting = list(reversed(form.items[place].children))
    while waiting:
        found = waiting.pop()
        if not apply[found]:
            continue
        if form.items[found].is_asked:
            yield found
        waiting += reversed(form.items[found].children)


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
