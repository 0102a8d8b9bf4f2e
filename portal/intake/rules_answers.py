"""Whether an answer fits its question, and in which form it is kept. Raises Invalid with a sentence that helps."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.form import Item, Kind, Value
from portal.intake.fhir.kinds import VALUE_KEYS, same_choice
from portal.intake.fhir.repeating import MAX_INSTANCES
from portal.intake.moments import day_in_words
from portal.kit.ids import parse_id

_LONGEST = {Kind.STRING: 4_000, Kind.TEXT: 20_000, Kind.URL: 2_000}
_YEARS = range(1800, 2200)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_LONGEST_MATCHED, _LONGEST_UNIT = 200, 40
FILES = "/files/"
_PLACES = Decimal("0.000001")


def check_answer(item: Item, values: Sequence[Value]) -> list[Value]:
    """Return the answer as it is kept: [] when it is empty. Raises Invalid when it does not fit the question."""
    if not item.is_asked:
        raise Invalid(words.NOT_ASKED)
    given = [value for value in values if not _is_blank(value)]
    if len(given) > 1 and not item.repeats:
        raise Invalid(words.ONE_ANSWER)
    if item.most and len(given) > item.most:
        raise Invalid(words.at_most_answers(item.most))
    if item.kind is Kind.CHOICE:
        return _chosen(item, given)
    return [{VALUE_KEYS[item.kind]: _CHECKS[item.kind](item, _content(item, value))} for value in given]


def check_instances(group: Item, values: Sequence[Value]) -> list[Value]:
    """Return the instances of a repeated group as they are kept. Raises Invalid for what is no list of them."""
    numbers = [value.get("valueInteger") for value in values if set(value) == {"valueInteger"}]
    known = [number for number in numbers if type(number) is int and 0 <= number < 2**31]
    if len(known) != len(values) or len(set(known)) != len(known):
        raise Invalid(words.NOT_AN_ANSWER)
    if len(known) > (group.most or MAX_INSTANCES):
        raise Invalid(words.at_most_answers(group.most or MAX_INSTANCES))
    if not known and group.required:
        raise Invalid(words.KEEP_ONE)
    return [{"valueInteger": number} for number in known]


def attached_file(value: Value) -> UUID | None:
    """Return the id of the file that an answer holds, None for an answer of another kind."""
    content = value.get("valueAttachment")
    url = content.get("url") if isinstance(content, Mapping) else None
    return parse_id(url.removeprefix(FILES)) if isinstance(url, str) and url.startswith(FILES) else None


def _is_blank(value: Value) -> bool:
    return any(isinstance(content, str) and not content.strip() for content in value.values())


def _content(item: Item, value: Value) -> Any:
    key = VALUE_KEYS[item.kind]
    if set(value) != {key}:
        raise Invalid(_WANTED[item.kind])
    return value[key]


def _chosen(item: Item, given: Sequence[Value]) -> list[Value]:
    """Return the options that were chosen, as the form has them: the browser's wording counts for nothing.

    An open choice takes other words too, after the options.
    """
    known = [option.value for option in item.options if any(same_choice(option.value, value) for value in given)]
    others = [value for value in given if not any(same_choice(option, value) for option in known)]
    if others and not item.is_open:
        raise Invalid(words.NEEDS_OPTION)
    if any(set(value) != {"valueString"} for value in others):
        raise Invalid(words.NEEDS_OPTION)
    return [*known, *({"valueString": _text(item, value["valueString"])} for value in others)]


def _text(item: Item, content: Any) -> str:
    if not isinstance(content, str):
        raise Invalid(words.NEEDS_TEXT)
    longest = _LONGEST.get(item.kind, _LONGEST[Kind.STRING])
    limit = min(item.max_length or longest, longest)
    if len(content) > limit:
        raise Invalid(words.text_too_long(limit))
    if len(content) < item.min_length:
        raise Invalid(words.text_too_short(item.min_length))
    if item.pattern and (len(content) > _LONGEST_MATCHED or not re.fullmatch(item.pattern, content)):
        raise Invalid(words.NEEDS_PATTERN)
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


def _time(item: Item, content: Any) -> str:
    """Keep a time of day with its seconds."""
    if not isinstance(content, str) or not _TIME.fullmatch(content):
        raise Invalid(words.NEEDS_TIME)
    kept = content if content.count(":") == 2 else f"{content}:00"
    if item.minimum and kept < item.minimum:
        raise Invalid(words.not_before(item.minimum[:5]))
    if item.maximum and kept > item.maximum:
        raise Invalid(words.not_after(item.maximum[:5]))
    return kept


def _moment(item: Item, content: Any) -> str:
    """Keep a day and a time with its distance from UTC: what the person's own clock showed."""
    if not isinstance(content, str) or not _MOMENT.fullmatch(content):
        raise Invalid(words.NEEDS_MOMENT)
    try:
        moment = datetime.fromisoformat(content)
    except ValueError:
        raise Invalid(words.NEEDS_MOMENT) from None
    if moment.year not in _YEARS:
        raise Invalid(words.CHECK_YEAR)
    day = moment.date().isoformat()
    if item.minimum and day < item.minimum[:10]:
        raise Invalid(words.not_before(day_in_words(item.minimum[:10])))
    if item.maximum and day > item.maximum[:10]:
        raise Invalid(words.not_after(day_in_words(item.maximum[:10])))
    return moment.isoformat(timespec="seconds")


def _quantity(item: Item, content: Any) -> dict[str, Any]:
    """Keep a number with its unit: one that the form offers, as the form has it, or any in a word."""
    if not isinstance(content, Mapping) or not set(content) <= {"value", "unit", "system", "code"}:
        raise Invalid(words.NEEDS_NUMBER)
    number, unit = _decimal(item, content.get("value")), content.get("unit", "")
    if not isinstance(unit, str) or len(unit) > _LONGEST_UNIT:
        raise Invalid(words.NEEDS_UNIT)
    if not item.units:
        return {"value": number, **({"unit": unit.strip()} if unit.strip() else {})}
    option = next((option for option in item.units if option.label == unit), None)
    if option is None:
        raise Invalid(words.NEEDS_UNIT)
    coding = option.value["valueCoding"]
    coded = {key: coding[key] for key in ("system", "code") if coding.get("system") and coding.get(key)}
    return {"value": number, "unit": option.label, **coded}


def _file(_: Item, content: Any) -> dict[str, str]:
    """Keep the address of a file alone: the rest is what the portal itself knows of it."""
    found = attached_file({"valueAttachment": content})
    if found is None:
        raise Invalid(words.NEEDS_FILE)
    return {"url": f"{FILES}{found}"}


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
    Kind.DATE_TIME: _moment,
    Kind.TIME: _time,
    Kind.QUANTITY: _quantity,
    Kind.ATTACHMENT: _file,
    Kind.URL: _address,
}
_WANTED = {
    Kind.STRING: words.NEEDS_TEXT,
    Kind.TEXT: words.NEEDS_TEXT,
    Kind.BOOLEAN: words.NEEDS_YES_OR_NO,
    Kind.INTEGER: words.NEEDS_WHOLE_NUMBER,
    Kind.DECIMAL: words.NEEDS_NUMBER,
    Kind.DATE: words.NEEDS_DATE,
    Kind.DATE_TIME: words.NEEDS_MOMENT,
    Kind.TIME: words.NEEDS_TIME,
    Kind.QUANTITY: words.NEEDS_NUMBER,
    Kind.ATTACHMENT: words.NEEDS_FILE,
    Kind.URL: words.NEEDS_ADDRESS,
}
