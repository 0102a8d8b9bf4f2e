"""Conditions that can never hold, whatever is answered: what they hide would else be lost in silence."""

from collections.abc import Iterator, Mapping, Sequence

from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.form import STATUS, Condition, Item, Kind, Operator, Value
from portal.intake.fhir.kinds import VALUE_KEYS
from portal.intake.rules_visibility import IN_PROGRESS, is_same

_NUMBERS = frozenset({"valueInteger", "valueDecimal", "valueQuantity"})
_DAYS = frozenset({"valueDate", "valueDateTime"})
_WORDS = frozenset({"valueString", "valueCoding"})
# With which values the answer of a question can be equal; in an order are numbers, days and times alone.
_EQUAL: Mapping[Kind, frozenset[str]] = {
    **dict.fromkeys((Kind.STRING, Kind.TEXT, Kind.URL), _WORDS),
    **dict.fromkeys((Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY), _NUMBERS),
    **dict.fromkeys((Kind.DATE, Kind.DATE_TIME), _DAYS | {"valueString"}),
    Kind.TIME: frozenset({"valueTime", "valueString"}),
    Kind.BOOLEAN: frozenset({"valueBoolean"}),
    Kind.REFERENCE: frozenset({"valueReference"}),
}
_ORDERED = (_NUMBERS, _DAYS, frozenset({"valueTime"}))


def name_unreachable(items: Sequence[Item], places: Mapping[str, int], findings: list[Finding]) -> None:
    """Name each condition that can never hold, by the question that it looks at."""
    for item in items:
        for condition in item.conditions:
            if condition.question == STATUS:
                is_never = not _may_be(condition, {"valueString": IN_PROGRESS})
            else:
                place = places.get(condition.question)
                is_never = place is not None and _is_never(items[place], condition)
            if is_never:
                findings.append(Finding(Reason.NEVER, condition.question, item.path))


def _is_never(question: Item, condition: Condition) -> bool:
    if condition.operator is Operator.UNEQUAL:
        return False
    if condition.operator is Operator.EXISTS and condition.answer.get("valueBoolean") is False:
        return False
    is_answered = question.is_asked or bool(question.initial or question.fact)
    if not question.kind.is_question or not is_answered:
        return True
    if condition.operator is Operator.EXISTS:
        return False
    if not question.is_asked and question.initial:
        return not any(_may_be(condition, value) for value in question.initial)
    return not any(_may_be(condition, value) for value in _possible(question)) and not _fits(question, condition)


def _possible(question: Item) -> Iterator[Value]:
    yield from (option.value for option in question.options)


def _fits(question: Item, condition: Condition) -> bool:
    """Whether an answer in the person's own words or numbers could be what a condition wants."""
    (name,) = condition.answer
    if question.kind is Kind.CHOICE and not question.is_open:
        return False
    if condition.operator is Operator.EQUAL:
        return name in _EQUAL.get(Kind.STRING if question.kind is Kind.CHOICE else question.kind, frozenset())
    key = VALUE_KEYS.get(question.kind, "valueString")
    return any(key in order and name in order for order in _ORDERED)


def _may_be(condition: Condition, value: Value) -> bool:
    """Whether one value that could be given is the one that is wanted; in an order, whether they have one at all."""
    if condition.operator is Operator.EQUAL:
        return is_same(value, condition.answer)
    if condition.operator in (Operator.UNEQUAL, Operator.EXISTS):
        return True
    return any(set(value) <= order and set(condition.answer) <= order for order in _ORDERED)
