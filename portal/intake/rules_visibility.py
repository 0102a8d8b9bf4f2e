"""Which items apply, given the answers (FHIR R4 enableWhen), and which of them are shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.intake.fhir.form import STATUS, Answers, Condition, Form, Item, Operator, Value

IN_PROGRESS = "in-progress"
_STATUS_VALUE: Sequence[Value] = ({"valueString": IN_PROGRESS},)


def items_that_apply(form: Form, answers: Answers) -> list[bool]:
    """Say for every item, by its place, whether it applies: its conditions hold and the item above it applies.

    A condition on a question that does not apply sees no answer. Conditions that go round in a circle see what was
    answered, whether it applies or not, so that the outcome never depends on the order of evaluation.
    """
    apply = [False] * len(form.items)
    for place in form.order:
        item = form.items[place]
        if item.parent >= 0 and not apply[item.parent]:
            continue
        apply[place] = not item.conditions or _conditions_hold(form, item, answers, apply)
    return apply


def is_in_sight(item: Item) -> bool:
    """Whether an item that applies is ever put on screen: not concealed, and not read-only without anything to read."""
    if item.is_concealed:
        return False
    return not item.is_read_only or not item.kind.is_question or bool(item.initial or item.fact)


def hidden_paths(form: Form, apply: Sequence[bool]) -> list[str]:
    """Return the items that do not apply."""
    return [item.path for item, applies in zip(form.items, apply, strict=True) if not applies]


def _conditions_hold(form: Form, item: Item, answers: Answers, apply: Sequence[bool]) -> bool:
    held = (condition_holds(condition, _seen(form, condition, answers, apply)) for condition in item.conditions)
    return all(held) if item.needs_all else any(held)


def _seen(form: Form, condition: Condition, answers: Answers, apply: Sequence[bool]) -> Sequence[Value]:
    """Return the answer that a condition looks at."""
    if condition.question == STATUS:
        return _STATUS_VALUE
    if not condition.also:
        return _answered(form, condition, condition.question, answers, apply)
    return [value for path in condition.questions for value in _answered(form, condition, path, answers, apply)]


def _answered(form: Form, condition: Condition, path: str, answers: Answers, apply: Sequence[bool]) -> Sequence[Value]:
    place = form.places.get(path)
    if place is None or not (condition.is_circular or apply[place]):
        return ()
    return answers.get(path, ())


def condition_holds(condition: Condition, given: Sequence[Value]) -> bool:
    """Evaluate one line of enableWhen: `!=` holds when no answer is equal, also when there is none; so does R4."""
    if condition.operator is Operator.EXISTS:
        return bool(given) == (condition.answer.get("valueBoolean") is not False)
    if condition.operator is Operator.EQUAL:
        return any(is_same(value, condition.answer) for value in given)
    if condition.operator is Operator.UNEQUAL:
        return not any(is_same(value, condition.answer) for value in given)
    compare = _COMPARE[condition.operator]
    return any(_ordered(value, condition.answer, compare) for value in given)


def is_same(given: Value, wanted: Value) -> bool:
    """Compare two values: codings by code (and system, where both have one), a coding with text by code or display."""
    one, other = _content(given), _content(wanted)
    if "valueQuantity" in given or "valueQuantity" in wanted:
        return _ordered(given, wanted, lambda one, other: bool(one == other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _same_mapping(one, other)
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        coding, text = (one, other) if isinstance(one, Mapping) else (other, one)
        return text in (coding.get("code"), coding.get("display"))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if "valueDateTime" in given or "valueDateTime" in wanted:
        return one == other or _ordered(given, wanted, lambda one, other: bool(one == other))
    return bool(one == other)


def _same_mapping(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("reference") or other.get("reference"):
        return one.get("reference") == other.get("reference")
    systems = {found for found in (one.get("system"), other.get("system")) if found}
    if one.get("code") or other.get("code"):
        return one.get("code") == other.get("code") and len(systems) < 2
    return one.get("display") == other.get("display")


def _content(value: Value) -> Any:
    return next(iter(value.values()), None)


_COMPARE: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.GREATER: lambda one, other: one > other,
    Operator.LESS: lambda one, other: one < other,
    Operator.AT_LEAST: lambda one, other: one >= other,
    Operator.AT_MOST: lambda one, other: one <= other,
}


def _ordered(given: Value, wanted: Value, compare: Callable[[Any, Any], bool]) -> bool:
    """Compare numbers with numbers, days with days, moments with moments; anything else is in no order."""
    if "valueQuantity" in given and "valueQuantity" in wanted and not _same_unit(_content(given), _content(wanted)):
        return False
    one, other = _comparable(given), _comparable(wanted)
    if isinstance(one, datetime) != isinstance(other, datetime):  # a day against a moment: the moment's own day
        one, other = (found.date().isoformat() if isinstance(found, datetime) else found for found in (one, other))
    if one is None or type(one) is not type(other):
        return False
    return compare(one, other)


def _same_unit(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two quantities are in the same unit; one without a unit fits any. Units are never converted."""
    given, wanted = ({part for part in (each.get("code"), each.get("unit")) if part} for each in (one, other))
    return not given or not wanted or bool(given & wanted)


def _comparable(value: Value) -> Decimal | datetime | str | None:
    (name, content), *_ = value.items()
    if name == "valueQuantity" and isinstance(content, Mapping):
        name, content = "valueDecimal", content.get("value")
    if name in ("valueInteger", "valueDecimal") and not isinstance(content, bool):
        try:
            return Decimal(str(content))
        except InvalidOperation:
            return None
    if not isinstance(content, str):
        return None
    if name == "valueDateTime" and "T" in content:
        try:
            moment = datetime.fromisoformat(content)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return content if name in ("valueDate", "valueDateTime", "valueTime") else None
