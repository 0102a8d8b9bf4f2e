"""Who is acting, and the proof of access that services take instead of bare ids."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from portal.kit.clock import today_in
from portal.models import Permission, Role


class Standing(StrEnum):
    """As what somebody stands before a client."""

    CLIENT = "client"
    CONTACT = "contact"


class Scope(StrEnum):
    """How far a staff task reaches."""

    ALL = "all"
    ASSIGNED = "assigned"
    STATUS_ONLY = "status_only"


class StaffTask(StrEnum):
    """The rows of the staff table: what a staff member may be allowed to do."""

    TODAY = "today"
    SETTINGS = "settings"
    TEAM = "team"
    AUDIT = "audit"
    SEE_CLIENTS = "see_clients"
    EDIT_CLIENTS = "edit_clients"
    SEND_FORMS = "send_forms"
    READ_ANSWERS = "read_answers"
    APPOINTMENTS = "appointments"
    DECIDE_REQUESTS = "decide_requests"
    MONEY = "money"
    MESSAGES = "messages"
    VIEW_AS = "view_as"


@dataclass(frozen=True, slots=True)
class Person:
    """The human behind a live session."""

    account_id: UUID
    session_id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class System:
    """A named job of the portal itself."""

    name: str


Actor = Person | System


@dataclass(frozen=True, slots=True)
class AccountAccess:
    """Proof of a live session; for what belongs to the login itself."""

    actor: Person
    now: datetime


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """Proof that a client or a contact may use one permission for one client, now. Made by access.gate alone.

    `only_assignments` is None for a full grant; a contact who is merely named as signer holds the listed forms only.
    `relationship` ("mother") and `contact_id` come from the contact network, empty for the client in person.
    """

    actor: Person
    organization_id: UUID
    client_id: UUID
    permission: Permission
    standing: Standing
    contact_id: UUID | None
    relationship: str
    client_name: str
    practice_name: str
    zone: str
    now: datetime
    only_assignments: frozenset[UUID] | None = None

    @property
    def today(self) -> date:
        """The calendar day in the practice's zone."""
        return today_in(self.zone, self.now)


@dataclass(frozen=True, slots=True)
class PracticeAccess:
    """Proof that a staff member may do one task in one practice, now, and how far it reaches. Made by access.gate.

    With scope ASSIGNED every query narrows to clients whose therapist is `membership_id`. `client_id` is set when the
    gate was asked about one client, and has been checked against the scope.
    """

    actor: Person
    organization_id: UUID
    membership_id: UUID
    role: Role
    task: StaffTask
    scope: Scope
    practice_name: str
    zone: str
    now: datetime
    client_id: UUID | None = None

    @property
    def today(self) -> date:
        """The calendar day in the practice's zone."""
        return today_in(self.zone, self.now)
