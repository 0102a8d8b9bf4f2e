"""The SELECTs of the settings page: everything at a glance, and who feels a change."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect
from sqlmodel import col, func, or_, select

from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.models import (
    AddOn,
    AppointmentRequest,
    ChargeState,
    Client,
    ClientRestriction,
    Contact,
    Grant,
    InsuranceProposal,
    JoinRequest,
    JoinStatus,
    Location,
    Membership,
    MessageThread,
    Organization,
    OrganizationSetting,
    ProposalStatus,
    RequestStatus,
    Subscription,
)
from portal.settings.catalog import SettingName


async def lock_overview(work: Work, organization_id: UUID) -> tuple[Organization, int, int]:
    """Find the practice and let nobody else change its settings until this unit ends.

    The numbers are of therapists with messaging and with self-scheduling.
    """
    query = select(Organization, _subscribed(AddOn.MESSAGING), _subscribed(AddOn.SELF_SCHEDULING))
    query = query.where(Organization.id == organization_id).with_for_update(of=Organization, key_share=True)
    practice, messaging, scheduling = (await work.exec(query)).one()
    return practice, messaging, scheduling


async def find_overview(work: Work, organization_id: UUID) -> Sequence[Any]:
    """Find the practice, its settings (one row each, at least one) and how many therapists have each add-on."""
    own_setting = col(OrganizationSetting.organization_id) == col(Organization.id)
    query = select(
        Organization, OrganizationSetting, _subscribed(AddOn.MESSAGING), _subscribed(AddOn.SELF_SCHEDULING)
    ).outerjoin(OrganizationSetting, own_setting)
    return (await work.exec(query.where(Organization.id == organization_id))).all()


def _subscribed(add_on: AddOn) -> ScalarSelect[Any]:
    """Count who has an add-on and can use it: they give care, and work here."""
    query = select(func.count(func.distinct(Subscription.membership_id))).join(
        Membership, col(Membership.id) == col(Subscription.membership_id)
    )
    return (
        query.where(
            col(Subscription.organization_id) == col(Organization.id),
            col(Subscription.add_on) == add_on,
            col(Subscription.ended_at).is_(None),
            col(Membership.deactivated_at).is_(None),
            col(Membership.role).in_(CARE_ROLES),
        )
        .correlate(Organization)
        .scalar_subquery()
    )


async def count_contacts_with_access(work: Work, organization_id: UUID, today: date) -> int:
    """Count the people in contact networks who have a login and a grant that holds today."""
    off = _off_for(organization_id, SettingName.CONTACT_ACCESS)
    query = select(func.count(func.distinct(Contact.id))).join(Grant, col(Grant.contact_id) == col(Contact.id))
    query = query.join(Client, col(Client.id) == col(Grant.client_id)).where(
        Contact.organization_id == organization_id,
        col(Contact.account_id).is_not(None),
        col(Contact.archived_at).is_(None),
        col(Client.archived_at).is_(None),
        col(Client.id).not_in(off),
        col(Grant.ended_at).is_(None),
        col(Grant.first_day) <= today,
        or_(col(Grant.last_day).is_(None), col(Grant.last_day) >= today),
    )
    return (await work.exec(query)).one()


async def find_hidden_addresses(work: Work, organization_id: UUID) -> tuple[int, list[str]]:
    """Count the clients from whom addresses are hidden at most, and list the addresses."""
    shown = _off_for(organization_id, SettingName.HIDE_LOCATION)
    clients = select(func.count(col(Client.id))).where(
        Client.organization_id == organization_id, col(Client.archived_at).is_(None), col(Client.id).not_in(shown)
    )
    query = select(clients.scalar_subquery(), Organization.id, Location.address).outerjoin(
        Location,
        (col(Location.organization_id) == col(Organization.id))
        & col(Location.archived_at).is_(None)
        & (col(Location.address) != ""),
    )
    rows = (await work.exec(query.where(Organization.id == organization_id).order_by(col(Location.name)))).all()
    return rows[0][0], [address for _, _, address in rows if address]


async def count_waiting_to_join(work: Work, organization_id: UUID) -> int:
    """Count the strangers who asked to join and wait for a decision."""
    query = select(func.count(col(JoinRequest.id))).where(
        JoinRequest.organization_id == organization_id, JoinRequest.status == JoinStatus.WAITING
    )
    return (await work.exec(query)).one()


async def count_clients_with_requests(work: Work, organization_id: UUID, now: datetime) -> int:
    """Count the clients who asked for an appointment that is still to come, and have no answer yet."""
    query = select(func.count(func.distinct(AppointmentRequest.client_id))).where(
        AppointmentRequest.organization_id == organization_id,
        AppointmentRequest.status == RequestStatus.REQUESTED,
        AppointmentRequest.starts_at > now,
    )
    return (await work.exec(query)).one()


async def count_clients_who_owe(work: Work, organization_id: UUID) -> int:
    """Count the clients who have something to pay, and may pay it in the portal until now."""
    off = _off_for(organization_id, SettingName.ONLINE_PAYMENTS)
    query = select(func.count(func.distinct(ChargeState.client_id))).where(
        ChargeState.organization_id == organization_id,
        col(ChargeState.is_open),
        col(ChargeState.client_id).not_in(off),
    )
    return (await work.exec(query)).one()


async def count_clients_in_conversation(work: Work, organization_id: UUID) -> int:
    """Count the clients about whom there is a conversation that can be read and written in until now."""
    off = _off_for(organization_id, SettingName.SECURE_MESSAGING)
    query = select(func.count(func.distinct(MessageThread.client_id))).where(
        MessageThread.organization_id == organization_id, col(MessageThread.client_id).not_in(off)
    )
    return (await work.exec(query)).one()


async def count_clients_with_proposals(work: Work, organization_id: UUID, *, unlisted: bool = False) -> int:
    """Count the clients whose insurance somebody asked to change; `unlisted` counts those who named a new payer."""
    query = select(func.count(func.distinct(InsuranceProposal.client_id))).where(
        InsuranceProposal.organization_id == organization_id, InsuranceProposal.status == ProposalStatus.WAITING
    )
    if unlisted:
        query = query.where(col(InsuranceProposal.payer_id).is_(None))
    return (await work.exec(query)).one()


def _off_for(organization_id: UUID, name: SettingName) -> Any:
    """Select the clients for whom a setting is off already."""
    return select(ClientRestriction.client_id).where(
        ClientRestriction.organization_id == organization_id, ClientRestriction.setting == name
    )
