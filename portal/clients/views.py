"""What the browser may see of clients, and what it may send: plain values, ids and days as text ("2026-11-24")."""

from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class ClientStatus(StrEnum):
    """How far a client has come towards the portal."""

    NO_EMAIL = "no_email"
    NOT_INVITED = "not_invited"
    INVITED = "invited"
    ACTIVE = "active"
    ARCHIVED = "archived"


class SwitchState(StrEnum):
    """Whether a setting works for one client. What is unavailable has a reason, and cannot be switched."""

    ON = "on"
    OFF = "off"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Switch:
    """One setting for one client. `reason` says why it is unavailable, and is empty otherwise."""

    setting: str
    label: str
    state: SwitchState
    reason: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client in Manage Clients. `switches` is by name of setting; `therapists` is empty where the role hides it.

    `mail_fails` says why mail to them does not arrive, and is empty while it does.
    """

    id: str
    name: str
    email: str
    phone: str
    status: ClientStatus
    status_label: str
    therapists: list[str]
    switches: dict[str, Switch]
    contacts: int
    mail_fails: str


@dataclass(frozen=True, slots=True)
class ClientPage:
    """A page of clients. `after` asks for the next one, and is empty at the end."""

    rows: list[ClientRow]
    after: str


@dataclass(frozen=True, slots=True)
class TherapistChoice:
    """Somebody who can be assigned to clients. `id` is the membership's."""

    id: str
    name: str


class ClientFields(BaseModel):
    """What is typed about a client. `birth_date` is "2010-05-31" or empty; e-mail and phone may be empty too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    given_name: str
    family_name: str
    birth_date: str = ""
    email: str = ""
    phone: str = ""


class ContactFields(BaseModel):
    """What is typed about a person in a contact network."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ClientView:
    """One client, for the client page. `fields` is what the form starts with, and is sent back as `seen`.

    `mail_fails` as in ClientRow.
    """

    id: str
    name: str
    status: ClientStatus
    status_label: str
    fields: ClientFields
    age: int | None
    is_of_age: bool
    therapists: list[TherapistChoice]
    switches: dict[str, Switch]
    mail_fails: str


class KnownKind(StrEnum):
    """As what the practice knows somebody."""

    CONTACT = "contact"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody who may be the same person. `name` is empty where the reader may not know who it is."""

    kind: KnownKind
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LooksLike:
    """Nothing was written: somebody has to decide. Sending the ids again as `despite` goes on all the same."""

    people: list[Lookalike]


@dataclass(frozen=True, slots=True)
class Added:
    """A client or a contact was added."""

    id: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The changes are kept. `changed` names the fields that were changed."""

    changed: list[str]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that somebody else changed meanwhile. `seen` stood there when the form was opened."""

    field: str
    label: str
    seen: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class EditConflict:
    """Nothing was written. Send again with `current` as `seen`, and for each field the text that is right."""

    fields: list[FieldConflict]
    current: ClientFields | ContactFields


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be imported: in which column, as the file calls it, what it says, and what to do."""

    column: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a file that cannot be imported. `line` is its line in the file, the header being line 1.

    `cells` names the columns where the fault lies in some; `reason` says the same in one go.
    """

    line: int
    reason: str
    cells: list[BadCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """A row that looks like a client who is there, or like an earlier row."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file holds, and how many of its rows were imported.

    Every row is `good`, bad or a duplicate. The first 500 bad ones and duplicates are named.
    """

    rows: int
    good: int
    imported: int
    bad_count: int
    duplicate_count: int
    bad: list[BadRow]
    duplicates: list[DuplicateRow]
    ignored_columns: list[str]


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One condition, passed or not."""

    passed: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class WhyCapability:
    """One thing that a person may or may not do, with every step."""

    capability: str
    label: str
    allowed: bool
    steps: list[WhyStep]


@dataclass(frozen=True, slots=True)
class WhyView:
    """The answer to Why? for one person before one client."""

    client_name: str
    person_name: str
    capabilities: list[WhyCapability]
