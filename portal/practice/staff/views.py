"""What the browser may see of the team page."""

from dataclasses import dataclass

from portal.models import Role
from portal.practice.staff import words
from portal.practice.views_team import TeamMember


@dataclass(frozen=True)
class AddOnRow:
    """A switch for an add-on of one person; `id` is unique on the page."""

    id: str
    member: str
    add_on: str
    label: str
    whose: str
    is_on: bool


@dataclass(frozen=True)
class MemberRow:
    """Somebody on the team. `status` is empty for who has joined and may sign in. `about` is role and clients."""

    id: str
    name: str
    email: str
    role: str
    about: str
    status: str
    is_active: bool
    is_self: bool
    waits: bool
    add_ons: list[AddOnRow]


@dataclass(frozen=True)
class Asked:
    """Whose access is about to be closed; `id` is empty when nothing is asked."""

    id: str
    title: str
    lines: list[str]


NOTHING_ASKED = Asked("", "", [])


def member_row(view: TeamMember) -> MemberRow:
    """Turn a member of the team into a row; who gives no care has neither add-ons nor clients to show."""
    usable = [one for one in view.add_ons if not one.reason]
    shows_clients = bool(view.clients) or view.role == Role.THERAPIST
    return MemberRow(
        id=view.membership_id,
        name=view.name,
        email=view.email,
        role=view.role,
        about=f"{view.role_label} · {words.clients(view.clients)}" if shows_clients else view.role_label,
        status=_status(view),
        is_active=view.is_active,
        is_self=view.is_self,
        waits=view.is_active and not view.has_joined,
        add_ons=[
            AddOnRow(
                id=f"{one.add_on}-{view.membership_id}",
                member=view.membership_id,
                add_on=one.add_on,
                label=one.label,
                whose=f" for {view.name}",
                is_on=one.is_on,
            )
            for one in usable
        ],
    )


def _status(view: TeamMember) -> str:
    if not view.is_active:
        return words.CLOSED
    return words.YOU if view.is_self else view.invitation if not view.has_joined else ""
