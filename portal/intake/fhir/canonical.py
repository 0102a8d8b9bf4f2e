"""One way to write JSON, so that the same answers always have the same fingerprint (after RFC 8785)."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def canonical_json(value: Any) -> str:
    """Write JSON without spaces, keys sorted by UTF-16 code units, numbers as ECMAScript writes them.

    Numbers are ours: integers below 2^53 and decimals between 10^-6 and 10^15. Raises TypeError for anything else.
    """
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: str(key).encode("utf-16-be"))
        return "{" + ",".join(f"{_text(key)}:{canonical_json(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical_json(part) for part in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, float):
        return _number(value)
    raise TypeError(f"{type(value).__name__} has no place in canonical JSON.")


def fingerprint(text: str) -> str:
    """Return the SHA-256 of text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    if value != value or abs(value) >= 1e15:  # noqa: PLR0124 - NaN differs from itself
        raise TypeError("This number cannot be written exactly.")
    plain = format(Decimal(repr(value)), "f")
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if short == "-0" else short
