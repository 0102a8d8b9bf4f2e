"""Scores: sums of the points that a form gives to its choices, with the bands that name them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.intake.fhir.extensions import SCORE, extensions_of
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Answers, Band, Form, Item, Score
from portal.intake.fhir.kinds import is_number, same_choice

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Result:
    """A score that was reached. `band` is "" where the form names none; `is_complete`: no scored question is open."""

    path: str
    name: str
    points: Decimal
    highest: Decimal
    band: str
    is_complete: bool


def scores_of(questionnaire: dict[str, Any], nodes: Sequence[Node], title: str, *, has_points: bool) -> list[Score]:
    """Return the scores that a form names; one over everything where it gives points but names none."""
    places = [
        ("", title, questionnaire),
        *((node.path, str(node.source.get("text") or ""), node.source) for node in nodes),
    ]
    found = [
        _score(path, name or title, extension)
        for path, name, part in places
        for url, extension in extensions_of(part)
        if url == SCORE
    ]
    return found or ([Score("", title)] if has_points else [])


def _score(path: str, title: str, extension: dict[str, Any]) -> Score:
    name, bands = title, []
    for url, part in extensions_of(extension):
        if url == "name" and isinstance(part.get("valueString"), str):
            name = part["valueString"]
        if url == "band":
            bands += list(_band(part))
    return Score(path, name[:200], tuple(sorted(bands, key=lambda band: band.low)))


def _band(extension: dict[str, Any]) -> Iterator[Band]:
    parts = dict(extensions_of(extension))
    low, high = (parts.get(end, {}).get("valueDecimal") for end in ("low", "high"))
    label = parts.get("label", {}).get("valueString")
    if is_number(low) and is_number(high) and isinstance(label, str):
        yield Band(Decimal(str(low)), Decimal(str(high)), label[:120])


def compute_scores(form: Form, apply: Sequence[bool], answers: Answers) -> list[Result]:
    """Return the scores of a sheet. Only questions that apply count."""
    return [result for score in form.scores if (result := _compute(form, score, apply, answers)) is not None]


def _compute(form: Form, score: Score, apply: Sequence[bool], answers: Answers) -> Result | None:
    points = highest = _ZERO
    is_complete, any_scored = True, False
    for place, item in enumerate(form.items):
        if not apply[place] or not any(option.points is not None for option in item.options):
            continue
        if score.path and not _stands_under(form, item, score.path):
            continue
        any_scored = True
        given = answers.get(item.path, ())
        is_complete = is_complete and bool(given)
        points += sum(
            (
                option.points or _ZERO
                for option in item.options
                if any(same_choice(option.value, value) for value in given)
            ),
            _ZERO,
        )
        highest += _most(item)
    if not any_scored:
        return None
    band = next((band.label for band in score.bands if band.low <= points <= band.high), "")
    return Result(score.path, score.name, points, highest, band, is_complete)


def _most(item: Item) -> Decimal:
    given = [option.points or _ZERO for option in item.options]
    return sum((each for each in given if each > 0), _ZERO) if item.repeats else max(given)


def _stands_under(form: Form, item: Item, link_id: str) -> bool:
    while item.link_id != link_id:
        if item.parent < 0:
            return False
        item = form.items[item.parent]
    return True
