"""Requests and appointments as staff see them: all of the practice, or one therapist's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from portal.access.actor import PracticeAccess, Scope
from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.errors import NotFound
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentRequest,
    Client,
    ClientTherapist,
    Location,
    Membership,
    Organization,
    RequestStatus,
    Service,
    TherapistProfile,
)
from portal.scheduling.queries import is_subscribed
from portal.scheduling.rules import DECIDED
from portal.scheduling.telling import Spot
from portal.scheduling.words import about

_SHOWN_FOR = timedelta(hours=12)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whose appointment it is, and where."""

    therapist: Membership
    client_ids: list[UUID]
    place: Spot


@dataclass(frozen=True, slots=True)
class Asking:
    """A request with what it names. `is_theirs`: the therapist looks after the client and takes requests."""

    request: AppointmentRequest
    client: Client
    therapist: Membership
    service: Service
    place: Spot
    buffer_minutes: int
    is_theirs: bool


def is_own_only(access: PracticeAccess) -> bool:
    """Whether an access reaches the staff member's own appointments alone."""
    return access.scope is Scope.OWN


def _mine(access: PracticeAccess, organization: Any, membership: Any) -> ColumnElement[bool]:
    here: ColumnElement[bool] = col(organization) == access.organization_id
    return and_(here, col(membership) == access.membership_id) if is_own_only(access) else here


async def list_requests(work: Work, access: PracticeAccess) -> Sequence[Any]:
    """List the requests that wait, and those decided lately, by the time that is asked for."""
    lately = and_(
        col(AppointmentRequest.status).in_(sorted(DECIDED)),
        col(AppointmentRequest.decided_at) > work.now - _SHOWN_FOR,
        col(AppointmentRequest.starts_at) > work.now,
    )
    waiting = and_(
        col(AppointmentRequest.status) == RequestStatus.REQUESTED, col(AppointmentRequest.starts_at) > work.now
    )
    query = _asking(work.now).where(
        _mine(access, AppointmentRequest.organization_id, AppointmentRequest.membership_id), or_(waiting, lately)
    )
    ordered = query.order_by(col(AppointmentRequest.starts_at), col(AppointmentRequest.id)).limit(_MOST)
    found: Sequence[Any] = (await work.exec(ordered)).all()
    return found


async def find_asking(work: Work, access: PracticeAccess, request_id: UUID) -> Asking:
    """Find one request within reach; raises NotFound otherwise."""
    query = _asking(work.now).where(
        col(AppointmentRequest.id) == request_id,
        _mine(access, AppointmentRequest.organization_id, AppointmentRequest.membership_id),
    )
    row = (await work.exec(query)).one_or_none()
    if row is None:
        raise NotFound
    work.expunge(row.AppointmentRequest)
    place = Spot(row.location or "", row.address or "", about(row.Service.name, row.Membership.name))
    return Asking(
        row.AppointmentRequest, row.Client, row.Membership, row.Service, place, row.buffer or 0, row.is_theirs
    )


def _asking(now: datetime) -> Any:
    assigned = exists().where(
        col(ClientTherapist.client_id) == col(AppointmentRequest.client_id),
        col(ClientTherapist.membership_id) == col(AppointmentRequest.membership_id),
    )
    return (
        select(
            AppointmentRequest,
            Client,
            Membership,
            Service,
            col(Location.name).label("location"),
            col(Location.address).label("address"),
            col(TherapistProfile.buffer_minutes).label("buffer"),
            and_(assigned.correlate(AppointmentRequest), is_subscribed(now)).label("is_theirs"),
        )
        .join(Client, col(Client.id) == col(AppointmentRequest.client_id))
        .join(Membership, col(Membership.id) == col(AppointmentRequest.membership_id))
        .join(Service, col(Service.id) == col(AppointmentRequest.service_id))
        .outerjoin(Location, col(Location.id) == col(AppointmentRequest.location_id))
        .outerjoin(TherapistProfile, col(TherapistProfile.membership_id) == col(AppointmentRequest.membership_id))
    )


