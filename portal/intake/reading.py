"""A frozen sheet in words, for whoever reads it. Pure."""

from collections.abc import Iterator, Sequence

from portal.intake.fhir.form import Answers, Form, Kind
from portal.intake.rules_answers import answer_in_words
from portal.intake.rules_visibility import is_in_sight, items_that_apply
from portal.intake.views import ReadLine, ReadSection


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
    given = answer_in_words(answers.get(item.path, ()))
    is_text = (item.kind is Kind.GROUP and item.text != "") or item.kind is Kind.DISPLAY
    if is_text and not item.is_concealed:
        yield ReadLine(item.path, item.label, item.kind, [], level)
    elif item.kind.is_question and (given or is_in_sight(item)):
        lines = [f"{line} {item.unit}".strip() for line in given]
        yield ReadLine(item.path, item.label, item.kind, lines, level)
    for child in item.children:
        yield from _lines(form, child, apply, answers, level + 1)
