"""The SELECTs behind the question before a switch shows somebody an address."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, func, select

from portal.database import Work
from portal.models import Client, Contact, Grant, Location


async def list_names(work: Work, organization_id: UUID, client_ids: Collection[UUID]) -> list[str]:
    """List the names of some clients, in order."""
    query = select(Client.given_name, Client.family_name).where(
        Client.organization_id == organization_id, col(Client.id).in_(client_ids)
    )
    rows = (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)))).all()
    return [f"{given} {family}" for given, family in rows]


async def list_contact_names(work: Work, organization_id: UUID, client_ids: Collection[UUID], today: date) -> list[str]:
    """List who has a login, and today some access, in the contact networks of these clients."""
    query = (
        select(Contact.given_name, Contact.family_name)
        .distinct()
        .join(Grant, col(Grant.contact_id) == col(Contact.id))
        .where(
            Contact.organization_id == organization_id,
            col(Grant.client_id).in_(client_ids),
            col(Contact.account_id).is_not(None),
            col(Contact.archived_at).is_(None),
            col(Grant.ended_at).is_(None),
            col(Grant.first_day) <= today,
            or_(col(Grant.last_day).is_(None), col(Grant.last_day) >= today),
        )
    )
    rows = (await work.exec(query.order_by(Contact.given_name, Contact.family_name))).all()
    return [f"{given} {family}" for given, family in rows]


async def list_addresses(work: Work, organization_id: UUID) -> list[str]:
    """List the addresses of the practice's places."""
    query = select(Location.address).where(
        Location.organization_id == organization_id, col(Location.archived_at).is_(None), Location.address != ""
    )
    return list((await work.exec(query.order_by(func.lower(Location.name), col(Location.id)))).all())
