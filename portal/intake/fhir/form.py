"""A Questionnaire as the portal works with it: flat, in reading order, with everything looked up beforehand.

Made by fhir.compiling from the stored JSON, shared by all who fill that version, never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

Value = Mapping[str, Any]
"""One FHIR answer value: a single key such as valueString, valueCoding."""

Answers = Mapping[str, Sequence[Value]]
"""The answers of a sheet by path."""

STATUS = "$status"
"""The name by which a condition refers to the response's own status (compatibility profile)."""


class Kind(StrEnum):
    """How an item is asked; a type that FHIR R4 does not have is a NOTE."""

    GROUP = "group"
    DISPLAY = "display"
    STRING = "string"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date-time"
    TIME = "time"
    INTEGER = "integer"
    DECIMAL = "decimal"
    URL = "url"
    CHOICE = "choice"
    QUANTITY = "quantity"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
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
    `also` are further instances of the question, where it stands in a repeating group that the item is not in.
    """

    question: str
    operator: Operator
    answer: Value
    is_circular: bool = False
    also: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The paths whose answers count."""
        return (self.question, *self.also)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `points` is what it adds to a score (ordinalValue, itemWeight), None for nothing."""

    value: Value
    label: str
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `parent` is the place of the item above it in Form.items, -1 at the top.

    `is_concealed`: never shown (questionnaire-hidden, here or above). `is_asked`: a person can be asked for it.
    `must_be_true`: a yes/no question that only Yes answers. `alerts`: an answer with
    points is told to staff. `fhir_type` is the type as the file has it.
    `is_open`: other words than the options are an answer too. `units` are those of a quantity, none: any in words.
    `fact` names what a read-only question is filled with (fhir.known). `link_id` is the item's in the file: in a
    repeated group the path carries the instance too (fhir.repeating).
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
    alerts: bool = False
    is_open: bool = False
    fact: str = ""
    link: str = ""
    max_length: int = 0
    min_length: int = 0
    pattern: str = ""
    fewest: int = 0
    most: int = 0
    minimum: str = ""
    maximum: str = ""
    options: tuple[Option, ...] = ()
    units: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = False
    children: tuple[int, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether a person can be asked for an answer, as far as the form goes."""
        return self.kind.is_question and not self.is_read_only and not self.is_concealed

    @property
    def link_id(self) -> str:
        """The item's linkId, which all instances of it share."""
        return self.link or self.path

    @property
    def is_repeating_group(self) -> bool:
        """Whether a person may add further instances of this group."""
        return self.kind is Kind.GROUP and self.repeats

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


@dataclass(frozen=True, slots=True)
class Band:
    """A range of points with its name: 10 to 14 is "Moderate"."""

    low: Decimal
    high: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """A sum of points over the choices below one item; `path` "" for the whole form."""

    path: str
    name: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Repetition:
    """A group that may be repeated, in one instance of what it stands in; `parent` is a place, -1 at the top.

    The numbers of its instances are the answer at its path, in order: [{"valueInteger": 0}, …].
    """

    group: Item
    parent: int
    numbers: tuple[int, ...] = (0,)


@dataclass(frozen=True, eq=False)
class Form:
    """A compiled Questionnaire, equal to itself only.

    `order` lists the places of items such that what one depends on comes before it; `places` finds items by path;
    `triggers` are the paths that conditions look at; `repetitions` are the groups that may be repeated, by the path
    that keeps their instances.
    """

    title: str
    url: str
    version: str
    items: tuple[Item, ...]
    pages: tuple[Page, ...]
    order: tuple[int, ...]
    places: Mapping[str, int]
    triggers: frozenset[str] = field(default=frozenset())
    repetitions: Mapping[str, Repetition] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()

    def find(self, path: str) -> Item | None:
        """Return the item of a path, None when the form has none."""
        place = self.places.get(path)
        return None if place is None else self.items[place]
