"""What the browser may see of contact networks and grants, and what it may send: plain values, as in views.py."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from portal.clients.views import ContactFields, KnownKind
from portal.models import Basis


class GrantFields(BaseModel):
    """What is typed about grants. Days are "2026-06-30"; no first day means today, no last day means no end.

    Without a `basis` that of the preset counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    basis: Basis | None = None
    first_day: str = ""
    last_day: str = ""
    note: str = ""


class GrantState(StrEnum):
    """Where a grant stands today."""

    RUNNING = "running"
    NOT_YET = "not_yet"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class GrantView:
    """One thing that a contact may do. `last_day` is empty without an end; `one_form` marks a grant for one form.

    `ends_with_age` is the birthday on which it ends by itself, or empty. `reason` says why it is over, or not yet.
    """

    id: str
    permission: str
    label: str
    basis: str
    basis_label: str
    first_day: str
    last_day: str
    note: str
    one_form: bool
    state: GrantState
    reason: str
    ends_with_age: str


@dataclass(frozen=True, slots=True)
class NetworkMember:
    """A person in a client's contact network. `client_id` is set when they are a client too, and in reach.

    `mail_fails` says why mail to them does not arrive, and is empty while it does.
    """

    contact_id: str
    name: str
    relationship: str
    fields: ContactFields
    has_login: bool
    is_client: bool
    client_id: str
    other_clients: int
    mail_fails: str
    grants: list[GrantView]


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody in a client's contact network. `access_off` says why no contact gets in at all, or is empty."""

    client_id: str
    client_name: str
    access_off: str
    members: list[NetworkMember]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the practice knows and who can be added to a network. Send `kind` and `id` back."""

    kind: KnownKind
    id: str
    name: str
    email: str


class Preset(StrEnum):
    """Sets of grants that are often right."""

    PARENT = "parent"
    PAYER = "payer"
    SCHEDULER = "scheduler"
    CASEWORKER = "caseworker"


@dataclass(frozen=True, slots=True)
class PresetView:
    """A set of grants that is often right, with which a form can start."""

    preset: Preset
    label: str
    help: str
    permissions: list[str]
    basis: str


@dataclass(frozen=True, slots=True)
class GrantsGiven:
    """What was given, and what the contact held already, which stays as it was."""

    given: list[str]
    already: list[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class AccessHolder:
    """Somebody who can do something for a client, or will, as the client sees it."""

    contact_id: str
    name: str
    relationship: str
    grants: list[GrantView]
