"""What the jobs look for: in all practices, since no person asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlmodel import col, update

from portal.database import Work
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentRequest,
    AppointmentStatus,
    Location,
    RequestStatus,
)


async def expire_passed(work: Work) -> Sequence[tuple[UUID, UUID, UUID]]:
    """Let the requests expire whose time has come, or that of what they move; returns (request, practice, client)."""
    begun = exists().where(
        col(Appointment.id) == col(AppointmentRequest.appointment_id), col(Appointment.starts_at) <= work.now
    )
    over = or_(col(AppointmentRequest.starts_at) <= work.now, and_(col(AppointmentRequest.is_move), begun))
    query: Any = (
        update(AppointmentRequest)
        .where(col(AppointmentRequest.status) == RequestStatus.REQUESTED, over)
        .values(status=RequestStatus.EXPIRED, revision=AppointmentRequest.revision + 1)
        .returning(
            col(AppointmentRequest.id), col(AppointmentRequest.organization_id), col(AppointmentRequest.client_id)
        )
    )
    return [(row[0], row[1], row[2]) for row in (await work.exec(query)).all()]


async def list_to_remind(work: Work, earliest: datetime, latest: datetime) -> Sequence[Any]:
    """List the confirmed appointments that begin between two moments, each with one attendee a row."""
    query: Any = (
        select(
            Appointment,
            col(AppointmentAttendee.client_id).label("client_id"),
            col(Location.name).label("location"),
            col(Location.address).label("address"),
        )
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .outerjoin(Location, col(Location.id) == col(Appointment.location_id))
        .where(
            col(Appointment.status) == AppointmentStatus.CONFIRMED,
            col(Appointment.starts_at) > earliest,
            col(Appointment.starts_at) <= latest,
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id), col(AppointmentAttendee.client_id))
    )
    found: Sequence[Any] = (await work.exec(query)).all()
    return found
