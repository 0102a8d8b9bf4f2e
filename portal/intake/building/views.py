"""What the builder shows of a form, and what it may send."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=500)]
Path = Annotated[str, Field(min_length=1, max_length=255)]
Points = Annotated[float, Field(ge=-100_000, le=100_000)]
Whole = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


@dataclass(frozen=True)
class Row:
    """One part of the form in the outline. `kind_label` is for people; `notes` say what else is to be known of it."""

    path: str
    depth: int
    kind: str
    kind_label: str
    text: str
    required: bool
    notes: list[str]
    problem: str


@dataclass(frozen=True)
class ChoiceView:
    """One option as it is edited; `points` is "" for none."""

    label: str
    points: str


@dataclass(frozen=True)
class LineView:
    """One line of a condition; `value` is the label or the text it is compared with."""

    question: str
    operator: str
    value: str


@dataclass(frozen=True)
class Asked:
    """A question that a condition can look at."""

    path: str
    label: str
    kind: str
    options: list[str]


@dataclass(frozen=True)
class Detail:
    """Everything that can be changed about one item."""

    path: str = ""
    kind: str = ""
    text: str = ""
    help: str = ""
    required: bool = False
    repeats: bool = False
    options: list[ChoiceView] = field(default_factory=list)
    alerts: bool = False
    minimum: str = ""
    maximum: str = ""
    longest: int = 0
    unit: str = ""
    lines: list[LineView] = field(default_factory=list)
    needs_all: bool = True
    asked: list[Asked] = field(default_factory=list)


@dataclass(frozen=True)
class BandView:
    """A range of the score."""

    low: str
    high: str
    label: str


@dataclass(frozen=True)
class FormDetail:
    """What can be changed about the form as a whole."""

    title: str = ""
    description: str = ""
    score: str = ""
    bands: list[BandView] = field(default_factory=list)
    client_signs: bool = True
    contact_signs: bool = True
    all_sign: bool = False
    countersign: bool = False


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddStep(_Step):
    """Add an item after another one; at the end when `after` is empty."""

    do: Literal["add"]
    kind: Short
    after: Annotated[str, Field(max_length=255)]


class RemoveStep(_Step):
    """Take an item away, or put a copy behind it."""

    do: Literal["remove", "duplicate"]
    path: Path


class MoveStep(_Step):
    """Move an item."""

    do: Literal["move"]
    path: Path
    where: Literal["up", "down", "in", "out"]


class TextStep(_Step):
    """Change what an item says, or what kind it is."""

    do: Literal["text", "help", "kind", "unit"]
    path: Path
    value: Text


class SwitchStep(_Step):
    """Switch something about a question on or off."""

    do: Literal["required", "repeats", "alerts"]
    path: Path
    on: bool


class ChoiceFields(_Step):
    """One option of a choice; `was` is its place before."""

    label: Short
    points: Points | None = None
    was: Annotated[int, Field(ge=-1, le=5_000)] = -1


class OptionsStep(_Step):
    """Give a choice these options."""

    do: Literal["options"]
    path: Path
    options: Annotated[list[ChoiceFields], Field(max_length=500)]


class LimitsStep(_Step):
    """Set the smallest and the greatest value."""

    do: Literal["limits"]
    path: Path
    minimum: Short
    maximum: Short


class LengthStep(_Step):
    """Set how long a text may be."""

    do: Literal["longest"]
    path: Path
    most: Annotated[int, Field(ge=0, le=20_000)]


class LineFields(_Step):
    """One line of a condition."""

    question: Path
    operator: Literal["=", "!=", ">", "<", ">=", "<=", "exists"]
    value: Short


class ConditionStep(_Step):
    """Show an item only when these lines hold."""

    do: Literal["conditions"]
    path: Path
    lines: Annotated[list[LineFields], Field(max_length=20)]
    needs_all: bool


class FormStep(_Step):
    """Change what the form is called, or what is said about it."""

    do: Literal["title", "description"]
    value: Text


class BandFieldsIn(_Step):
    """One range of the score."""

    low: Whole
    high: Whole
    label: Annotated[str, Field(max_length=120)]


class ScoreStep(_Step):
    """Give the form a score."""

    do: Literal["score"]
    name: Annotated[str, Field(max_length=200)]
    bands: Annotated[list[BandFieldsIn], Field(max_length=20)]


class SignatureStep(_Step):
    """Say who signs."""

    do: Literal["signatures"]
    client: bool
    contact: bool
    all_sign: bool
    countersign: bool


Step = Annotated[
    AddStep
    | RemoveStep
    | MoveStep
    | TextStep
    | SwitchStep
    | OptionsStep
    | LimitsStep
    | LengthStep
    | ConditionStep
    | FormStep
    | ScoreStep
    | SignatureStep,
    Field(discriminator="do"),
]
"""One edit, as the browser sends it."""
