"""What bears on one person's access to one client, now: read in one go, decided upon in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.access.actor import Capability, StaffTask, Standing
from portal.access.words import WHAT
from portal.models import AddOn, Basis, Permission, Role
from portal.settings.catalog import SettingName
from portal.settings.effective import PracticeSettings, is_off_for_client


class Login(StrEnum):
    """Whether somebody can sign in."""

    ACTIVE = "active"
    NONE = "none"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """One grant as stored. `is_form_open` matters only where `assignment_id` narrows it to one form."""

    permission: Permission
    basis: Basis
    first_day: date
    last_day: date | None = None
    is_ended: bool = False
    is_renewed: bool = False
    assignment_id: UUID | None = None
    is_form_open: bool = False


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """The practice, as far as access goes."""

    organization_id: UUID
    slug: str
    name: str
    zone: str
    majority_age: int
    has_card_processing: bool


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """The client, as far as access goes. `add_ons` are those that an active therapist of this client has."""

    client_id: UUID
    given_name: str
    name: str
    birth_date: date | None
    is_archived: bool
    off: frozenset[SettingName]
    add_ons: frozenset[AddOn]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The person who stands before the client: in person, or as a contact with grants."""

    standing: Standing
    name: str
    login: Login
    contact_id: UUID | None = None
    relationship: str = ""
    is_contact_archived: bool = False
    grants: tuple[HeldGrant, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a `may_…` question looks at. `today` is the day in the practice's zone."""

    today: date
    practice: PracticeFacts
    settings: PracticeSettings
    client: ClientFacts
    person: PersonFacts

    def is_on(self, name: SettingName) -> bool:
        """Whether the practice has switched a setting on, and what it is part of."""
        return self.settings.is_on(name)

    def is_left_on(self, name: SettingName) -> bool:
        """Whether a setting is not switched off for this client."""
        return not is_off_for_client(self.client.off, name)

    def names(self, what: Capability) -> Mapping[str, str]:
        """The names that sentences about one capability are filled with."""
        own = self.person.standing is Standing.CLIENT
        client = self.client.name
        return {
            "practice": self.practice.name,
            "client": client,
            "person": self.person.name,
            "whose": "your" if own else f"{client}'s",
            "whom": "you" if own else client,
            "what": WHAT[what],
        }


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """A staff member before a task. `is_assigned` is None when the question is not about one client.

    `lacks_second_factor`: the practice asks its staff for one, and this person has none.
    """

    task: StaffTask
    role: Role
    name: str
    practice_name: str
    is_active: bool
    is_assigned: bool | None = None
    lacks_second_factor: bool = False

    def names(self) -> Mapping[str, str]:
        """The names that sentences are filled with."""
        return {"practice": self.practice_name, "person": self.name}
