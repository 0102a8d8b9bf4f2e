"""From what can be asked for to what the page shows."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from portal.kit.money import Money
from portal.scheduling import words
from portal.scheduling.queries import Place
from portal.scheduling.service_offers import BY_VIDEO, Booking
from portal.scheduling.service_own import beside
from portal.scheduling.views import Choice, DayView, TimeView


def therapists_of(booking: Booking) -> list[Choice]:
    """Return the therapists who can be asked, each once."""
    return list(
        {one.therapist.id: Choice(str(one.therapist.id), one.therapist.name) for one in booking.offers}.values()
    )


def services_of(booking: Booking, therapist_id: str) -> list[Choice]:
    """Return what a therapist offers, with its length and price."""
    return [
        Choice(
            str(one.service.id),
            one.service.name,
            f"{one.service.minutes} min · {Money(one.service.price_cents, one.service.currency)}",
        )
        for one in booking.offers
        if str(one.therapist.id) == therapist_id
    ]


def places_of(booking: Booking) -> list[Choice]:
    """Return where it can be, without addresses that the practice hides."""
    hides = booking.terms is not None and booking.terms.hides_address
    return [_place(place, hides=hides) for place in booking.places]


def place_id(place: Place | None) -> str:
    """Return what names a place on the page."""
    return BY_VIDEO if place is None else str(place.id)


def days_of(starts: Sequence[datetime], zone: str, there: str, most: int) -> list[DayView]:
    """Put free times under the days of a person's own calendar; as many days as are wanted."""
    days: list[DayView] = []
    for heading, group in groupby(starts, key=lambda start: words.day_of(start, zone)):
        if len(days) == most:
            break
        times = [TimeView(one.isoformat(), words.time_of(one, zone), beside(one, zone, there)) for one in group]
        days.append(DayView(times[0].id, heading, times))
    return days


def _place(place: Place | None, *, hides: bool) -> Choice:
    if place is None:
        return Choice(BY_VIDEO, words.VIDEO)
    return Choice(str(place.id), place.name, "" if hides else place.address)