async def find_appointment(work: Work, organization_id: UUID, appointment_id: UUID) -> Appointment | None:
    """Find an appointment of the practice, for what has been let through already."""
    query = select_rows(Appointment).where(
        Appointment.id == appointment_id, Appointment.organization_id == organization_id
    )
    return (await work.exec(query)).one_or_none()


async def find_in_reach(work: Work, access: PracticeAccess, appointment_id: UUID) -> Appointment:
    """Find an appointment that a staff member may change; raises NotFound otherwise."""
    query = select_rows(Appointment).where(
        Appointment.id == appointment_id, _mine(access, Appointment.organization_id, Appointment.membership_id)
    )
    found = (await work.exec(query)).one_or_none()
    if found is None:
        raise NotFound
    work.expunge(found)
    return found


async def find_concerned(work: Work, appointment: Appointment) -> Concerned:
    """Find whose appointment it is, and where. One statement."""
    query: Any = (
        select(
            Membership, col(AppointmentAttendee.client_id), col(Location.name), col(Location.address), col(Service.name)
        )
        .join(Appointment, col(Appointment.membership_id) == col(Membership.id))
        .join(Service, col(Service.id) == col(Appointment.service_id))
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .outerjoin(Location, col(Location.id) == col(Appointment.location_id))
        .where(col(Appointment.id) == appointment.id)
        .order_by(col(AppointmentAttendee.client_id))
    )
    rows = (await work.exec(query)).all()
    if not rows:
        raise NotFound
    therapist, _, name, address, service = rows[0]
    place = Spot(name or "", address or "", about(service, therapist.name))
    return Concerned(therapist, [row[1] for row in rows], place)


async def list_week(
    work: Work, access: PracticeAccess, membership_id: UUID | None, earliest: datetime, latest: datetime
) -> Sequence[Any]:
    """List the appointments between two moments, each with one attendee a row."""
    query: Any = (
        select(
            Appointment,
            Client,
            col(Membership.name).label("therapist"),
            col(Service.name).label("service"),
            col(Location.name).label("location"),
        )
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .join(Client, col(Client.id) == col(AppointmentAttendee.client_id))
        .join(Membership, col(Membership.id) == col(Appointment.membership_id))
        .join(Service, col(Service.id) == col(Appointment.service_id))
        .outerjoin(Location, col(Location.id) == col(Appointment.location_id))
        .where(
            _mine(access, Appointment.organization_id, Appointment.membership_id),
            col(Appointment.starts_at) >= earliest,
            col(Appointment.starts_at) < latest,
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id), col(Client.sort_key))
    )
    if membership_id is not None:
        query = query.where(col(Appointment.membership_id) == membership_id)
    found: Sequence[Any] = (await work.exec(query)).all()
    return found


async def list_therapists(work: Work, access: PracticeAccess) -> Sequence[tuple[Membership, str]]:
    """List whose calendar may be opened, by name, each with the practice's zone: one's own, or everybody's."""
    query = (
        select_rows(Membership, Organization.zone)
        .join(Organization, col(Organization.id) == col(Membership.organization_id))
        .where(
            _mine(access, Membership.organization_id, Membership.id),
            col(Membership.deactivated_at).is_(None),
            col(Membership.role).in_(sorted(CARE_ROLES)),
        )
        .order_by(col(Membership.name), col(Membership.id))
    )
    return (await work.exec(query)).all()


async def find_therapist(work: Work, access: PracticeAccess, membership_id: UUID) -> Membership:
    """Find somebody who gives care and whose calendar this access reaches; raises NotFound otherwise."""
    query = select_rows(Membership).where(
        _mine(access, Membership.organization_id, Membership.id),
        Membership.id == membership_id,
        col(Membership.deactivated_at).is_(None),
        col(Membership.role).in_(sorted(CARE_ROLES)),
    )
    found = (await work.exec(query)).one_or_none()
    if found is None:
        raise NotFound
    return found
