"""Who comes of age, and whom to tell."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, exists, func, select

from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.models import AuditEvent, Basis, Client, ClientTherapist, Contact, Grant, Membership, Organization, Role


async def list_practices(work: Work) -> Sequence[UUID]:
    """List every practice."""
    return (await work.exec(select(Organization.id).order_by(col(Organization.id)))).all()


async def list_born_between(work: Work, organization_id: UUID, first: date, last: date) -> Sequence[Client]:
    """List clients born between two days for whom somebody acts as parent or guardian.

    Their rows are locked: a second worker that does the same waits, and then finds it done.
    """
    acted_for = exists().where(
        col(Grant.client_id) == col(Client.id),
        col(Grant.basis).in_([Basis.PARENT, Basis.LEGAL_GUARDIAN]),
        col(Grant.ended_at).is_(None),
        col(Grant.renewed_at).is_(None),
    )
    query = select(Client).where(
        Client.organization_id == organization_id,
        col(Client.birth_date).between(first, last),
        col(Client.archived_at).is_(None),
        acted_for.correlate(Client),
    )
    locked = query.order_by(col(Client.id)).with_for_update(of=Client, key_share=True)
    return (await work.exec(locked)).all()


async def list_contacts(work: Work, organization_id: UUID, ids: Sequence[UUID]) -> Sequence[Contact]:
    """List some contacts who can be written to."""
    query = select(Contact).where(
        Contact.organization_id == organization_id,
        col(Contact.id).in_(ids),
        col(Contact.archived_at).is_(None),
        Contact.email != "",
    )
    return (await work.exec(query.order_by(col(Contact.id)))).all()


async def list_responsible(work: Work, organization_id: UUID, client_id: UUID) -> Sequence[Membership]:
    """List the client's active therapists, or the practice's administrators where there are none."""
    active = select(Membership).where(
        Membership.organization_id == organization_id, col(Membership.deactivated_at).is_(None)
    )
    assigned = active.join(ClientTherapist, col(ClientTherapist.membership_id) == col(Membership.id)).where(
        ClientTherapist.client_id == client_id, col(Membership.role).in_(sorted(CARE_ROLES))
    )
    found = (await work.exec(assigned.order_by(col(Membership.id)))).all()
    return found or (await work.exec(active.where(Membership.role == Role.ADMIN).order_by(col(Membership.id)))).all()


async def is_recorded(work: Work, organization_id: UUID, client_id: UUID, action: str) -> bool:
    """Whether the practice's chain has such an event about a client."""
    query = (
        select(func.count())
        .select_from(AuditEvent)
        .where(
            AuditEvent.organization_id == organization_id,
            AuditEvent.client_id == client_id,
            AuditEvent.action == action,
        )
    )
    return (await work.exec(query)).one() > 0
