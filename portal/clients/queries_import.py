"""Reading and writing clients by the thousand."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from portal.access.actor import PracticeAccess
from portal.clients.queries import in_reach
from portal.database import Work
from portal.models import Client, ClientTherapist, Membership, Organization

_BATCH = 200


async def lock_practice(work: Work, organization_id: UUID) -> None:
    """Let nobody else import into this practice until this unit ends: a double click would add everybody twice."""
    await work.exec(select(Organization.id).where(Organization.id == organization_id).with_for_update(key_share=True))


async def list_identities(work: Work, organization_id: UUID) -> list[tuple[str, date | None, str]]:
    """List name, date of birth and e-mail address of every client of a practice, archived ones too."""
    columns = (col(Client.given_name), col(Client.family_name), col(Client.birth_date), col(Client.email))
    query = select_columns(*columns).where(col(Client.organization_id) == organization_id)
    rows = (await (await work.plain()).execute(query)).all()
    return [(f"{given} {family}", born, email) for given, family, born, email in rows]


async def insert_clients(work: Work, clients: Sequence[dict[str, Any]], assigned: Sequence[dict[str, Any]]) -> None:
    """Write clients and their therapists."""
    for table, rows in ((Client, clients), (ClientTherapist, assigned)):
        for start in range(0, len(rows), _BATCH):
            await work.exec(insert(table), params=rows[start : start + _BATCH])


async def list_for_export(work: Work, access: PracticeAccess) -> Sequence[Client]:
    """List the clients in reach who are not archived, in order."""
    query = select(Client).where(in_reach(access), col(Client.archived_at).is_(None))
    return (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)))).all()


async def list_therapist_emails(work: Work, organization_id: UUID) -> Sequence[tuple[UUID, str]]:
    """List which client has which active therapist, by the therapist's e-mail address."""
    query = (
        select(ClientTherapist.client_id, Membership.email)
        .join(Membership, col(Membership.id) == col(ClientTherapist.membership_id))
        .where(ClientTherapist.organization_id == organization_id, col(Membership.deactivated_at).is_(None))
        .order_by(Membership.email)
    )
    return (await work.exec(query)).all()
