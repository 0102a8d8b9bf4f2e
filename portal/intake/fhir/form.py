"""A Questionnaire as the portal works with it: flat, in reading order, with everything looked up beforehand.

Made by fhir.compiling from the stored JSON, shared by all who fill that version, never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Value = Mapping[str, Any]
"""One FHIR answer value: a single key such as valueString, valueCoding."""

Answers = Mapping[str, Sequence[Value]]
"""The answers of a sheet by path."""

STATUS = "$status"
"""The name by which a condition refers to the response's own status (compatibility profile)."""


class Kind(StrEnum):
    """How an item is asked; a FHIR type that is not asked here is a NOTE."""

    GROUP = "group"
    DISPLAY = "display"
    STRING = "string"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    URL = "url"
    CHOICE = "choice"
    NOTE = "note"

    @property
    def is_question(self) -> bool:
        """Whether an answer can be given."""
        return self not in _NOT_QUESTIONS


_NOT_QUESTIONS = frozenset({Kind.GROUP, Kind.DISPLAY, Kind.NOTE})


class Operator(StrEnum):
    """The operators of enableWhen."""

    EXISTS = "exists"
    EQUAL = "="
    UNEQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of enableWhen. `question` is a path, STATUS, or "" when there is no such question in the form.

    `is_circular`: the question depends on this very item, so what was answered counts whether it applies or not.
    """

    question: str
    operator: Operator
    answer: Value
    is_circular: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `parent` is the place of the item above it in Form.items, -1 at the top.

    `is_concealed`: never shown (questionnaire-hidden, here or above). `is_asked`: a person can be asked for it.
    `must_be_true`: a yes/no question that only Yes answers. `fhir_type` is the type as the file has it.
    """

    path: str
    kind: Kind
    fhir_type: str
    text: str
    parent: int
    page: int
    prefix: str = ""
    help: str = ""
    unit: str = ""
    control: str = ""
    required: bool = False
    repeats: bool = False
    is_read_only: bool = False
    is_concealed: bool = False
    must_be_true: bool = False
    max_length: int = 0
    minimum: str = ""
    maximum: str = ""
    options: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = False
    children: tuple[int, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether a person can be asked for an answer, as far as the form goes."""
        return self.kind.is_question and not self.is_read_only and not self.is_concealed

    @property
    def label(self) -> str:
        """The question as one line."""
        return f"{self.prefix} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a top-level group (`path` is its own), or loose items that stand next to each other (`path` "")."""

    path: str
    title: str
    items: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """A compiled Questionnaire, equal to itself only.

    `order` lists the places of items such that what one depends on comes before it; `places` finds items by path;
    `triggers` are the paths that conditions look at.
    """

    title: str
    url: str
    version: str
    items: tuple[Item, ...]
    pages: tuple[Page, ...]
    order: tuple[int, ...]
    places: Mapping[str, int]
    triggers: frozenset[str] = field(default=frozenset())

    def find(self, path: str) -> Item | None:
        """Return the item of a path, None when the form has none."""
        place = self.places.get(path)
        return None if place is None else self.items[place]
