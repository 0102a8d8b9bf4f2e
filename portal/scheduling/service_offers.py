"""What a client may ask for, and when it is free: one more statement than there are kinds of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.kit.clock import today_in
from portal.models import HoursKind, Service
from portal.scheduling import queries, queries_own, words
from portal.scheduling.queries import Offer, Place
from portal.scheduling.rules import Terms
from portal.scheduling.rules_free import DAYS_AHEAD, Wanted, Window, free_starts


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose so far. `place` is a location, or VIDEO; `moves` is an appointment that is to be moved."""

    therapist_id: UUID | None = None
    service_id: UUID | None = None
    place: UUID | str | None = None
    moves: UUID | None = None


BY_VIDEO = "video"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booking:
    """What can be chosen, what is chosen (a single possibility is), and the free times once everything is."""

    offers: Sequence[Offer]
    places: Sequence[Place | None]
    offer: Offer | None = None
    place: Place | None = None
    is_complete: bool = False
    starts: list[datetime] = field(default_factory=list)
    terms: Terms | None = None


async def open_booking(work: Work, access: ClientAccess, wish: Wish) -> Booking:
    """Find what can be asked for and, once a service and a place are chosen, its free times of the next 60 days."""
    if wish.moves is not None:
        wish = await _wish_to_move(work, access, wish.moves)
    offers = await queries.list_offers(work, access.organization_id, access.client_id)
    if not offers:
        return Booking([], [])
    ids = list(dict.fromkeys(one.therapist.id for one in offers))
    windows, places = await queries.list_windows(work, ids, today_in(offers[0].terms.zone, work.now))
    offer = _chosen(offers, wish)
    if offer is None:
        return Booking(offers, [], terms=offers[0].terms)
    possible = places_of(offer.service, windows[offer.therapist.id], places)
    if not (picked := _picked(possible, wish.place)):
        return Booking(offers, possible, offer, terms=offer.terms)
    starts = await _free(work, offer, windows[offer.therapist.id], picked[0], wish.moves)
    return Booking(offers, possible, offer, picked[0], is_complete=True, starts=starts, terms=offer.terms)


async def check_free(work: Work, access: ClientAccess, wish: Wish, starts_at: datetime) -> tuple[Offer, Place | None]:
    """Return what is asked for when it is offered and free at that time; raises Invalid with the reason otherwise."""
    offers = await queries.list_offers(
        work,
        access.organization_id,
        access.client_id,
        membership_id=wish.therapist_id,
        service_id=wish.service_id,
    )
    if len(offers) != 1:
        raise Invalid(words.NOT_OFFERED)
    offer, therapist_id = offers[0], offers[0].therapist.id
    windows, places = await queries.list_windows(work, [therapist_id], today_in(offer.terms.zone, work.now))
    picked = _picked(places_of(offer.service, windows[therapist_id], places), wish.place, only=True)
    if not picked:
        raise Invalid(words.NOT_OFFERED)
    if starts_at not in await _free(work, offer, windows[therapist_id], picked[0], wish.moves, around=starts_at):
        raise Invalid(words.NOT_FREE)
    return offer, picked[0]


def places_of(service: Service, windows: Sequence[Window], places: Mapping[UUID, Place]) -> list[Place | None]:
    """Return where a service can take place in a therapist's hours: locations by name, then by video (None)."""
    mine = [
        window for window in windows if window.kind is not HoursKind.AWAY and window.service_id in {None, service.id}
    ]
    here = {window.location_id for window in mine if window.location_id is not None} if service.in_person else set()
    found = sorted((places[each] for each in here), key=lambda place: (place.name, str(place.id)))
    is_seen = service.by_video and any(window.by_video or window.location_id is None for window in mine)
    return [*found, None] if is_seen else [*found]


async def _wish_to_move(work: Work, access: ClientAccess, appointment_id: UUID) -> Wish:
    own = await queries_own.find_own(work, access, appointment_id)
    if own is None:
        raise NotFound
    place = BY_VIDEO if own.by_video else own.location_id
    return Wish(own.membership_id, own.service_id, place, appointment_id)


async def _free(
    work: Work,
    offer: Offer,
    windows: Sequence[Window],
    place: Place | None,
    moves: UUID | None,
    *,
    around: datetime | None = None,
) -> list[datetime]:
    """Find the free starts of the next 60 days; `around` one moment, where the rest does not matter."""
    earliest = max(work.now, work.now + timedelta(hours=offer.terms.request_hours))
    latest = work.now + timedelta(days=DAYS_AHEAD)
    if around is not None:
        earliest, latest = max(earliest, around - _DAY), min(latest, around + _DAY)
    therapist_id = offer.therapist.id
    taken = await queries.list_taken(work, [therapist_id], earliest, latest, but=moves)
    return free_starts(
        windows,
        taken[therapist_id],
        Wanted(offer.service.id, offer.service.minutes, place.id if place else None),
        buffer_minutes=offer.buffer_minutes,
        earliest=earliest,
        latest=latest,
    )


def _chosen(offers: Sequence[Offer], wish: Wish) -> Offer | None:
    """Return the one offer that fits what was chosen; a single therapist and a single service need no choosing."""
    fitting = [one for one in offers if wish.therapist_id in {None, one.therapist.id}]
    if len({one.therapist.id for one in fitting}) != 1:
        return None
    fitting = [one for one in fitting if wish.service_id in {None, one.service.id}]
    return fitting[0] if len(fitting) == 1 else None


def _picked(possible: list[Place | None], place: UUID | str | None, *, only: bool = False) -> list[Place | None]:
    """Return the place that was chosen, in a list, since by video is None; empty when nothing is chosen yet."""
    if place is None:
        return possible if len(possible) == 1 and not only else []
    if place == BY_VIDEO:
        return [each for each in possible if each is None]
    return [each for each in possible if each is not None and each.id == place]
