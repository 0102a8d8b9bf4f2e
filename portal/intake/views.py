"""What the browser may see of forms, and what it may send: plain values only, ids and times as text.

Everything here turns into JSON as it stands. Times are ISO 8601 in UTC, days are "2026-11-24".
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, field_validator

from portal.errors import Invalid
from portal.intake import words

MAX_TEXT = 20_000
MAX_VALUES = 200

Kind = Literal[
    "group",
    "display",
    "string",
    "text",
    "url",
    "boolean",
    "date",
    "integer",
    "decimal",
    "choice",
    "open-choice",
    "note",
]
Widget = Literal["none", "text", "textarea", "number", "date", "radio", "select", "checkbox", "checkboxes"]


@dataclass(frozen=True)
class Progress:
    """How many of the questions that apply are answered."""

    answered: int
    total: int


@dataclass(frozen=True)
class AssignmentView:
    """One form on somebody's list. `open` says that answers are still taken."""

    id: str
    title: str
    status: str
    due_on: str
    is_overdue: bool
    progress: Progress
    client_id: str
    client_name: str
    can_sign: bool
    open: bool
    sent_at: str
    submitted_at: str


@dataclass(frozen=True)
class OptionView:
    """One answer to choose. `value` is what the browser sends back."""

    value: str
    label: str


@dataclass(frozen=True)
class ItemView:
    """One line of a page, in reading order.

    `kind` "group" is a heading, "display" a text, "note" a question that cannot be answered here (`help` says so).
    `widget` says how it is asked: "checkbox" is one box (value "true" or nothing), "checkboxes" several of `options`,
    "radio" and "select" one of `options` (a yes/no question is a radio with "true" and "false"). For "open-choice",
    `options` are suggestions and other words are welcome.
    `answer` holds text only: "true", "42", "2020-01-31", the `value` of an option. `revision` is the answer's, 0 while
    there is none; send it as `base_revision`. `level` is the depth on the page, 0 at its left edge.
    `is_read_only` items are shown, never asked.
    """

    path: str
    label: str
    kind: Kind
    widget: Widget
    help: str = ""
    unit: str = ""
    level: int = 0
    required: bool = False
    is_read_only: bool = False
    options: list[OptionView] = field(default_factory=list)
    max_length: int = 0
    minimum: str = ""
    maximum: str = ""
    answer: list[str] = field(default_factory=list)
    revision: int = 0
    visible: bool = True


@dataclass(frozen=True)
class PageView:
    """One page of a form: a top-level group, or the loose questions between two groups.

    `visible` is false while nothing on it applies; such a page is skipped. `path` is the group's, or that of the first
    loose question.
    """

    index: int
    path: str
    title: str
    items: list[ItemView]
    visible: bool


@dataclass(frozen=True)
class SheetView:
    """A whole answer sheet, open for filling while `editable`.

    `first_unanswered` is the index of the page to resume on. `signature_sentence` is what the person agrees to,
    `capacity` as what they sign ("mother, on behalf of Milo Park"). `why_not_sign` is empty when `can_sign`.
    """

    assignment_id: str
    title: str
    status: str
    editable: bool
    due_on: str
    revision: int
    client_name: str
    practice_name: str
    pages: list[PageView]
    first_unanswered: int
    progress: Progress
    can_sign: bool
    why_not_sign: str
    signer_name: str
    capacity: str
    signature_sentence: str
    submitted_at: str


@dataclass(frozen=True)
class Saved:
    """An answer is in the database; show "Saved" only for this.

    `shown` and `hidden` are the paths whose visibility this answer changed, `visible_pages` the pages to offer now.
    """

    operation_id: str
    path: str
    revision: int
    saved_at: str
    shown: list[str]
    hidden: list[str]
    visible_pages: list[int]
    progress: Progress
    outcome: Literal["saved"] = "saved"


@dataclass(frozen=True)
class AnswerConflict:
    """Somebody, or another tab, changed this answer first; nothing was overwritten.

    `mine` is what was sent, `theirs` what is stored, both as readable text in `mine_text` and `theirs_text`. To keep
    mine, send it again with a new operation id and `revision` as the base.
    """

    operation_id: str
    path: str
    label: str
    mine: list[str]
    theirs: list[str]
    mine_text: str
    theirs_text: str
    author: str
    revision: int
    at: str
    outcome: Literal["conflict"] = "conflict"


