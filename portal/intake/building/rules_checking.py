"""What stands in the way of publishing a form, each with the item that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.errors import Invalid
from portal.intake.building import words
from portal.intake.building.rules_building import Document, items_of, walk
from portal.intake.building.rules_form import signatures_of
from portal.intake.building.rules_kinds import CHOICES, NO_QUESTIONS, kind_of
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.extensions import SCORE, find_extension, points_of
from portal.intake.fhir.findings import Reason
from portal.intake.fhir.options import contained_resources, options_of

_NAMED = {Reason.MISSING: words.CONDITION_MISSING, Reason.CIRCULAR: words.CONDITION_CIRCLE}


@dataclass(frozen=True)
class Hurdle:
    """One thing to put right; `path` is "" where it is about the form as a whole."""

    path: str
    sentence: str


def hurdles(document: Document) -> list[Hurdle]:
    """Return everything that keeps a form from being published, in reading order."""
    try:
        _, findings = compile_form(document)
    except Invalid as wrong:
        return [Hurdle("", wrong.sentence)]
    found = [*_of_the_form(document), *_of_items(document)]
    named = [Hurdle(one.path, _NAMED[one.reason]) for one in findings if one.reason in _NAMED]
    order = {str(place.item["linkId"]): number for number, place in enumerate(walk(document))}
    return sorted(dict.fromkeys([*found, *named]), key=lambda one: order.get(one.path, -1))


def _of_the_form(document: Document) -> Iterator[Hurdle]:
    if not str(document.get("title") or "").strip():
        yield Hurdle("", words.NO_TITLE)
    if all(kind_of(place.item) in NO_QUESTIONS for place in walk(document)):
        yield Hurdle("", words.NO_QUESTIONS)
    wish = signatures_of(document)
    if not wish.client and not wish.contact:
        yield Hurdle("", words.NOBODY_SIGNS)
    if find_extension(document, SCORE) is not None and not _has_points(document):
        yield Hurdle("", words.NO_POINTS)


def _has_points(document: Document) -> bool:
    return any(
        isinstance(option, dict) and points_of(option) is not None
        for place in walk(document)
        for option in place.item.get("answerOption") or ()
    )


def _of_items(document: Document) -> Iterator[Hurdle]:
    contained = contained_resources(document)
    for place in walk(document):
        item, path = place.item, str(place.item["linkId"])
        kind = kind_of(item)
        if not str(item.get("text") or "").strip() and item.get("readOnly") is not True:
            yield Hurdle(path, words.NO_TEXT)
        if kind == "section" and not items_of(item):
            yield Hurdle(path, words.EMPTY_SECTION)
        if kind in CHOICES and not isinstance(item.get("answerValueSet"), str):
            labels = [option.label for option in options_of(item, contained)]
            if len(labels) < 2:
                yield Hurdle(path, words.FEW_OPTIONS)
            elif len({label.casefold() for label in labels}) < len(labels):
                yield Hurdle(path, words.SAME_OPTIONS)
