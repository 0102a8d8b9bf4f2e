"""What the browser may see of one client and the people around them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One choice. `chosen` marks what is chosen already, where several can be."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of the details."""

    label: str
    text: str


@dataclass(frozen=True)
class ConflictRow:
    """A field that somebody else changed meanwhile; `target` is the id of its input, `theirs` what is stored."""

    label: str
    sentence: str
    target: str
    theirs: str


@dataclass(frozen=True)
class Card:
    """The client as the page shows them. `view_as` is the address at which the reader views as them, or empty.

    `mail` says that mail to them does not arrive.
    """

    id: str = ""
    name: str = ""
    given_name: str = ""
    status: str = ""
    status_label: str = ""
    is_archived: bool = False
    mail: str = ""
    view_as: str = ""
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class FormRow:
    """One form that was sent about the client; `address` is empty where the answers cannot be read."""

    id: str
    title: str
    status: str
    detail: str
    is_late: bool
    address: str
    is_waiting: bool = False
    has_ended: bool = False
    revision: int = 0


@dataclass(frozen=True)
class FormStep:
    """One step in the life of a form: what, and who and when."""

    what: str
    detail: str


@dataclass(frozen=True)
class Signer:
    """Somebody who can be asked to sign a form; `name` is the field that is sent when they are ticked."""

    name: str
    label: str
    detail: str


@dataclass(frozen=True)
class Invited:
    """How somebody's newest invitation stands; `id` is empty for who was never invited."""

    id: str = ""
    label: str = ""
    detail: str = ""
    can_send_again: bool = False
    can_withdraw: bool = False


@dataclass(frozen=True)
class Preview:
    """What somebody would get; `problem` says why they cannot be invited, `whom` is empty while there is no preview."""

    whom: str = ""
    subject: str = ""
    before: str = ""
    button: str = ""
    after: str = ""
    until: str = ""
    forms: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class GrantRow:
    """One thing that somebody may do: what, since and until when, and why it does not hold today."""

    id: str
    label: str
    detail: str
    note: str
    reason: str
    basis: str
    first_day: str
    last_day: str
    can_change: bool
    change_name: str
    end_name: str
    end_text: str


@dataclass(frozen=True)
class Member:
    """A person in the contact network; `address` is that of their own record, where they are a client too.

    `seen` is what the form about them starts with, as text that is sent back. `view_as` as in Card.
    """

    id: str
    name: str
    relationship: str
    contact: str
    login: str
    address: str
    given_name: str
    family_name: str
    email: str
    phone: str
    seen: str
    others: bool
    grants: list[GrantRow]
    ended: list[GrantRow]
    invited: Invited
    remove_question: str
    view_as: str
    mail: str


@dataclass(frozen=True)
class Known:
    """Somebody whom the practice knows; `key` is sent back."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True)
class FeatureRow:
    """One switch. `detail` says how it stands, `reason` why one cannot move it oneself."""

    name: str
    label: str
    is_on: bool
    locked: bool
    detail: str
    reason: str


@dataclass(frozen=True)
class AskedSwitch:
    """A question before an address is shown; `step` is sent back with a yes."""

    name: str
    step: int
    title: str
    lines: list[str]


@dataclass(frozen=True)
class SwitchedRow:
    """What was just switched; `value` is what it was before."""

    name: str
    value: bool
    sentence: str
    count: int


NOTHING_ASKED = AskedSwitch("", 0, "", [])
NOTHING_SWITCHED = SwitchedRow("", False, "", 0)


@dataclass(frozen=True)
class Step:
    """One condition behind an answer."""

    passed: bool
    sentence: str


@dataclass(frozen=True)
class WhyRow:
    """One thing that somebody may or may not do, with every condition."""

    key: str
    label: str
    allowed: bool
    steps: list[Step]
