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


class Sight(StrEnum):
    """What is in sight without a switch: one's own appointments, the forms that were signed, who sees the record."""

    APPOINTMENTS = "appointments"
    SIGNED_FORMS = "signed_forms"
    OWN_RECORD = "own_record"


Capability = Permission | Sight


class Scope(StrEnum):
    """How far a staff task reaches: which clients, and where the table of product.md narrows it, which part of them."""

    ALL = "all"
    ASSIGNED = "assigned"
    STATUS_ONLY = "status_only"
    CONTACT_DATA_AND_MONEY = "contact_data_and_money"
    CONTACT_DATA_AND_APPOINTMENTS = "contact_data_and_appointments"
    OWN = "own"
    DATES_AND_SERVICES = "dates_and_services"
    ON_BEHALF = "on_behalf"
    BALANCE_OF_ASSIGNED = "balance_of_assigned"
    OWN_THREADS = "own_threads"

    @property
    def only_assigned(self) -> bool:
        """Whether only clients whose therapist one is may be reached."""
        return self in _ONLY_ASSIGNED


_ONLY_ASSIGNED = frozenset({Scope.ASSIGNED, Scope.OWN, Scope.BALANCE_OF_ASSIGNED})


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
    INSURANCE_REVIEW = "insurance_review"
    MESSAGES = "messages"
    VIEW_AS = "view_as"


@dataclass(frozen=True, slots=True)
class Person:
    """The human behind a live session. `touched_at` is the session's, so that the guard need not read it again.

    `stepped_up_at` is when they last gave their password in this session, and the code where they have a second factor.
    """

    account_id: UUID
    session_id: UUID
    name: str
    email: str
    touched_at: datetime | None = None
    stepped_up_at: datetime | None = None
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """A named job of the portal itself."""

    name: str


Actor = Person | System


NOBODY = UUID(int=0)
"""No login has this id."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """Whose eyes a staff member looks through: a contact's, or the client's own when `contact_id` is None.

    `account_id` is that person's login: what is theirs alone is found by it. NOBODY for who has none, and sees nothing.
    """

    organization_id: UUID
    client_id: UUID
    contact_id: UUID | None
    account_id: UUID
    name: str


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
    `adds_payers` says whether they may propose an insurance company that is not on the practice's list, `sees_services`
    whether they may read, beside what is owed, for what: who sees the appointments does, who may only pay does not.
    `gets_superbill` says whether they may take a superbill, which names the diagnosis.
    `viewing` is set when `actor` is a staff member who looks at what that person may see: then nothing is written but
    that they looked, and what is the actor's own is not what the person would see.
    """

    actor: Person
    organization_id: UUID
    client_id: UUID
    permission: Capability
    standing: Standing
    contact_id: UUID | None
    relationship: str
    client_name: str
    practice_name: str
    zone: str
    now: datetime
    only_assignments: frozenset[UUID] | None = None
    viewing: Viewing | None = None
    adds_payers: bool = False
    sees_services: bool = False
    gets_superbill: bool = False

    @property
    def eyes(self) -> UUID:
        """The login by which what belongs to one person alone is found: the actor's, or theirs who is viewed as."""
        return self.viewing.account_id if self.viewing else self.actor.account_id

    @property
    def today(self) -> date:
        """The calendar day in the practice's zone."""
        return today_in(self.zone, self.now)

    def reaches(self, assignment_id: UUID) -> bool:
        """Whether this access covers one form: any form of the client, or the one somebody was named to sign."""
        return self.only_assignments is None or assignment_id in self.only_assignments


@dataclass(frozen=True, slots=True)
class PracticeAccess:
    """Proof that a staff member may do one task in one practice, now, and how far it reaches. Made by access.gate.

    Where `scope.only_assigned` every query narrows to clients whose therapist is `membership_id`. `client_id` is set
    when the gate was asked about one client, and has been checked against the scope.
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
