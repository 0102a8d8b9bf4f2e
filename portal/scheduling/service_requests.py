"""A client asks for a time, takes that back, or takes one of the times that were offered instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, SentBefore
from portal.kit.crypto import open_sealed, seal
from portal.kit.ids import new_id
from portal.models import AppointmentRequest, AppointmentStatus, Permission, RequestStatus
from portal.scheduling import changes, queries, queries_own, telling, words
from portal.scheduling.booking import book
from portal.scheduling.queries import Offer, Place
from portal.scheduling.queries_own import Waiting
from portal.scheduling.rules import MOST_WAITING, is_in_time
from portal.scheduling.rules_time import wall_of
from portal.scheduling.service_offers import BY_VIDEO, Wish, check_free
from portal.scheduling.telling import Event


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for. `operation_id` is made by the browser, so that asking twice is asking once."""

    operation_id: UUID
    wish: Wish
    starts_at: datetime
    note: str = ""


async def request_appointment(work: Work, access: ClientAccess, *, asked: Asked) -> UUID:
    """Ask for a time; returns the request's id. Raises Invalid when it is not offered or not free.

    Where `asked.wish.moves` is set, the appointment stays where it is until the request is confirmed. Raises SentBefore
    where the same operation asked for something else.
    """
    _require(access)
    await changes.hold_client(work, access.organization_id, access.client_id)
    waiting = await queries_own.list_waiting(work, access, asked.operation_id)
    if known := next((one for one in waiting if one.operation_id == asked.operation_id), None):
        return _asked_before(work, known, asked)
    if len(waiting) >= MOST_WAITING:
        raise Conflict(words.TOO_MANY_WAITING)
    if asked.wish.moves is not None:
        await _check_move(work, access, asked.wish)
    offer, place = await check_free(work, access, asked.wish, asked.starts_at)
    request = _request(work, access, asked, offer, place)
    if not await changes.insert_request(work, request):
        waiting = await queries_own.list_waiting(work, access, asked.operation_id)
        return _asked_before(work, next(one for one in waiting if one.operation_id == asked.operation_id), asked)
    telling.tell_inbox(work, access.organization_id, [access.client_id])
    zone = offer.terms.zone
    await telling.tell_therapist(work, offer.therapist, "request_received", str(request.id), request.starts_at, zone)
    await _write_down(work, access, "appointment.requested", request.id)
    return request.id


async def withdraw_request(work: Work, access: ClientAccess, *, request_id: UUID, revision: int) -> None:
    """Take a request back that nobody has answered; raises Conflict when somebody has."""
    request = await _find(work, access, request_id, revision)
    await changes.swap_request(work, request, [RequestStatus.REQUESTED], status=RequestStatus.WITHDRAWN)
    telling.tell_inbox(work, access.organization_id, [access.client_id])
    await _write_down(work, access, "appointment.request_withdrawn", request_id)


async def accept_suggestion(
    work: Work, access: ClientAccess, *, request_id: UUID, revision: int, starts_at: datetime
) -> None:
    """Take one of the times that were offered instead: it is confirmed at once, if it is still free."""
    _require(access)
    request = await _find(work, access, request_id, revision)
    offers = await queries.list_offers(
        work, access.organization_id, access.client_id, membership_id=request.membership_id
    )
    if not offers:
        raise Conflict(words.NOT_OFFERED)
    profile = await changes.take_chair(work, access.organization_id, request.membership_id)
    found = await queries_own.find_suggestion(work, request_id, starts_at)
    if found is None:
        raise NotFound
    suggestion, place = found
    by = access.actor
    appointment = await book(
        work,
        request,
        profile,
        RequestStatus.DECLINED,
        by=by,
        starts_at=suggestion.starts_at,
        ends_at=suggestion.ends_at,
    )
    telling.tell_pages(work, access.organization_id, [access.client_id])
    key = f"{request_id}:{request.revision}"
    news = telling.news_of(Event.CONFIRMED, appointment, key, place)
    await telling.tell_clients(work, access.organization_id, [access.client_id], news, by=by)
    therapist, zone = offers[0].therapist, offers[0].terms.zone
    await telling.tell_therapist(work, therapist, "appointment_taken", key, appointment.starts_at, zone)
    await _write_down(work, access, "appointment.suggestion_accepted", request_id)


def _asked_before(work: Work, known: Waiting, asked: Asked) -> UUID:
    """Return the request that the same operation made. Raises SentBefore where it asked for something else."""
    wish = asked.wish
    note = open_sealed(work.ring, "appointment_request", "note", known.id, known.note) if known.note else ""
    moved = known.appointment_id if known.is_move else None
    same = (known.starts_at, note, moved) == (asked.starts_at, asked.note.strip(), wish.moves)
    place = BY_VIDEO if known.by_video else known.location_id
    chosen = ((wish.therapist_id, known.membership_id), (wish.service_id, known.service_id), (wish.place, place))
    if not same or any(wished is not None and wished != had for wished, had in chosen):
        raise SentBefore
    return known.id


def _request(work: Work, access: ClientAccess, asked: Asked, offer: Offer, place: Place | None) -> AppointmentRequest:
    request_id, zone = new_id(), place.zone if place else offer.terms.zone
    note = asked.note.strip()
    return AppointmentRequest(
        id=request_id,
        organization_id=access.organization_id,
        client_id=access.client_id,
        membership_id=offer.therapist.id,
        service_id=offer.service.id,
        location_id=place.id if place else None,
        by_video=place is None,
        starts_at=asked.starts_at,
        ends_at=asked.starts_at + timedelta(minutes=offer.service.minutes),
        zone=zone,
        wall=wall_of(asked.starts_at, zone),
        price_cents=offer.service.price_cents,
        currency=offer.service.currency,
        note=seal(work.ring, "appointment_request", "note", request_id, note) if note else None,
        operation_id=asked.operation_id,
        is_move=asked.wish.moves is not None,
        appointment_id=asked.wish.moves,
        requested_at=work.now,
        requested_by=access.actor.account_id,
    )


async def _check_move(work: Work, access: ClientAccess, wish: Wish) -> None:
    """Refuse to move what is not one's own, not confirmed, something else, or too near."""
    own = await queries_own.find_own(work, access, wish.moves) if wish.moves else None
    if own is None:
        raise NotFound
    same = own.membership_id == wish.therapist_id and own.service_id == wish.service_id
    if not same or (BY_VIDEO if own.by_video else own.location_id) != wish.place:
        raise Invalid(words.NOT_OFFERED)
    if own.status is not AppointmentStatus.CONFIRMED:
        raise Conflict(words.NOT_CONFIRMED)
    terms = await queries.find_terms(work, access.organization_id, access.client_id)
    if not is_in_time(own.starts_at, work.now, terms.cancel_hours):
        raise Conflict(words.cancel_rule(terms.cancel_hours, terms.practice, terms.phone) or words.PASSED)


async def _find(work: Work, access: ClientAccess, request_id: UUID, revision: int) -> AppointmentRequest:
    request = await queries_own.find_request(work, access, request_id)
    if request is None:
        raise NotFound
    if request.revision != revision:
        raise Conflict(words.CHANGED)
    work.expunge(request)
    return request


def _require(access: ClientAccess) -> None:
    if access.permission is not Permission.SCHEDULING:
        raise NotFound


async def _write_down(work: Work, access: ClientAccess, action: str, object_id: UUID) -> None:
    await telling.write_down(work, access.organization_id, access.actor, action, object_id, access.client_id)
