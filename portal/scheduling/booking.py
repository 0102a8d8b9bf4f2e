"""Giving a therapist's time away for a request: the one place where a request becomes an appointment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from portal.access.actor import Person
from portal.database import Work
from portal.errors import Conflict
from portal.kit.ids import new_id
from portal.models import Appointment, AppointmentRequest, AppointmentStatus, RequestStatus, TherapistProfile
from portal.scheduling import changes, queries_staff, words
from portal.scheduling.rules_time import wall_of


async def book(
    work: Work,
    request: AppointmentRequest,
    profile: TherapistProfile,
    from_status: RequestStatus,
    *,
    by: Person,
    starts_at: datetime,
    ends_at: datetime,
) -> Appointment:
    """Confirm a request for a time: `profile` is the therapist's, held already. Raises Conflict when it cannot be.

    A request to move an appointment moves it; any other makes a new one.
    """
    if starts_at <= work.now:
        raise Conflict(words.PASSED)
    before: tuple[datetime, datetime] | tuple[None, None] = (None, None)
    moved = await _find_moved(work, request) if request.is_move else None
    await changes.assert_free(work, request.membership_id, starts_at, ends_at, but=moved.id if moved else None)
    if moved is not None:
        appointment, before = moved, (moved.starts_at, moved.ends_at)
        await changes.move_appointment(work, moved, starts_at, ends_at)
        appointment.starts_at, appointment.ends_at = starts_at, ends_at
        appointment.sequence, appointment.revision = moved.sequence + 1, moved.revision + 1
    else:
        appointment = await _make(work, request, profile, by.account_id, starts_at, ends_at)
    values: dict[str, Any] = {
        "status": RequestStatus.CONFIRMED,
        "appointment_id": appointment.id,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "wall": wall_of(starts_at, request.zone),
        "previous_starts_at": before[0],
        "previous_ends_at": before[1],
        "decided_at": work.now,
        "decided_by": by.account_id,
    }
    await changes.swap_request(work, request, [from_status], **values)
    return appointment


async def _make(
    work: Work,
    request: AppointmentRequest,
    profile: TherapistProfile,
    by: UUID,
    starts_at: datetime,
    ends_at: datetime,
) -> Appointment:
    appointment = Appointment(
        id=new_id(),
        organization_id=request.organization_id,
        membership_id=request.membership_id,
        chair=profile.chair,
        service_id=request.service_id,
        location_id=request.location_id,
        by_video=request.by_video,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=request.zone,
        wall=wall_of(starts_at, request.zone),
        price_cents=request.price_cents,
        currency=request.currency,
        created_at=work.now,
        created_by=by,
    )
    await changes.insert_appointment(work, appointment, [request.client_id])
    return appointment


async def _find_moved(work: Work, request: AppointmentRequest) -> Appointment:
    if request.appointment_id is None:
        raise Conflict(words.NOT_CONFIRMED)
    appointment = await queries_staff.find_appointment(work, request.organization_id, request.appointment_id)
    if appointment is None or appointment.status is not AppointmentStatus.CONFIRMED:
        raise Conflict(words.NOT_CONFIRMED)
    if appointment.starts_at <= work.now:
        raise Conflict(words.HAS_BEGUN)
    work.expunge(appointment)
    return appointment
