"""Finding clients, always within the practice and the scope of whoever asks, and those whose open pages change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, union
from sqlmodel import col, delete, select

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients import words
from portal.clients.plans import unindexed
from portal.clients.rules import region_of
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.models import (
    Client,
    ClientRestriction,
    ClientTherapist,
    Contact,
    ContactLink,
    Membership,
    Organization,
    OrganizationSetting,
)
from portal.settings.effective import PracticeSettings, settings_from


@dataclass(frozen=True, slots=True)
class Practice:
    """What lists and checks need to know of the practice."""

    name: str
    slug: str
    zone: str
    region: str
    majority_age: int
    has_card_processing: bool
    settings: PracticeSettings


def require(access: PracticeAccess, *tasks: StaffTask) -> None:
    """Refuse an access that was opened for something else."""
    if access.task not in tasks:
        raise NotPermitted(words.OPEN_THE_CLIENT)


def in_reach(access: PracticeAccess, *, is_gathered: bool = False) -> ColumnElement[bool]:
    """The clients of this practice that this access reaches: all, or those assigned to the staff member.

    `is_gathered` says that few clients are picked out by another condition already.
    """
    practice = col(Client.organization_id)
    here = (unindexed(practice) if is_gathered else practice) == access.organization_id
    if not access.scope.only_assigned:
        return here
    return here & is_assigned(access.membership_id)


def is_assigned(membership_id: UUID) -> ColumnElement[bool]:
    """The clients of one therapist."""
    row = exists().where(
        col(ClientTherapist.client_id) == col(Client.id), col(ClientTherapist.membership_id) == membership_id
    )
    return row.correlate(Client)


async def find_client(work: Work, access: PracticeAccess, *, lock: bool = False) -> Client:
    """Find the client that this access was opened for; raises NotFound when there is none, or out of reach."""
    return await find_client_by_id(work, access, access.client_id, lock=lock)


async def find_client_by_id(
    work: Work, access: PracticeAccess, client_id: UUID | None, *, lock: bool = False
) -> Client:
    """Find a client within reach; raises NotFound otherwise. `lock` keeps others from changing the row meanwhile."""
    query = select(Client).where(col(Client.id) == client_id, in_reach(access))
    client = (await work.exec(query.with_for_update(key_share=True) if lock else query)).one_or_none()
    if client is None:
        raise NotFound
    return client


async def find_practice(work: Work, organization_id: UUID) -> Practice:
    """Find the practice with its settings, in one statement."""
    query = (
        select(Organization, OrganizationSetting.name, OrganizationSetting.value)
        .outerjoin(OrganizationSetting, col(OrganizationSetting.organization_id) == col(Organization.id))
        .where(Organization.id == organization_id)
    )
    rows = (await work.exec(query)).all()
    if not rows:
        raise NotFound
    practice = rows[0][0]
    return Practice(
        name=practice.name,
        slug=practice.slug,
        zone=practice.zone,
        region=region_of(practice.phone),
        majority_age=practice.majority_age,
        has_card_processing=practice.card_processing_connected_at is not None,
        settings=settings_from((name, value) for _, name, value in rows if name is not None),
    )


async def find_client_with_switches(work: Work, access: PracticeAccess) -> tuple[Client, list[str]]:
    """Find the client of this access, and the names of the settings that are off for them, in one statement."""
    query = (
        select(Client, ClientRestriction.setting)
        .outerjoin(ClientRestriction, col(ClientRestriction.client_id) == col(Client.id))
        .where(col(Client.id) == access.client_id, in_reach(access))
    )
    rows = (await work.exec(query)).all()
    if not rows:
        raise NotFound
    return rows[0][0], [setting for _, setting in rows if setting is not None]


async def find_therapists(work: Work, organization_id: UUID, client_id: UUID) -> Sequence[Membership]:
    """Find the therapists of one client, by name."""
    query = (
        select(Membership)
        .join(ClientTherapist, col(ClientTherapist.membership_id) == col(Membership.id))
        .where(Membership.organization_id == organization_id, ClientTherapist.client_id == client_id)
        .order_by(func.lower(Membership.name), col(Membership.id))
    )
    return (await work.exec(query)).all()


async def find_members(work: Work, organization_id: UUID) -> Sequence[Membership]:
    """Find the active staff of a practice, by name."""
    query = (
        select(Membership)
        .where(Membership.organization_id == organization_id, col(Membership.deactivated_at).is_(None))
        .order_by(func.lower(Membership.name), col(Membership.id))
    )
    return (await work.exec(query)).all()


async def remove_therapists(work: Work, organization_id: UUID, client_id: UUID, membership_ids: Iterable[UUID]) -> None:
    """Take a client from therapists."""
    query = delete(ClientTherapist).where(
        col(ClientTherapist.organization_id) == organization_id,
        col(ClientTherapist.client_id) == client_id,
        col(ClientTherapist.membership_id).in_(list(membership_ids)),
    )
    await work.exec(query)


async def tell_people(work: Work, organization_id: UUID, client_ids: Sequence[UUID]) -> None:
    """Ask for the open pages about these clients, and of everybody who acts for them, to load again."""
    for client_id in client_ids:
        work.tell(f"client:{client_id}")
    own = select(col(Client.account_id)).where(
        Client.organization_id == organization_id, col(Client.id).in_(client_ids)
    )
    others = (
        select(col(Contact.account_id))
        .join(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .where(ContactLink.organization_id == organization_id, col(ContactLink.client_id).in_(client_ids))
    )
    accounts = (await (await work.plain()).execute(union(own, others))).scalars()
    for account_id in accounts:
        if account_id is not None:
            work.tell(f"account:{account_id}")
