"""What the browser may see of a practice's team, and what it may send."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from portal.models import Role


class StaffFields(BaseModel):
    """What is typed about somebody who is to work in the practice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class AddOnSwitch:
    """An add-on of one staff member. `reason` says why it cannot be switched, and is empty otherwise."""

    add_on: str
    label: str
    is_on: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A staff member. `invitation` says how their invitation stands while they have not joined; empty afterwards.

    `is_self` marks whoever looks; `clients` counts those assigned.
    """

    membership_id: str
    name: str
    email: str
    role: str
    role_label: str
    is_active: bool
    has_joined: bool
    is_self: bool
    invitation: str
    clients: int
    add_ons: list[AddOnSwitch]


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that can be chosen, with what it may do."""

    role: str
    label: str
    help: str
