"""A frozen sheet in words, for whoever reads it. Pure."""

from collections.abc import Iterator, Sequence

from portal.intake import words
from portal.intake.answer_words import answer_in_words
from portal.intake.fhir.form import Answers, Form, Item, Kind, Value
from portal.intake.fhir.scoring import compute_scores
from portal.intake.rules_answers import FILES, attached_file
from portal.intake.rules_visibility import is_in_sight, items_that_apply
from portal.intake.views_reading import ReadFile, ReadLine, ReadSection, ScoreView


def read_sections(form: Form, answers: Answers) -> list[ReadSection]:
    """Return the pages that applied, each question with its answers; what was left open has none.

    `answers` are those of the frozen document: nothing that was not signed is shown.
    """
    apply = items_that_apply(form, answers)
    sections = (
        ReadSection(page.title, [line for place in page.items for line in _lines(form, place, apply, answers, 0)])
        for page in form.pages
    )
    return [section for section in sections if any(line.kind != Kind.GROUP for line in section.lines)]


def _lines(form: Form, place: int, apply: Sequence[bool], answers: Answers, level: int) -> Iterator[ReadLine]:
    item = form.items[place]
    if not apply[place]:
        return
    values = answers.get(item.path, ()) if item.kind.is_question else ()
    is_text = (item.kind is Kind.GROUP and item.label != "") or item.kind is Kind.DISPLAY
    if is_text and not item.is_concealed:
        yield ReadLine(item.path, _heading(form, item), item.kind, [], level)
    elif item.kind.is_question and (values or (is_in_sight(item) and not item.is_read_only)):
        files = [file for value in values if (file := _file(value))]
        given = [] if files else [f"{line} {item.unit}".strip() for line in answer_in_words(values)]
        yield ReadLine(item.path, item.label, item.kind, given, level, files)
    for child in item.children:
        yield from _lines(form, child, apply, answers, level + 1)


def _heading(form: Form, item: Item) -> str:
    """Return a heading; instances of a repeated group are counted."""
    if not item.is_repeating_group:
        return item.label
    same = [each.path for each in form.items if each.link_id == item.link_id and each.parent == item.parent]
    return words.instance_title(item.label, same.index(item.path) + 1) if len(same) > 1 else item.label


def _file(value: Value) -> ReadFile | None:
    found = attached_file(value)
    return ReadFile(answer_in_words([value])[0], f"{FILES}{found}") if found else None


def read_scores(form: Form, answers: Answers) -> list[ScoreView]:
    """Return the scores of a sheet in words."""
    results = compute_scores(form, items_that_apply(form, answers), answers)
    return [ScoreView(found.name, words.points(found), found.band) for found in results]
