"""Whether an operation fits the sheet it is for: the question is there, applies, and takes this answer. Pure."""

from collections.abc import Mapping

from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.form import Form, Value
from portal.intake.fhir.repeating import MAX_EXPANDED
from portal.intake.operations import AnswerOperation
from portal.intake.rules_answers import check_answer, check_instances
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers

Applying = Mapping[str, bool]
"""Whether each item applies, by path, in the order of the form."""


def applying(answers: SheetAnswers) -> Applying:
    """Return what applies on a sheet now."""
    form = answers.form
    return dict(zip((item.path for item in form.items), items_that_apply(form, answers), strict=True))


def check_operation(answers: SheetAnswers, apply: Applying, operation: AnswerOperation) -> list[Value]:
    """Return an answer as it is kept. Raises Invalid for a question that is not there or does not apply."""
    form = answers.form
    if operation.path in form.repetitions:
        return _instances(form, apply, operation)
    item = form.find(operation.path)
    if item is None:
        raise Invalid(words.NOT_ASKED)
    if not apply[item.path]:
        raise Invalid(words.DOES_NOT_APPLY)
    return check_answer(item, operation.value)


def _instances(form: Form, apply: Applying, operation: AnswerOperation) -> list[Value]:
    """Check which instances of a repeated group there are to be."""
    repetition = form.repetitions[operation.path]
    if repetition.parent >= 0 and not apply[form.items[repetition.parent].path]:
        raise Invalid(words.DOES_NOT_APPLY)
    value = check_instances(repetition.group, operation.value)
    added = max(0, len(value) - len(repetition.numbers))
    if len(form.items) + added * _size(form, repetition.group.link_id) > MAX_EXPANDED:
        raise Invalid(words.at_most_answers(len(repetition.numbers)))
    return value


def _size(form: Form, link_id: str) -> int:
    """Return how many items an instance has, of the largest there is."""
    sizes = [_below(form, place) for place, item in enumerate(form.items) if item.link_id == link_id]
    return max(sizes, default=len(form.items))


def _below(form: Form, place: int) -> int:
    return 1 + sum(_below(form, child) for child in form.items[place].children)


def label_of(form: Form, path: str) -> str:
    """Return the question of a path as one line."""
    repetition = form.repetitions.get(path)
    return repetition.group.label if repetition else form.items[form.places[path]].label
