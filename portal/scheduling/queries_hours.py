"""Hours as rows: found, counted, added and taken out, always of one therapist of one practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, literal, or_, select, union_all
from sqlmodel import col, delete, insert

from portal.database import Work
from portal.models import Hours, HoursKind, Location, Service, TherapistProfile


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


@dataclass(frozen=True, slots=True)
class Around:
    """What hours can be for, and how a therapist works."""

    services: list[tuple[UUID, str]]
    locations: list[tuple[UUID, str]]
    buffer_minutes: int
    video_link: str


async def list_around(work: Work, organization_id: UUID, membership_id: UUID | None) -> Around:
    """List services and locations of the practice, and a therapist's profile. One statement."""
    nothing = literal("")
    services = select(literal("service").label("kind"), col(Service.id), col(Service.name), literal(0), nothing).where(
        col(Service.organization_id) == organization_id, col(Service.archived_at).is_(None)
    )
    locations = select(literal("location"), col(Location.id), col(Location.name), literal(0), nothing).where(
        col(Location.organization_id) == organization_id, col(Location.archived_at).is_(None)
    )
    profile = select(
        literal("profile"),
        col(TherapistProfile.id),
        nothing,
        col(TherapistProfile.buffer_minutes),
        col(TherapistProfile.video_link),
    ).where(col(TherapistProfile.membership_id) == membership_id)
    query: Any = union_all(services, locations, profile)
    rows = (await (await work.plain()).execute(query)).all()
    found: dict[str, list[tuple[UUID, str]]] = {"service": [], "location": []}
    buffer_minutes, video_link = 0, ""
    for kind, id_, name, minutes, link in rows:
        if kind == "profile":
            buffer_minutes, video_link = minutes, link
        else:
            found[kind].append((id_, name))
    by_name = {kind: sorted(each, key=lambda one: (one[1], str(one[0]))) for kind, each in found.items()}
    return Around(by_name["service"], by_name["location"], buffer_minutes, video_link)


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
