"""The team of a practice, for its administrators. The use cases that belong to one person's work are beside this file.

Every function needs an access for StaffTask.TEAM, which administrators alone get.
"""

from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.access.permissions import CARE_ROLES
from portal.accounts.service_sessions import end_sessions_of
from portal.clients.rules import check_email
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.invitations import words as invitation_words
from portal.invitations.sending import Letter, send_letter
from portal.invitations.service import staff_invitation_status
from portal.kit.ids import new_id
from portal.kit.text import is_printable, tidy
from portal.models import AddOn, Membership, Role
from portal.practice import queries_team as queries
from portal.practice import words_team
from portal.practice.service_team_work import assign_clients, end_add_ons, set_subscription
from portal.practice.team import open_member, record, require_team
from portal.practice.views_team import AddOnSwitch, RoleChoice, StaffFields, TeamMember

__all__ = [
    "assign_clients",
    "change_role",
    "deactivate_member",
    "invite_staff",
    "list_roles",
    "list_team",
    "reactivate_member",
    "resend_staff_invitation",
    "set_subscription",
]


async def list_team(work: Work, access: PracticeAccess) -> list[TeamMember]:
    """List everybody on the team, active ones first, then by name. Four statements."""
    require_team(access)
    members = await queries.find_members(work, access.organization_id)
    running = {(row.membership_id, row.add_on) for row in await queries.list_running(work, access.organization_id)}
    clients = await queries.count_assigned(work, access.organization_id)
    waiting = [member.id for member in members if member.account_id is None]
    invitations = await staff_invitation_status(work, access.organization_id, waiting)
    views = [
        TeamMember(
            membership_id=str(member.id),
            name=member.name,
            email=member.email,
            role=member.role.value,
            role_label=words_team.ROLES[member.role],
            is_active=member.deactivated_at is None,
            has_joined=member.account_id is not None,
            is_self=member.id == access.membership_id,
            invitation=invitations[member.id].label if member.id in invitations else "",
            clients=clients.get(member.id, 0),
            add_ons=[_switch(member, add_on, (member.id, add_on) in running) for add_on in AddOn],
        )
        for member in members
    ]
    return sorted(views, key=lambda view: not view.is_active)


def list_roles() -> list[RoleChoice]:
    """List the roles that can be chosen, with what each may do."""
    return [RoleChoice(role.value, words_team.ROLES[role], words_team.ROLE_HELP[role]) for role in Role]


async def invite_staff(work: Work, access: PracticeAccess, *, fields: StaffFields) -> UUID:
    """Put somebody on the team and mail them an invitation; returns their membership's id.

    They can do nothing before they accept it. Raises Invalid for a bad name or address, Conflict for who is, or was,
    on the team with this address.
    """
    require_team(access)
    name, email = _check_name(fields.name), _check_email(fields.email)
    await queries.lock_team(work, access.organization_id)
    known = await queries.find_by_email(work, access.organization_id, email)
    if known is not None:
        told = words_team.ON_THE_TEAM if known.deactivated_at is None else words_team.WAS_ON_THE_TEAM
        raise Conflict(told.format(name=known.name))
    member = Membership(
        organization_id=access.organization_id,
        number=1 + await queries.last_number(work, access.organization_id),
        role=fields.role,
        name=name,
        email=email,
        created_at=work.now,
    )
    work.add(member)
    await work.flush()
    await _send(work, access, member)
    await record(work, access, "staff.invited", member, {"role": fields.role.value})
    return member.id


async def resend_staff_invitation(work: Work, access: PracticeAccess, *, membership_id: UUID) -> None:
    """Send an invitation again; the old link dies. Raises Conflict for who has joined, or is not active."""
    member = await open_member(work, access, membership_id)
    if member.account_id is not None:
        raise Conflict(words_team.HAS_JOINED.format(name=member.name))
    if member.deactivated_at is not None:
        raise Conflict(words_team.NOT_ACTIVE.format(name=member.name))
    await _send(work, access, member)
    await record(work, access, "invitation.sent_again", member, {})


