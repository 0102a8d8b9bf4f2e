"""What the browser may see of insurance: plain values, days as "2026-11-24" where they go into a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """One field of a policy, in words. `photo` is the address of a picture, where it is one."""

    field: str
    label: str
    text: str
    photo: str = ""


@dataclass(frozen=True)
class PolicyView:
    """One policy. `fields` is what a form that changes it starts with; `past` are its earlier versions, the last first.

    `waiting` says that a change of it waits for a decision.
    """

    id: str
    place: str
    number: int
    payer: str
    revision: int
    lines: list[Line]
    fields: Mapping[str, str]
    is_first: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class PastVersion:
    """What one change of a policy changed, when and by whom."""

    key: str
    told: str
    lines: list["ComparedLine"]


@dataclass(frozen=True)
class ComparedLine:
    """One field that is to change, or has changed.

    `before` is what it was, `now` what is on record where that is something else by now. `verdict` and `final` are what
    was decided, in words; they are empty before. `is_long`: it is a line of text that staff can write anew.
    """

    field: str
    label: str
    before: str
    after: str
    now: str = ""
    before_photo: str = ""
    after_photo: str = ""
    verdict: str = ""
    final: str = ""
    kind: str = "text"
    raw: str = ""


@dataclass(frozen=True)
class ProposalView:
    """A proposed change. `policy` is the revision of the policy that the lines were compared with, 0 for a new one."""

    id: str
    revision: int
    client_id: str
    client_name: str
    about: str
    told: str
    lines: list[ComparedLine] = field(default_factory=list)
    policy: int = 0
    is_waiting: bool = True
    is_stale: bool = False
    may_take_back: bool = False
    message: str = ""
    new_payer: str = ""
    place: str = "1"


@dataclass(frozen=True)
class QueueRow:
    """One proposal in the list of staff; nothing of what is in it."""

    id: str
    client: str
    about: str
    told: str


@dataclass(frozen=True)
class PayerRow:
    """One company on the practice's list."""

    id: str
    name: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Cards:
    """The photos that belong to a form; None where there is none."""

    front: UUID | None = None
    back: UUID | None = None


NO_CARDS = Cards()

NO_PROPOSAL = ProposalView("", 0, "", "", "", "")
