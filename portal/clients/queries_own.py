"""What a client asks about their own record."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, func, select

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import NotFound
from portal.models import Client, Contact, ContactLink


async def find_own(work: Work, access: ClientAccess, *, lock: bool) -> Client:
    """Find the client whom this access is for."""
    query = select(Client).where(Client.organization_id == access.organization_id, Client.id == access.client_id)
    client = (await work.exec(query.with_for_update(key_share=True) if lock else query)).one_or_none()
    if client is None:
        raise NotFound
    return client


async def list_holders(work: Work, organization_id: UUID, client_id: UUID) -> Sequence[tuple[Contact, str]]:
    """List the contacts in a client's network with what they are to the client, by name."""
    query = (
        select(Contact, ContactLink.relationship)
        .join(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .where(
            ContactLink.organization_id == organization_id,
            ContactLink.client_id == client_id,
            col(Contact.archived_at).is_(None),
        )
        .order_by(func.lower(Contact.family_name), func.lower(Contact.given_name), col(Contact.id))
    )
    return (await work.exec(query)).all()
