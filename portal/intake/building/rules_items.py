"""What can be changed about one item: its words, whether it has to be answered, its options, limits and conditions."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from portal.errors import Invalid
from portal.intake.building import words
from portal.intake.building.rules_building import Document, edited, find, walk
from portal.intake.building.rules_kinds import (
    CHOICES,
    NO_QUESTIONS,
    become,
    drop_extensions,
    kind_of,
    put_extension,
)
from portal.intake.fhir.extensions import ENTRY_FORMAT, MAX_VALUE, MIN_VALUE, POINTS, UNIT, points_of
from portal.intake.fhir.own import CRISIS

Operator = Literal["=", "!=", ">", "<", ">=", "<=", "exists"]
_LIMIT = {"whole_number": "valueInteger", "number": "valueDecimal", "date": "valueDate"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is edited. `was` is its place before the edit, -1 for a new one: what it carries stays."""

    label: str
    points: Decimal | None = None
    was: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a condition: a question, an operator, and a FHIR value (valueBoolean for "exists")."""

    question: str
    operator: Operator
    value: dict[str, Any]


def set_text(document: Document, path: str, text: str) -> Document:
    """Say something else."""

    def step(made: Document) -> None:
        item = find(made, path).item
        item["text"] = text
        item.pop("_text", None)

    return edited(document, step)


def set_help(document: Document, path: str, text: str) -> Document:
    """Put a line under a question, or take it away."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if text.strip():
            put_extension(item, ENTRY_FORMAT, {"valueString": text})
        else:
            drop_extensions(item, ENTRY_FORMAT)

    return edited(document, step)


def set_required(document: Document, path: str, *, required: bool) -> Document:
    """Say whether a question has to be answered."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if kind_of(item) in NO_QUESTIONS:
            raise Invalid(words.NO_QUESTION)
        if required:
            item["required"] = True
        else:
            item.pop("required", None)

    return edited(document, step)


def set_kind(document: Document, path: str, kind: str) -> Document:
    """Make an item another kind."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if item.get("item") and kind == "information":
            raise Invalid(words.NOTHING_BELOW_TEXT)
        become(item, kind)

    return edited(document, step)


def set_repeats(document: Document, path: str, *, repeats: bool) -> Document:
    """Let a section or a question be answered several times."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if kind_of(item) in ("information", "yes_no", "agree", "one"):
            raise Invalid(words.NO_REPEATS)
        if repeats:
            item["repeats"] = True
        elif kind_of(item) != "several":
            item.pop("repeats", None)

    return edited(document, step)


def set_options(document: Document, path: str, choices: Sequence[Choice]) -> Document:
    """Give a question these options. What an option carried besides its words and points stays with it."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if kind_of(item) not in CHOICES:
            raise Invalid(words.NO_OPTIONS_HERE)
        before = item.get("answerOption")
        known = before if isinstance(before, list) else []
        item["answerOption"] = [_option(choice, known) for choice in choices if choice.label.strip()]
        item.pop("answerValueSet", None)
        if not item["answerOption"]:
            del item["answerOption"]

    return edited(document, step)


def _option(choice: Choice, known: Sequence[Any]) -> dict[str, Any]:
    source = known[choice.was] if 0 <= choice.was < len(known) else None
    option: dict[str, Any] = deepcopy(source) if isinstance(source, dict) else {"valueCoding": {}}
    label = choice.label.strip()
    if isinstance(option.get("valueCoding"), dict):
        option["valueCoding"]["display"] = label
    elif label != str(next((part for name, part in option.items() if name.startswith("value")), "")):
        option = {"valueCoding": {"display": label}}
    if choice.points != points_of(option):
        for url in POINTS:
            drop_extensions(option, url)
        if choice.points is not None:
            put_extension(option, POINTS[0], {"valueDecimal": _plain(choice.points)})
    return option


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def set_limits(document: Document, path: str, minimum: str, maximum: str) -> Document:
    """Set the smallest and the greatest value of a number or a day, "" for none."""

    def step(made: Document) -> None:
        item = find(made, path).item
        key = _LIMIT.get(kind_of(item))
        if key is None:
            raise Invalid(words.NO_LIMITS)
        for url, text in ((MIN_VALUE, minimum), (MAX_VALUE, maximum)):
            if text:
                put_extension(item, url, {key: _read(key, text)})
            else:
                drop_extensions(item, url)

    return edited(document, step)


def _read(key: str, text: str) -> Any:
    try:
        if key == "valueDate":
            return date.fromisoformat(text).isoformat()
        number = Decimal(text)
    except (ValueError, ArithmeticError):
        raise Invalid(words.LIMIT_BAD) from None
    if not number.is_finite() or abs(number) >= 10**9 or (key == "valueInteger" and number != int(number)):
        raise Invalid(words.LIMIT_BAD)
    return _plain(number)


def set_length(document: Document, path: str, most: int) -> Document:
    """Set how many characters a text may have, 0 for the usual limit."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if kind_of(item) not in ("line", "paragraph", "link"):
            raise Invalid(words.NO_LIMITS)
        if most:
            item["maxLength"] = most
        else:
            item.pop("maxLength", None)

    return edited(document, step)


def set_unit(document: Document, path: str, unit: str) -> Document:
    """Set the unit that a number is asked in, "" for none."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if unit.strip():
            put_extension(item, UNIT, {"valueCoding": {"display": unit.strip()}})
        else:
            drop_extensions(item, UNIT)

    return edited(document, step)


def set_conditions(document: Document, path: str, lines: Sequence[Line], *, needs_all: bool) -> Document:
    """Show an item only when these lines hold: all of them, or any. No line: always."""
    known = {str(place.item["linkId"]) for place in walk(document)}
    if any(line.question not in known or line.question == path for line in lines):
        raise Invalid(words.CONDITION_BAD)

    def step(made: Document) -> None:
        item = find(made, path).item
        item.pop("enableBehavior", None)
        if not lines:
            item.pop("enableWhen", None)
            return
        item["enableWhen"] = [
            {"question": line.question, "operator": line.operator, **_answer(line.value)} for line in lines
        ]
        if len(lines) > 1:
            item["enableBehavior"] = "all" if needs_all else "any"

    return edited(document, step)


def _answer(value: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("value", "answer", 1): content for name, content in value.items()}


def set_alert(document: Document, path: str, *, alerts: bool) -> Document:
    """Tell the practice at once when this question is answered with anything that has points."""

    def step(made: Document) -> None:
        item = find(made, path).item
        if kind_of(item) not in CHOICES:
            raise Invalid(words.NO_ALERT)
        if alerts:
            put_extension(item, CRISIS, {"valueDecimal": 0})
        else:
            drop_extensions(item, CRISIS)

    return edited(document, step)