async def change_role(work: Work, access: PracticeAccess, *, membership_id: UUID, role: Role) -> None:
    """Give a staff member another role, from their next click on.

    Who no longer gives care loses their add-ons, and may not have clients any more: Conflict while they do. Raises
    Conflict for the last administrator who can sign in.
    """
    member = await open_member(work, access, membership_id)
    if member.role is role:
        return
    if member.role is Role.ADMIN:
        await _keep_an_admin(work, member)
    if role not in CARE_ROLES:
        await _refuse_clients(work, member)
        await end_add_ons(work, access, member)
    before, member.role = member.role, role
    work.add(member)
    await work.flush()
    await record(work, access, "staff.role_changed", member, {"from": before.value, "to": role.value})


async def deactivate_member(work: Work, access: PracticeAccess, *, membership_id: UUID) -> None:
    """Close a staff member's access: every session of theirs ends now, their invitation and their add-ons too.

    Raises Invalid for oneself, Conflict for the last administrator. Closing again changes nothing. Clients stay
    assigned, so that it can be seen whose therapist is gone.
    """
    member = await open_member(work, access, membership_id)
    if member.id == access.membership_id:
        raise Invalid(words_team.NOT_YOURSELF)
    if member.deactivated_at is not None:
        return
    if member.role is Role.ADMIN:
        await _keep_an_admin(work, member)
    member.deactivated_at = work.now
    work.add(member)
    await work.flush()
    await end_add_ons(work, access, member)
    await queries.revoke_invitations(work, member)
    if member.account_id is not None:
        await end_sessions_of(work, member.account_id, because="staff_deactivated")
    await record(work, access, "staff.deactivated", member, {})


async def reactivate_member(work: Work, access: PracticeAccess, *, membership_id: UUID) -> None:
    """Let a staff member back in, with the role they had and without add-ons; who never joined is invited again."""
    member = await open_member(work, access, membership_id)
    if member.deactivated_at is None:
        return
    member.deactivated_at = None
    work.add(member)
    await work.flush()
    if member.account_id is None:
        await _send(work, access, member)
    await record(work, access, "staff.reactivated", member, {})


async def _send(work: Work, access: PracticeAccess, member: Membership) -> None:
    letter = Letter(
        given_name=member.name.split(" ")[0],
        email=member.email,
        message=invitation_words.STAFF_MESSAGE,
        operation_id=new_id(),
        membership_id=member.id,
    )
    await send_letter(work, access, letter)


async def _keep_an_admin(work: Work, member: Membership) -> None:
    if await queries.count_other_admins(work, member.organization_id, member.id) == 0:
        raise Conflict(words_team.LAST_ADMIN)


async def _refuse_clients(work: Work, member: Membership) -> None:
    count = (await queries.count_assigned(work, member.organization_id)).get(member.id, 0)
    if count:
        raise Conflict(words_team.HAS_CLIENTS.format(name=member.name, count=count))


def _switch(member: Membership, add_on: AddOn, is_on: bool) -> AddOnSwitch:
    reason = ""
    if member.deactivated_at is not None:
        reason = words_team.NOT_ACTIVE.format(name=member.name)
    elif member.role not in CARE_ROLES:
        reason = words_team.NO_CARE
    return AddOnSwitch(add_on.value, words_team.ADD_ONS[add_on], is_on, reason)


def _check_name(text: str) -> str:
    name = tidy(text)
    for holds, sentence in (
        (name, words_team.NAME_MISSING),
        (len(name) <= 120, words_team.NAME_LONG),
        (is_printable(name), words_team.NAME_ODD),
    ):
        if not holds:
            raise Invalid(sentence)
    return name


def _check_email(text: str) -> str:
    email = check_email(text)
    if not email:
        raise Invalid(words_team.EMAIL_MISSING)
    return email
