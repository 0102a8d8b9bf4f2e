"""What a practice offers and where: services with who gives them, locations, and who gives care."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlmodel import col, update
from sqlmodel import select as select_rows

from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.models import Location, Membership, Organization, Service, ServiceTherapist


@dataclass(frozen=True, slots=True)
class Known:
    """How many services a practice offers, whether one has a name already, and the practice's currency."""

    services: int
    same_name: bool
    currency: str


async def list_services(work: Work, organization_id: UUID) -> list[tuple[Service, list[str]]]:
    """List the services of a practice, each with the names of those who give it."""
    query: Any = (
        select(Service, col(Membership.name).label("name"))
        .outerjoin(ServiceTherapist, col(ServiceTherapist.service_id) == col(Service.id))
        .outerjoin(Membership, col(Membership.id) == col(ServiceTherapist.membership_id))
        .where(col(Service.organization_id) == organization_id, col(Service.archived_at).is_(None))
        .order_by(col(Service.name), col(Service.id), col(Membership.name))
    )
    rows = (await work.exec(query)).all()
    return [
        (service, [row.name for row in group if row.name])
        for service, group in groupby(rows, key=lambda row: row.Service)
    ]


async def list_locations(work: Work, organization_id: UUID) -> Sequence[Location]:
    """List the places of a practice that are in use."""
    query = select_rows(Location).where(
        Location.organization_id == organization_id, col(Location.archived_at).is_(None)
    )
    return (await work.exec(query.order_by(col(Location.name), col(Location.id)))).all()


async def list_therapists(work: Work, organization_id: UUID) -> Sequence[tuple[UUID, str]]:
    """List everybody who gives care."""
    query = select_rows(Membership.id, Membership.name).where(
        Membership.organization_id == organization_id,
        col(Membership.deactivated_at).is_(None),
        col(Membership.role).in_(sorted(CARE_ROLES)),
    )
    return (await work.exec(query.order_by(col(Membership.name), col(Membership.id)))).all()


async def count_offered(work: Work, organization_id: UUID, name: str) -> Known:
    """Count the services, and look for a name, in one statement."""
    running = [col(Service.organization_id) == organization_id, col(Service.archived_at).is_(None)]
    count = select(func.count()).select_from(Service).where(*running).scalar_subquery()
    same = exists().where(*running, col(Service.name) == name)
    query: Any = select(count, same, col(Organization.currency)).where(col(Organization.id) == organization_id)
    found = (await work.exec(query)).one()
    return Known(found[0], bool(found[1]), found[2])


async def archive(work: Work, table: type[Service] | type[Location], organization_id: UUID, row_id: UUID) -> bool:
    """Put a service or a location out of use; False when there is none, or it is already."""
    query = update(table).where(
        col(table.id) == row_id, col(table.organization_id) == organization_id, col(table.archived_at).is_(None)
    )
    return (await work.exec(query.values(archived_at=work.now))).rowcount == 1
