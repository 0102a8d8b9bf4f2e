"""From the bytes of a file to a Questionnaire in JSON: what is not one is named and refused."""

import json
from math import isfinite
from typing import Any

from portal.errors import Invalid
from portal.intake import words

MAX_BYTES = 3_000_000


def read_questionnaire(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Return a file's text, exactly as it is to be kept, and its JSON. Raises Invalid, naming what is wrong."""
    if len(raw) > MAX_BYTES:
        raise Invalid(words.FILE_TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(words.NOT_TEXT) from None
    return text, parse_questionnaire(text)


def parse_questionnaire(text: str) -> dict[str, Any]:
    """Read a Questionnaire's JSON. Raises Invalid, naming what is wrong."""
    try:
        found = json.loads(
            text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_without_doubles
        )
    except (ValueError, RecursionError):
        raise Invalid(words.NOT_JSON) from None
    if not isinstance(found, dict):
        raise Invalid(words.NOT_A_QUESTIONNAIRE)
    kind = found.get("resourceType")
    if kind != "Questionnaire":
        raise Invalid(words.other_resource(kind) if isinstance(kind, str) and kind else words.NOT_A_QUESTIONNAIRE)
    _refuse_strange_characters(found)
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object. Raises Invalid for one that has a key twice: one of the two would be lost in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Invalid(words.key_twice(next(key for key in keys if keys.count(key) > 1)))
    return found


def _refuse_strange_characters(found: dict[str, Any]) -> None:
    """Refuse NUL and halves of characters: no database and no browser takes them."""
    try:
        everything = json.dumps(found, ensure_ascii=False)
        everything.encode()
    except (UnicodeEncodeError, RecursionError):
        raise Invalid(words.STRANGE_FILE) from None
    if "\\u0000" in everything:
        raise Invalid(words.STRANGE_FILE)
