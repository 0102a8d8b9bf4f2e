"""What the browser sends is believed only after it was parsed: Reflex enforces no types on event arguments."""

import json
from functools import lru_cache
from typing import Annotated, Any, TypeVar, overload
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from portal.errors import Invalid

UNUSABLE = "We could not use what was sent. Please check it and try again."
_LARGEST = 2**63 - 1
_DEEPEST = 12
T = TypeVar("T")


def _canonical(text: object) -> object:
    if not isinstance(text, str) or len(text) != 36:
        raise ValueError("not an id")
    return text


Id = Annotated[UUID, BeforeValidator(_canonical)]
"""An id from the browser: 36 characters of text, so that one thing has one spelling."""


@overload
def parse(shape: type[T], value: Any, sentence: str = UNUSABLE) -> T: ...
@overload
def parse(shape: TypeAdapter[T], value: Any, sentence: str = UNUSABLE) -> T: ...
@overload
def parse(shape: Any, value: Any, sentence: str = UNUSABLE) -> Any: ...
def parse(shape: Any, value: Any, sentence: str = UNUSABLE) -> Any:
    """Read an argument of a handler as `shape`: a model with extra="forbid", an Annotated type, a TypeAdapter.

    Strict, by the rules of JSON: "1" is no integer, True no number, a date is text. Text that no database can hold
    (NUL, half of a surrogate pair), integers beyond 64 bits and nests deeper than any form are refused whatever the
    shape. Raises Invalid with `sentence`, which never quotes the value.
    """
    adapter = shape if isinstance(shape, TypeAdapter) else _adapter(shape)
    if not _is_plain(value, _DEEPEST):
        raise Invalid(sentence)
    try:
        return adapter.validate_json(json.dumps(value, default=str, allow_nan=False), strict=True)
    except (ValidationError, ValueError, TypeError):
        raise Invalid(sentence) from None


@lru_cache(maxsize=256)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    if isinstance(shape, type) and issubclass(shape, BaseModel) and shape.model_config.get("extra") != "forbid":
        raise RuntimeError(f"{shape.__name__} has to forbid extra fields before it reads what a browser sent.")
    return TypeAdapter(shape)


def _is_plain(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and _is_unicode(value)
    if isinstance(value, int):
        return abs(value) <= _LARGEST
    if isinstance(value, dict):
        return depth > 0 and all(_is_plain(part, depth - 1) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return depth > 0 and all(_is_plain(part, depth - 1) for part in value)
    return True


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
