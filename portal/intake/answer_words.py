"""An answer as a person reads it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.intake import words
from portal.intake.fhir.form import Value
from portal.intake.fhir.options import label_of
from portal.intake.moments import day_in_words


def answer_in_words(values: Sequence[Value]) -> list[str]:
    """Return an answer as a person reads it, one line per value."""
    return [_in_words(value) for value in values]


def _in_words(value: Value) -> str:
    if "valueBoolean" in value:
        return words.YES if value["valueBoolean"] else words.NO
    (name, content), *_ = value.items()
    write = _WRITE.get(name)
    return write(content) if write else label_of(value)


def _moment(content: Any) -> str:
    """Write a moment as the clock of the person showed it, and how far that clock is from UTC."""
    day, _, rest = str(content).partition("T")
    zone = rest[8:].replace("Z", "+00:00")
    return f"{day_in_words(day)}, {rest[:5]} (UTC{zone})" if rest else day_in_words(day)


def _quantity(content: Any) -> str:
    if not isinstance(content, Mapping):
        return str(content)
    return f"{content.get('value', '')} {content.get('unit') or content.get('code') or ''}".strip()


def _file(content: Any) -> str:
    return str(content.get("title") or words.A_FILE) if isinstance(content, Mapping) else words.A_FILE


_WRITE = {
    "valueDate": lambda content: day_in_words(str(content)),
    "valueDateTime": _moment,
    "valueTime": lambda content: str(content)[:5],
    "valueQuantity": _quantity,
    "valueAttachment": _file,
}
