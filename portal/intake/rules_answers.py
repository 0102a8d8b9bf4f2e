"""Whether an answer fits its question, and in which form it is kept. Raises Invalid with a sentence that helps."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.form import Item, Kind, Value
from portal.intake.fhir.kinds import VALUE_KEYS, same_choice
from portal.intake.fhir.options import label_of
from portal.intake.moments import day_in_words

_LONGEST = {Kind.STRING: 4_000, Kind.TEXT: 20_000, Kind.URL: 2_000}
_YEARS = range(1800, 2200)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACES = Decimal("0.000001")


def check_answer(item: Item, values: Sequence[Value]) -> list[Value]:
    """Return the answer as it is kept: [] when it is empty. Raises Invalid when it does not fit the question."""
    if not item.is_asked:
        raise Invalid(words.NOT_ASKED)
    given = [value for value in values if not _is_blank(value)]
    if len(given) > 1 and not item.repeats:
        raise Invalid(words.ONE_ANSWER)
    if item.kind is Kind.CHOICE:
        return _chosen(item, given)
    return [{VALUE_KEYS[item.kind]: _CHECKS[item.kind](item, _content(item, value))} for value in given]


def answer_in_words(values: Sequence[Value]) -> list[str]:
    """Return an answer as a person reads it, one line per value."""
    return [_in_words(value) for value in values]


def _in_words(value: Value) -> str:
    if "valueBoolean" in value:
        return words.YES if value["valueBoolean"] else words.NO
    if "valueDate" in value:
        return day_in_words(str(value["valueDate"]))
    return label_of(value)


def _is_blank(value: Value) -> bool:
    return any(isinstance(content, str) and not content.strip() for content in value.values())


def _content(item: Item, value: Value) -> Any:
    key = VALUE_KEYS[item.kind]
    if set(value) != {key}:
        raise Invalid(_WANTED[item.kind])
    return value[key]


def _chosen(item: Item, given: Sequence[Value]) -> list[Value]:
    """Return the options that were chosen, as the form has them: the browser's wording counts for nothing."""
    for value in given:
        if not any(same_choice(option.value, value) for option in item.options):
            raise Invalid(words.NEEDS_OPTION)
    return [option.value for option in item.options if any(same_choice(option.value, value) for value in given)]


def _text(item: Item, content: Any) -> str:
    if not isinstance(content, str):
        raise Invalid(words.NEEDS_TEXT)
    limit = min(item.max_length or _LONGEST[item.kind], _LONGEST[item.kind])
    if len(content) > limit:
        raise Invalid(words.text_too_long(limit))
    return content


def _yes_or_no(_: Item, content: Any) -> bool:
    if not isinstance(content, bool):
        raise Invalid(words.NEEDS_YES_OR_NO)
    return content


def _whole_number(item: Item, content: Any) -> int:
    if type(content) is not int:
        raise Invalid(words.NEEDS_WHOLE_NUMBER)
    if not -(2**31) <= content < 2**31:
        raise Invalid(words.NUMBER_TOO_LARGE)
    _check_limits(item, Decimal(content))
    return content


def _decimal(item: Item, content: Any) -> int | float:
    """Keep at most six places behind the point: what is written down is then the same everywhere."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        raise Invalid(words.NEEDS_NUMBER)
    exact = Decimal(repr(content))
    if not exact.is_finite() or abs(exact) >= Decimal(10) ** 12:
        raise Invalid(words.NUMBER_TOO_LARGE)
    _check_limits(item, exact)
    rounded = exact.quantize(_PLACES)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _check_limits(item: Item, number: Decimal) -> None:
    lowest, highest = _number(item.minimum), _number(item.maximum)
    if lowest is not None and number < lowest:
        raise Invalid(words.at_least(item.minimum))
    if highest is not None and number > highest:
        raise Invalid(words.at_most(item.maximum))


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return found if found is None or found.is_finite() else None


def _day(item: Item, content: Any) -> str:
    """Keep a full date that exists."""
    if not isinstance(content, str) or not _DAY.fullmatch(content):
        raise Invalid(words.NEEDS_DATE)
    try:
        day = date.fromisoformat(content)
    except ValueError:
        raise Invalid(words.NEEDS_DATE) from None
    if day.year not in _YEARS:
        raise Invalid(words.CHECK_YEAR)
    if _DAY.fullmatch(item.minimum) and content < item.minimum:
        raise Invalid(words.not_before(item.minimum))
    if _DAY.fullmatch(item.maximum) and content > item.maximum:
        raise Invalid(words.not_after(item.maximum))
    return day.isoformat()


def _address(item: Item, content: Any) -> str:
    """Keep a web address: http or https with a host; nothing that a browser would run."""
    text = _text(item, content).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Invalid(words.NEEDS_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not parts.netloc or any(mark.isspace() for mark in text):
        raise Invalid(words.NEEDS_ADDRESS)
    return text


_CHECKS: Mapping[Kind, Callable[[Item, Any], Any]] = {
    Kind.STRING: _text,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _yes_or_no,
    Kind.INTEGER: _whole_number,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _day,
    Kind.URL: _address,
}
_WANTED = {
    Kind.STRING: words.NEEDS_TEXT,
    Kind.TEXT: words.NEEDS_TEXT,
    Kind.BOOLEAN: words.NEEDS_YES_OR_NO,
    Kind.INTEGER: words.NEEDS_WHOLE_NUMBER,
    Kind.DECIMAL: words.NEEDS_NUMBER,
    Kind.DATE: words.NEEDS_DATE,
    Kind.URL: words.NEEDS_ADDRESS,
}
