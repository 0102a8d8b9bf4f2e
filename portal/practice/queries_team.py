"""Every SELECT about a practice's team."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, func, select, update

from portal.accounts.rules import email_key
from portal.database import Work
from portal.models import (
    Account,
    AddOn,
    Client,
    ClientTherapist,
    Invitation,
    Membership,
    Organization,
    Role,
    Subscription,
)


async def lock_team(work: Work, organization_id: UUID) -> None:
    """Let nobody else change this practice's team until the unit ends: "the last one" needs a count that stands."""
    query = select(Organization.id).where(Organization.id == organization_id)
    await work.exec(query.with_for_update(key_share=True))


async def find_members(work: Work, organization_id: UUID) -> Sequence[Membership]:
    """List everybody who works in the practice or did, by name."""
    query = select(Membership).where(Membership.organization_id == organization_id)
    return (await work.exec(query.order_by(func.lower(Membership.name), col(Membership.id)))).all()


async def find_member(work: Work, organization_id: UUID, membership_id: UUID) -> Membership | None:
    """Find one staff member of the practice."""
    query = select(Membership).where(Membership.organization_id == organization_id, Membership.id == membership_id)
    return (await work.exec(query)).one_or_none()


async def find_by_email(work: Work, organization_id: UUID, email: str) -> Membership | None:
    """Find who has an e-mail address on the team, or signs in with it."""
    key = email_key(email)
    query: Any = (
        select(Membership, Account.email_key)
        .outerjoin(Account, col(Account.id) == col(Membership.account_id))
        .where(Membership.organization_id == organization_id)
    )
    members = (await work.exec(query)).all()
    return next((member for member, login in members if key in (email_key(member.email), login)), None)


async def last_number(work: Work, organization_id: UUID) -> int:
    """Return the highest number given to a staff member; the team has to be locked."""
    query = select(func.coalesce(func.max(Membership.number), 0))
    return (await work.exec(query.where(col(Membership.organization_id) == organization_id))).one()


async def count_other_admins(work: Work, organization_id: UUID, membership_id: UUID) -> int:
    """Count the other administrators who can sign in."""
    query = (
        select(func.count())
        .select_from(Membership)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            col(Membership.organization_id) == organization_id,
            col(Membership.id) != membership_id,
            col(Membership.role) == Role.ADMIN,
            col(Membership.deactivated_at).is_(None),
            col(Account.disabled_at).is_(None),
            col(Account.password_hash).is_not(None),
        )
    )
    return (await work.exec(query)).one()


async def list_running(work: Work, organization_id: UUID) -> Sequence[Subscription]:
    """List the add-ons that run now."""
    query = select(Subscription).where(
        Subscription.organization_id == organization_id, col(Subscription.ended_at).is_(None)
    )
    return (await work.exec(query)).all()


async def find_running(work: Work, member: Membership, add_on: AddOn) -> Sequence[Subscription]:
    """Find the running subscription of one staff member to one add-on."""
    query = select(Subscription).where(
        Subscription.membership_id == member.id,
        Subscription.add_on == add_on,
        col(Subscription.ended_at).is_(None),
    )
    return (await work.exec(query)).all()


async def count_assigned(work: Work, organization_id: UUID) -> dict[UUID, int]:
    """Count the clients of each staff member who are not archived."""
    query = (
        select(ClientTherapist.membership_id, func.count())
        .join(Client, col(Client.id) == col(ClientTherapist.client_id))
        .where(ClientTherapist.organization_id == organization_id, col(Client.archived_at).is_(None))
        .group_by(col(ClientTherapist.membership_id))
    )
    return dict((await work.exec(query)).all())


async def find_assigned(work: Work, member: Membership, client_ids: Collection[UUID] | None = None) -> Sequence[UUID]:
    """Find the clients of one staff member, all or those of a list."""
    query = select(ClientTherapist.client_id).where(ClientTherapist.membership_id == member.id)
    if client_ids is not None:
        query = query.where(col(ClientTherapist.client_id).in_(client_ids))
    return (await work.exec(query)).all()


async def find_clients(work: Work, organization_id: UUID, client_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these are clients of the practice."""
    query = select(Client.id).where(Client.organization_id == organization_id, col(Client.id).in_(client_ids))
    return set((await work.exec(query)).all())


async def remove_assigned(work: Work, member: Membership, client_ids: Collection[UUID]) -> None:
    """Take clients from a staff member."""
    query = delete(ClientTherapist).where(
        col(ClientTherapist.membership_id) == member.id, col(ClientTherapist.client_id).in_(client_ids)
    )
    await work.exec(query)


async def revoke_invitations(work: Work, member: Membership) -> None:
    """Withdraw every open invitation of a staff member."""
    query = update(Invitation).where(
        col(Invitation.organization_id) == member.organization_id,
        col(Invitation.membership_id) == member.id,
        col(Invitation.accepted_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.replaced_at).is_(None),
    )
    await work.exec(query.values(revoked_at=work.now))
