"""A client's own appointments and requests, always through the access that was proven."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentRequest,
    AppointmentStatus,
    Location,
    Membership,
    Organization,
    RequestStatus,
    RequestSuggestion,
    Service,
    TherapistProfile,
)
from portal.scheduling.queries import term_columns
from portal.scheduling.rules import JOINABLE_AFTER
from portal.scheduling.telling import Spot
from portal.scheduling.words import about

_MOST = 200
_SHOWN_FOR = timedelta(days=30)


async def find_own(work: Work, access: ClientAccess, appointment_id: UUID) -> Appointment | None:
    """Find one of the client's appointments."""
    query = (
        select_rows(Appointment)
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .where(
            Appointment.id == appointment_id,
            Appointment.organization_id == access.organization_id,
            AppointmentAttendee.client_id == access.client_id,
        )
    )
    return (await work.exec(query)).one_or_none()


async def list_own(work: Work, access: ClientAccess) -> Sequence[Any]:
    """List the client's appointments, the latest first, each with therapist, service, place and the terms."""
    query: Any = (
        select(
            Appointment,
            col(Membership.name).label("therapist"),
            col(Service.name).label("service"),
            col(Location.name).label("location"),
            col(Location.address).label("address"),
            col(TherapistProfile.video_link).label("video_link"),
            *term_columns(access.client_id),
        )
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .join(Membership, col(Membership.id) == col(Appointment.membership_id))
        .join(Service, col(Service.id) == col(Appointment.service_id))
        .join(Organization, col(Organization.id) == col(Appointment.organization_id))
        .outerjoin(Location, col(Location.id) == col(Appointment.location_id))
        .outerjoin(TherapistProfile, col(TherapistProfile.membership_id) == col(Appointment.membership_id))
        .where(
            col(AppointmentAttendee.client_id) == access.client_id,
            col(Appointment.organization_id) == access.organization_id,
        )
        .order_by(col(Appointment.starts_at).desc(), col(Appointment.id))
        .limit(_MOST)
    )
    found: Sequence[Any] = (await work.exec(query)).all()
    return found


async def list_requests(work: Work, access: ClientAccess) -> Sequence[Any]:
    """List the client's requests that wait, or were lately answered, each with its suggestions in rows of their own."""
    query: Any = (
        select(
            AppointmentRequest,
            RequestSuggestion,
            col(Membership.name).label("therapist"),
            col(Service.name).label("service"),
            col(Location.name).label("location"),
        )
        .join(Membership, col(Membership.id) == col(AppointmentRequest.membership_id))
        .join(Service, col(Service.id) == col(AppointmentRequest.service_id))
        .outerjoin(Location, col(Location.id) == col(AppointmentRequest.location_id))
        .outerjoin(
            RequestSuggestion,
            and_(
                col(RequestSuggestion.request_id) == col(AppointmentRequest.id),
                col(RequestSuggestion.starts_at) > work.now,
            ),
        )
        .where(
            col(AppointmentRequest.client_id) == access.client_id,
            col(AppointmentRequest.organization_id) == access.organization_id,
            or_(
                col(AppointmentRequest.status) == RequestStatus.REQUESTED,
                and_(
                    col(AppointmentRequest.status).in_([RequestStatus.DECLINED, RequestStatus.EXPIRED]),
                    col(AppointmentRequest.requested_at) > work.now - _SHOWN_FOR,
                ),
            ),
        )
        .order_by(col(AppointmentRequest.starts_at), col(AppointmentRequest.id), col(RequestSuggestion.starts_at))
    )
    found: Sequence[Any] = (await work.exec(query)).all()
    return found


async def find_request(work: Work, access: ClientAccess, request_id: UUID) -> AppointmentRequest | None:
    """Find one of the client's requests."""
    query = select_rows(AppointmentRequest).where(
        AppointmentRequest.id == request_id,
        AppointmentRequest.client_id == access.client_id,
        AppointmentRequest.organization_id == access.organization_id,
    )
    return (await work.exec(query)).one_or_none()


class Waiting(NamedTuple):
    """What a client asked for; the names are those of AppointmentRequest."""

    id: UUID
    operation_id: UUID
    membership_id: UUID
    service_id: UUID
    location_id: UUID | None
    by_video: bool
    starts_at: datetime
    note: bytes | None
    is_move: bool
    appointment_id: UUID | None


async def list_waiting(work: Work, access: ClientAccess, operation_id: UUID) -> Sequence[Waiting]:
    """List the client's requests that wait, and the one made by an operation."""
    named = {"client": access.client_id, "operation": operation_id}
    return [Waiting(*row) for row in (await work.exec(_waiting(), params=named)).all()]


@cache
def _waiting() -> Any:
    waits = col(AppointmentRequest.status) == RequestStatus.REQUESTED
    made_by_it = col(AppointmentRequest.operation_id) == bindparam("operation")
    query: Any = select(*(col(getattr(AppointmentRequest, name)) for name in Waiting._fields))
    return query.where(col(AppointmentRequest.client_id) == bindparam("client"), or_(waits, made_by_it))


async def find_suggestion(work: Work, request_id: UUID, starts_at: datetime) -> tuple[RequestSuggestion, Spot] | None:
    """Find one of the times that were suggested instead, and where it would be."""
    query: Any = (
        select(RequestSuggestion, col(Location.name), col(Location.address), col(Service.name), col(Membership.name))
        .join(AppointmentRequest, col(AppointmentRequest.id) == col(RequestSuggestion.request_id))
        .join(Service, col(Service.id) == col(AppointmentRequest.service_id))
        .join(Membership, col(Membership.id) == col(AppointmentRequest.membership_id))
        .outerjoin(Location, col(Location.id) == col(AppointmentRequest.location_id))
        .where(col(RequestSuggestion.request_id) == request_id, col(RequestSuggestion.starts_at) == starts_at)
    )
    row = (await work.exec(query)).one_or_none()
    return (row[0], Spot(row[1] or "", row[2] or "", about(row[3], row[4]))) if row else None


async def list_next(work: Work, client_ids: Sequence[UUID]) -> Sequence[Any]:
    """List what is ahead of some clients, the nearest first, each with client, therapist and the therapist's link."""
    named = {"clients": list(client_ids), "since": work.now - JOINABLE_AFTER}
    found: Sequence[Any] = (await work.exec(_next_of_several(), params=named)).all()
    return found


@cache
def _next_of_several() -> Any:
    """Build the statement once: every home page asks it."""
    query: Any = select(
        Appointment,
        col(AppointmentAttendee.client_id).label("client_id"),
        col(Membership.name).label("name"),
        col(TherapistProfile.video_link).label("video_link"),
    )
    return (
        query.join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .join(Membership, col(Membership.id) == col(Appointment.membership_id))
        .outerjoin(TherapistProfile, col(TherapistProfile.membership_id) == col(Membership.id))
        .where(
            col(AppointmentAttendee.client_id).in_(bindparam("clients", expanding=True)),
            col(Appointment.status) == AppointmentStatus.CONFIRMED,
            col(Appointment.starts_at) > bindparam("since"),
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id))
        .limit(200)
    )
