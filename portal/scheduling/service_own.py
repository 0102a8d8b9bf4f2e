"""A client's own appointments: seeing them, which nothing takes away, and cancelling one in time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.kit.crypto import KeyRing, open_sealed
from portal.models import AppointmentRequest, AppointmentStatus, Permission, RequestStatus
from portal.scheduling import changes, queries, queries_own, queries_staff, telling, words
from portal.scheduling.queries import terms_of
from portal.scheduling.rules import OVER, Terms, is_in_time, is_upcoming
from portal.scheduling.telling import Event
from portal.scheduling.views import AppointmentView, OwnView, RequestView, SuggestionView


async def list_own(work: Work, access: ClientAccess, *, zone: str) -> OwnView:
    """List the client's appointments and requests, in the zone of whoever looks. Three statements."""
    terms = await queries.find_terms(work, access.organization_id, access.client_id)
    rows = await queries_own.list_own(work, access)
    requests = await queries_own.list_requests(work, access)
    ahead = [row for row in rows if _is_ahead(row, work.now)]
    past = [row for row in rows if not _is_ahead(row, work.now)]
    return OwnView(
        upcoming=[_appointment(row, work.now, zone) for row in reversed(ahead)],
        past=[_appointment(row, work.now, zone) for row in past],
        requests=list(_requests(requests, work.ring, zone, access.eyes)),
        zone=words.zone_name(zone),
        practice=terms.practice,
        phone=terms.phone,
    )


async def cancel_own(work: Work, access: ClientAccess, *, appointment_id: UUID, revision: int) -> None:
    """Cancel an appointment within the practice's rule; its record stays. Raises Conflict with the rule otherwise."""
    own = await queries_own.find_own(work, access, appointment_id)
    if own is None or access.permission is not Permission.SCHEDULING:
        raise NotFound
    if own.revision != revision:
        raise Conflict(words.CHANGED)
    terms = await queries.find_terms(work, access.organization_id, access.client_id)
    if not is_in_time(own.starts_at, work.now, terms.cancel_hours):
        raise Conflict(words.cancel_rule(terms.cancel_hours, terms.practice, terms.phone) or words.PASSED)
    work.expunge(own)
    await changes.swap_appointment(
        work,
        own,
        [AppointmentStatus.CONFIRMED],
        status=AppointmentStatus.CANCELLED,
        sequence=own.sequence + 1,
        ended_at=work.now,
        ended_by=access.actor.account_id,
    )
    concerned = await queries_staff.find_concerned(work, own)
    telling.tell_pages(work, access.organization_id, concerned.client_ids)
    own.sequence += 1
    key = f"{own.id}:{own.revision + 1}"
    news = telling.news_of(Event.CANCELLED, own, key, concerned.place)
    await telling.tell_clients(work, access.organization_id, concerned.client_ids, news, by=access.actor)
    await telling.tell_therapist(work, concerned.therapist, "appointment_given_back", key, own.starts_at, own.zone)
    await telling.write_down(
        work, access.organization_id, access.actor, "appointment.cancelled", own.id, access.client_id
    )


def _is_ahead(row: Any, now: datetime) -> bool:
    return row.Appointment.status not in OVER and is_upcoming(row.Appointment.starts_at, now)


def _appointment(row: Any, now: datetime, zone: str) -> AppointmentView:
    one, terms = row.Appointment, terms_of(row)
    ahead = _is_ahead(row, now) and one.status is AppointmentStatus.CONFIRMED
    in_time = is_in_time(one.starts_at, now, terms.cancel_hours)
    return AppointmentView(
        id=str(one.id),
        revision=one.revision,
        day=words.day_of(one.starts_at, zone),
        time=words.span_of(one.starts_at, one.ends_at, zone),
        beside=beside(one.starts_at, zone, one.zone),
        about=words.about(row.service, row.therapist),
        place=_place(row, terms),
        status="" if one.status is AppointmentStatus.CONFIRMED and ahead else words.APPOINTMENT_STATUS[one.status],
        join=row.video_link or "" if one.by_video and ahead else "",
        can_change=ahead and in_time,
        rule=_rule(terms) if ahead and not in_time and one.starts_at > now else "",
    )


def _rule(terms: Terms) -> str:
    return words.cancel_rule(terms.cancel_hours, terms.practice, terms.phone)


def _place(row: Any, terms: Terms) -> str:
    if row.Appointment.by_video:
        return words.VIDEO
    return row.location if terms.hides_address or not row.address else f"{row.location}, {row.address}"


def _requests(rows: Iterable[Any], ring: KeyRing, zone: str, reader: UUID) -> Iterator[RequestView]:
    """Show each request; the note for the therapist to whoever wrote it, and to nobody else on the client's side."""
    for request, group in groupby(rows, key=lambda row: row.AppointmentRequest):
        several = list(group)
        first = several[0]
        status = words.REQUEST_STATUS.get(request.status) or words.waiting_for(first.therapist)
        is_declined = request.status is RequestStatus.DECLINED
        yield RequestView(
            id=str(request.id),
            revision=request.revision,
            when=f"{words.day_of(request.starts_at, zone)}, {words.time_of(request.starts_at, zone)}",
            beside=beside(request.starts_at, zone, request.zone),
            about=f"{first.service} with {first.therapist} · {words.VIDEO if request.by_video else first.location}",
            status=words.declined_by(first.therapist) if is_declined else status,
            is_waiting=request.status is RequestStatus.REQUESTED,
            is_declined=is_declined,
            note=_open(ring, request, "note") if request.requested_by == reader else "",
            message=_open(ring, request, "message") if is_declined else "",
            suggestions=[
                _suggestion(row.RequestSuggestion.starts_at, zone, request.zone)
                for row in several
                if is_declined and row.RequestSuggestion is not None
            ],
        )


def _suggestion(starts_at: datetime, zone: str, there: str) -> SuggestionView:
    text = f"{words.day_of(starts_at, zone)}, {words.time_of(starts_at, zone)}"
    return SuggestionView(starts_at.isoformat(), text, beside(starts_at, zone, there))


def beside(moment: datetime, zone: str, there: str) -> str:
    """Return the clock at the place, "10:00 AM New York time", where it shows something else than one's own."""
    return f"{words.time_of(moment, there)} {words.zone_name(there)}" if words.differs(moment, zone, there) else ""


def _open(ring: KeyRing, request: AppointmentRequest, column: str) -> str:
    sealed = getattr(request, column)
    return open_sealed(ring, "appointment_request", column, request.id, sealed) if sealed else ""
