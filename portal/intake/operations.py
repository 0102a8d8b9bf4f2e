"""What the browser may send about answers, and how large it may be."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, field_validator

from portal.errors import Invalid
from portal.intake import words

MAX_TEXT = 20_000
MAX_VALUES = 200
_MOST_KEYS = 6


class AnswerOperation(BaseModel):
    """One answer on its way in: what the browser sends for every change.

    `operation_id` is made once by the browser and repeated unchanged on every retry. Raises Invalid with a sentence for
    a value of the wrong shape or size, pydantic's ValidationError for the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: UUID
    path: StrictStr = Field(min_length=1, max_length=500)
    instance: StrictInt = Field(default=0, ge=0, le=0)
    base_revision: StrictInt = Field(ge=0, le=1_000_000)
    value: list[dict[str, Any]]

    @field_validator("value", mode="before")
    @classmethod
    def _of_sensible_size(cls, value: object) -> object:
        """Refuse what no answer looks like, in words, before it is looked at any closer."""
        if not isinstance(value, list):
            raise Invalid(words.NOT_AN_ANSWER)
        if len(value) > MAX_VALUES:
            raise Invalid(words.TOO_MANY_CHOICES)
        for part in value:
            _refuse_oversize(part)
        return value


def _refuse_oversize(part: object) -> None:
    """Refuse one value that is no FHIR answer value of a sensible size."""
    if not isinstance(part, dict) or len(part) != 1:
        raise Invalid(words.NOT_AN_ANSWER)
    for content in part.values():
        inner = list(content.values()) if isinstance(content, dict) else [content]
        if len(inner) > _MOST_KEYS:
            raise Invalid(words.NOT_AN_ANSWER)
        for leaf in inner:
            _refuse_leaf(leaf)


def _refuse_leaf(leaf: object) -> None:
    if isinstance(leaf, str):
        if len(leaf) > MAX_TEXT:
            raise Invalid(words.text_too_long(MAX_TEXT))
        if "\x00" in leaf or any("\ud800" <= character <= "\udfff" for character in leaf):
            raise Invalid(words.STRANGE_CHARACTERS)
    elif not isinstance(leaf, bool | int | float) or not abs(leaf) < 1e15:
        raise Invalid(words.NOT_AN_ANSWER)
