"""What the browser may see of forms, and what it may send: plain values only, ids and times as text.

Everything here turns into JSON as it stands. Times are ISO 8601 in UTC, days are "2026-11-24". An answer is a list of
FHIR answer values such as {"valueString": "…"}, empty when there is none.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from portal.intake.operations import AnswerOperation as AnswerOperation  # noqa: PLC0414 - passed on to callers
from portal.intake.remark_views import RemarkView

Value = dict[str, Any]
Kind = Literal[
    "group",
    "display",
    "string",
    "text",
    "boolean",
    "date",
    "date-time",
    "time",
    "integer",
    "decimal",
    "url",
    "choice",
    "quantity",
    "attachment",
    "reference",
    "note",
    "fixed",
]


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
    """One answer to choose: send `value` back as it stands."""

    value: Value
    label: str


@dataclass(frozen=True)
class ItemView:
    """One line of a page; `items` are those nested under it.

    `kind` "group" is a heading, "display" a text, "fixed" a question that the portal answers (SheetView.fixed), "note"
    one that cannot be answered here. `control` is "radio", "select" or "checkbox" where the form asks for one, "" to
    choose by the number of options; with `is_open` other words are an answer too. `repeats`: several answers; of a
    group, several instances, of which this is the first. `conditional`: shown only if the server says so. `minimum` and
    `maximum` are dates or numbers as text, "" for none; `max_length`, `fewest`, `most` 0 for none.
    """

    path: str
    kind: Kind
    text: str
    prefix: str = ""
    help: str = ""
    unit: str = ""
    required: bool = False
    repeats: bool = False
    control: str = ""
    options: list[OptionView] = field(default_factory=list)
    is_open: bool = False
    units: list[str] = field(default_factory=list)
    max_length: int = 0
    min_length: int = 0
    pattern: str = ""
    fewest: int = 0
    most: int = 0
    minimum: str = ""
    maximum: str = ""
    conditional: bool = False
    items: list["ItemView"] = field(default_factory=list)


@dataclass(frozen=True)
class PageView:
    """One page of a form. `path` is its group's; "" for loose questions that stand between groups."""

    index: int
    path: str
    title: str
    items: list[ItemView]


@dataclass(frozen=True)
class AnswerView:
    """The answer that stands now. Send `revision` as the base of the next one; 0 while nothing was ever stored."""

    path: str
    value: list[Value]
    revision: int
    instance: int = 0


@dataclass(frozen=True)
class SheetView:
    """A whole answer sheet; answers are taken while `editable`.

    `hidden` are the paths of all items that do not apply at present; `fixed` what stands in questions of that kind, in
    words. A path in a repeated group carries the instance (fhir.repeating). `first_unanswered` is
    the index (PageView.index) of the page to resume on. `intent` is what the person agrees to by signing, `capacity`
    as what they sign ("mother, on behalf of Milo Park"). `why_not_sign` is empty when `can_sign`.
    """

    id: str
    title: str
    status: str
    started: bool
    editable: bool
    due_on: str
    revision: int
    client_name: str
    practice_name: str
    pages: list[PageView]
    answers: list[AnswerView]
    fixed: dict[str, str]
    hidden: list[str]
    first_unanswered: int
    progress: Progress
    can_sign: bool
    why_not_sign: str
    signer_name: str
    capacity: str
    intent: str
    submitted_at: str
    remarks: list[RemarkView] = field(default_factory=list)


@dataclass(frozen=True)
class Saved:
    """An answer is in the database once the unit is committed. `shown` and `hidden` name what this answer changed."""

    operation_id: str
    path: str
    revision: int
    saved_at: str
    shown: list[str]
    hidden: list[str]
    progress: Progress
    outcome: Literal["saved"] = "saved"


@dataclass(frozen=True)
class AnswerConflict:
    """Somebody, or another tab, changed this answer first; nothing was overwritten.

    `mine` is what was sent, `theirs` what is stored; `own` says that it was the same person elsewhere. To keep mine,
    send it again with a new operation id and `revision` as the base.
    """

    operation_id: str
    path: str
    label: str
    mine: list[Value]
    theirs: list[Value]
    mine_text: str
    theirs_text: str
    author: str
    own: bool
    revision: int
    at: str
    outcome: Literal["conflict"] = "conflict"


@dataclass(frozen=True)
class MissingItem:
    """A question that must be answered before the form can be sent, and the index of its page."""

    path: str
    page: int
    label: str
    sentence: str


@dataclass(frozen=True)
class Review:
    """What is still missing; the sheet can be signed when nothing is."""

    assignment_id: str
    missing: list[MissingItem]
    progress: Progress


@dataclass(frozen=True)
class Submitted:
    """The sheet is signed, frozen and on its way; no answer is taken any more."""

    assignment_id: str
    title: str
    submitted_at: str
    signed_as: str
    sha256: str


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
    """Something of an imported form that is kept but not acted upon, with the linkIds where it occurs."""

    code: str
    name: str
    sentence: str
    paths: tuple[str, ...]


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
