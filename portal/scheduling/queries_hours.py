"""Hours as rows: found, counted, added and taken out, always of one therapist of one practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlmodel import col, delete, insert

from portal.database import Work
from portal.models import Hours, HoursKind, Location, Service


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One row of hours with the names of its place and service, empty where there is none."""

    hours: Hours
    location: str
    service: str


@dataclass(frozen=True, slots=True)
class Known:
    """How many rows a therapist has, and whether a location and a service are the practice's."""

    hours: int
    location: bool
    service: bool


async def list_hours(work: Work, organization_id: UUID, membership_id: UUID, today: date) -> list[HoursRow]:
    """List a therapist's hours that are not over."""
    query: Any = (
        select(Hours, col(Location.name), col(Service.name))
        .outerjoin(Location, col(Location.id) == col(Hours.location_id))
        .outerjoin(Service, col(Service.id) == col(Hours.service_id))
        .where(
            col(Hours.organization_id) == organization_id,
            col(Hours.membership_id) == membership_id,
            or_(col(Hours.kind) == HoursKind.WEEKLY, col(Hours.last_day) >= today),
        )
        .order_by(col(Hours.kind), col(Hours.weekday), col(Hours.first_day), col(Hours.starts), col(Hours.id))
    )
    return [
        HoursRow(hours, location or "", service or "") for hours, location, service in (await work.exec(query)).all()
    ]


async def count_known(
    work: Work, organization_id: UUID, membership_id: UUID, location_id: UUID | None, service_id: UUID | None
) -> Known:
    """Count a therapist's rows, and look whether location and service belong to the practice."""
    rows = select(func.count()).select_from(Hours).where(col(Hours.membership_id) == membership_id).scalar_subquery()
    location = exists().where(
        col(Location.id) == location_id,
        col(Location.organization_id) == organization_id,
        col(Location.archived_at).is_(None),
    )
    service = exists().where(col(Service.id) == service_id, col(Service.organization_id) == organization_id)
    query: Any = select(rows, location, service)
    found = (await work.exec(query)).one()
    return Known(found[0], bool(found[1]), bool(found[2]))


async def insert_hours(work: Work, rows: Sequence[Hours]) -> None:
    """Store some rows."""
    await work.exec(insert(Hours).values([row.model_dump() for row in rows]))


async def delete_hours(work: Work, organization_id: UUID, membership_id: UUID, hours_id: UUID) -> bool:
    """Take one row out; False when it is not this therapist's."""
    query = delete(Hours).where(
        col(Hours.id) == hours_id,
        col(Hours.organization_id) == organization_id,
        col(Hours.membership_id) == membership_id,
    )
    return (await work.exec(query)).rowcount == 1
