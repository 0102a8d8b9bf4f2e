"""What the browser may see around a form that staff read, and what it may send."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=2_000)]


@dataclass(frozen=True)
class Said:
    """A comment in words."""

    text: str
    by: str


@dataclass(frozen=True)
class Happened:
    """One step in the life of a form, in words."""

    what: str
    detail: str


@dataclass(frozen=True)
class Earlier:
    """A frozen state that can be shown."""

    number: int
    label: str


@dataclass(frozen=True)
class Around:
    """What stands around the answers; without a status nothing is loaded."""

    status: str = ""
    due: str = ""
    countersigned: str = ""
    intent: str = ""
    may_return: bool = False
    may_countersign: bool = False
    may_complete: bool = False
    comments: list[Said] = field(default_factory=list)
    steps: list[Happened] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True)
class Dot:
    """One score in the chart."""

    x: str
    y: str
    when: str
    points: str
    band: str


@dataclass(frozen=True)
class CourseView:
    """One score over time: a line through dots, and the same in a table."""

    name: str
    line: str
    highest: str
    dots: list[Dot]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CommentForm(_Form):
    """The form that adds a comment."""

    text: Text


class ReturnForm(_Form):
    """The form that returns a form."""

    text: Text = ""


class CountersignForm(_Form):
    """The form that countersigns."""

    typed_name: Line
    agreed: Line = ""
