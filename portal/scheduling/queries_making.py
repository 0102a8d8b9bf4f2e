"""What staff need to make an appointment: therapist, service and place of their practice, and clients in reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from portal.access.actor import PracticeAccess
from portal.access.permissions import CARE_ROLES
from portal.clients.queries_search import count_matches, found_by
from portal.database import Work
from portal.errors import NotFound
from portal.models import Client, ClientTherapist, Location, Membership, Organization, Service, ServiceTherapist
from portal.scheduling.queries_staff import is_own_only
from portal.scheduling.telling import Spot
from portal.scheduling.words import about

FOUND = 8
"""How many clients one search shows."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Who gives what where. `zone` is the clock that counts there."""

    therapist: Membership
    service: Service
    place: Spot
    zone: str


async def find_parts(
    work: Work, access: PracticeAccess, membership_id: UUID, service_id: UUID, location_id: UUID | None
) -> Parts:
    """Find therapist, service and place within reach, in one statement; raises NotFound when any is not there."""
    query: Any = (
        select(Membership, Service, Location, col(Organization.zone).label("zone"))
        .join(Service, col(Service.organization_id) == col(Membership.organization_id))
        .join(
            ServiceTherapist,
            and_(
                col(ServiceTherapist.service_id) == col(Service.id),
                col(ServiceTherapist.membership_id) == col(Membership.id),
            ),
        )
        .join(Organization, col(Organization.id) == col(Membership.organization_id))
        .outerjoin(
            Location,
            and_(
                col(Location.organization_id) == col(Membership.organization_id),
                col(Location.id) == location_id,
                col(Location.archived_at).is_(None),
            ),
        )
        .where(
            col(Membership.organization_id) == access.organization_id,
            col(Membership.id) == (access.membership_id if is_own_only(access) else membership_id),
            col(Membership.id) == membership_id,
            col(Membership.deactivated_at).is_(None),
            col(Membership.role).in_(sorted(CARE_ROLES)),
            col(Service.id) == service_id,
            col(Service.archived_at).is_(None),
        )
    )
    row = (await work.exec(query)).one_or_none()
    if row is None or (location_id is not None and row.Location is None):
        raise NotFound
    what = about(row.Service.name, row.Membership.name)
    place = Spot(row.Location.name, row.Location.address, what) if row.Location else Spot(what=what)
    return Parts(row.Membership, row.Service, place, (row.Location and row.Location.zone) or row.zone)


async def list_clients(work: Work, access: PracticeAccess, ids: Collection[UUID]) -> Sequence[Client]:
    """Return those of some clients whom this access may make appointments for."""
    return (await work.exec(select_rows(Client).where(*_in_reach(access), col(Client.id).in_(list(ids))))).all()


async def search_clients(work: Work, access: PracticeAccess, typed: Sequence[str]) -> Sequence[Client]:
    """Find the first clients, by name, whom this access may make appointments for. One statement, or two."""
    reached = select_rows(Client).where(*_in_reach(access))
    if typed:
        counts = await count_matches(work, access.organization_id, typed)
        reached = reached.where(*found_by(access.organization_id, typed, counts))
    return (await work.exec(reached.order_by(col(Client.sort_key), col(Client.id)).limit(FOUND))).all()


def _in_reach(access: PracticeAccess) -> list[Any]:
    here = [col(Client.organization_id) == access.organization_id, col(Client.archived_at).is_(None)]
    if is_own_only(access):
        mine = select_rows(ClientTherapist.client_id).where(ClientTherapist.membership_id == access.membership_id)
        here.append(col(Client.id).in_(mine))
    return here


async def list_services(work: Work, access: PracticeAccess) -> Sequence[Any]:
    """List the practice's services, each with one therapist who offers it a row."""
    query: Any = (
        select(Service, col(ServiceTherapist.membership_id).label("membership_id"))
        .outerjoin(ServiceTherapist, col(ServiceTherapist.service_id) == col(Service.id))
        .where(col(Service.organization_id) == access.organization_id, col(Service.archived_at).is_(None))
        .order_by(col(Service.name), col(Service.id))
    )
    found: Sequence[Any] = (await work.exec(query)).all()
    return found


async def list_locations(work: Work, access: PracticeAccess) -> Sequence[Location]:
    """List the practice's locations, by name."""
    query = select_rows(Location).where(
        Location.organization_id == access.organization_id, col(Location.archived_at).is_(None)
    )
    return (await work.exec(query.order_by(col(Location.name), col(Location.id)))).all()