@dataclass(frozen=True)
class MissingItem:
    """A question that must be answered before the form can be sent, and the page it is on."""

    path: str
    page: int
    label: str
    sentence: str


@dataclass(frozen=True)
class ReviewLine:
    """A question and its answer, in words."""

    path: str
    label: str
    answers: list[str]
    kind: str
    level: int = 0


@dataclass(frozen=True)
class ReviewPage:
    """One page of the review, with the page's index for a link back."""

    index: int
    title: str
    lines: list[ReviewLine]


@dataclass(frozen=True)
class Review:
    """Everything that will be sent, and what is still missing."""

    assignment_id: str
    title: str
    pages: list[ReviewPage]
    missing: list[MissingItem]
    can_sign: bool
    why_not_sign: str
    signer_name: str
    capacity: str
    signature_sentence: str


@dataclass(frozen=True)
class Submitted:
    """The sheet is signed, frozen and on its way; no answer is taken any more."""

    assignment_id: str
    title: str
    submitted_at: str
    signed_as: str
    sha256: str


@dataclass(frozen=True)
class SignatureView:
    """A signature as staff read it."""

    name: str
    capacity: str
    signed_at: str
    sha256: str


@dataclass(frozen=True)
class ReadSection:
    """One page of a sheet that staff read."""

    title: str
    lines: list[ReviewLine]


@dataclass(frozen=True)
class ReadView:
    """A frozen sheet for staff. `is_intact` says that its fingerprint was computed again and agrees."""

    assignment_id: str
    title: str
    status: str
    client_id: str
    client_name: str
    sent_at: str
    started_at: str
    submitted_at: str
    submitted_by: str
    sections: list[ReadSection]
    signatures: list[SignatureView]
    sha256: str
    is_intact: bool


@dataclass(frozen=True)
class ArrivalView:
    """A form that came in, for Today. `can_read` is false for those who see the status only."""

    assignment_id: str
    title: str
    client_id: str
    client_name: str
    submitted_at: str
    submitted_by: str
    can_read: bool


@dataclass(frozen=True)
class Unsupported:
    """Something in an imported form that is kept but not acted upon: a code, a sentence, and where it occurs."""

    code: str
    sentence: str
    paths: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What an import brought in. `already_there` says that this very file was imported before."""

    form_id: str
    form_version_id: str
    title: str
    items: int
    pages: int
    unsupported: list[Unsupported]
    already_there: bool = False


AnswerValue = Annotated[StrictBool | StrictInt | StrictFloat | StrictStr, Field(union_mode="left_to_right")]


class AnswerOperation(BaseModel):
    """One answer on its way in: what the browser sends for every change.

    `value` is a list: empty to clear, several only for checkboxes; texts, numbers, true or false, values of options.
    `operation_id` is made once by the browser and repeated unchanged on every retry. Raises Invalid with a sentence for
    a value of the wrong shape or size, pydantic's ValidationError for the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: UUID
    path: StrictStr = Field(min_length=1, max_length=500)
    instance: StrictInt = Field(default=0, ge=0, le=0)
    base_revision: StrictInt = Field(ge=0, le=1_000_000)
    value: list[AnswerValue]

    @field_validator("value", mode="before")
    @classmethod
    def _of_sensible_size(cls, value: object) -> object:
        """Refuse what no answer looks like, in words, before it is looked at any closer."""
        if not isinstance(value, list):
            raise Invalid(words.NOT_AN_ANSWER)
        if len(value) > MAX_VALUES:
            raise Invalid(words.TOO_MANY_CHOICES)
        for part in value:
            _check_part(part)
        return value


def _check_part(part: object) -> None:
    if isinstance(part, bool):
        return
    if isinstance(part, str):
        if len(part) > MAX_TEXT:
            raise Invalid(words.text_too_long(MAX_TEXT))
        if "\x00" in part or any("\ud800" <= character <= "\udfff" for character in part):
            raise Invalid(words.STRANGE_CHARACTERS)
        return
    if not isinstance(part, int | float) or abs(part) > 1e15 or part != part:  # noqa: PLR0124 - NaN differs from itself
        raise Invalid(words.NOT_AN_ANSWER)
