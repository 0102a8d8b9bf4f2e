"""Who can be written to about a client."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from portal.database import Work
from portal.messaging.queries import is_within_reach
from portal.models import Client, ClientTherapist, Contact, ContactLink, Membership, Organization


async def list_therapists(
    work: Work, organization_id: UUID, client_id: UUID, membership_ids: Collection[UUID] | None = None
) -> Sequence[Membership]:
    """List the therapists of a client who can be written to, all or some of them, by name. One statement."""
    query = (
        select(Membership)
        .join(ClientTherapist, col(ClientTherapist.membership_id) == col(Membership.id))
        .join(Client, col(Client.id) == col(ClientTherapist.client_id))
        .where(
            Client.id == client_id,
            Client.organization_id == organization_id,
            col(Client.archived_at).is_(None),
            is_within_reach(work.now),
        )
        .order_by(col(Membership.name), col(Membership.id))
    )
    if membership_ids is not None:
        query = query.where(col(Membership.id).in_(membership_ids))
    return (await work.exec(query)).all()


async def list_network(work: Work, organization_id: UUID, client_id: UUID) -> Sequence[Any]:
    """List a client's contacts with what they are to the client. One statement."""
    query = (
        select(Contact, ContactLink.relationship)
        .join(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .where(ContactLink.client_id == client_id, ContactLink.organization_id == organization_id)
        .order_by(col(Contact.family_name), col(Contact.given_name), col(Contact.id))
    )
    return list((await work.exec(query)).all())


async def find_client_of(
    work: Work, organization_id: UUID, membership_id: UUID, client_id: UUID
) -> tuple[Client, str] | None:
    """Find a client whose therapist a member of staff is, and when the practice answers. One statement."""
    query = (
        select(Client, Organization.answering_hours)
        .join(ClientTherapist, col(ClientTherapist.client_id) == col(Client.id))
        .join(Organization, col(Organization.id) == col(Client.organization_id))
        .where(
            Client.id == client_id,
            Client.organization_id == organization_id,
            ClientTherapist.membership_id == membership_id,
        )
    )
    row = (await work.exec(query)).first()
    return (row[0], row[1] or "") if row else None


async def find_hours(work: Work, organization_id: UUID) -> str:
    """Find when a practice answers messages; an empty text when it does not say. One statement."""
    query = select(Organization.answering_hours).where(Organization.id == organization_id)
    return (await work.exec(query)).one() or ""


async def find_slug(work: Work, organization_id: UUID) -> str:
    """Find the short name of a practice. One statement."""
    return (await work.exec(select(Organization.slug).where(Organization.id == organization_id))).one()
