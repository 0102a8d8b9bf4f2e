"""Appointments as files that calendars read (RFC 5545): neutral titles unless somebody wants others, moments in UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress

TITLE = "Appointment"
_PRODUCT = "-//Portico//Client portal//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment of a calendar."""

    appointment_id: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    where: str
    is_cancelled: bool
    title: str = TITLE


def write_file(entry: Entry, *, to_address: str, written_at: datetime) -> str:
    """Return an invitation (REQUEST), or what takes it back (CANCEL). The same appointment keeps its UID."""
    event = _event(entry, written_at)
    # Calendars want somebody who invites; an address that takes no mail is enough, and names no practice.
    event.add("organizer", vCalAddress("mailto:noreply@invalid.invalid"))
    event.add("attendee", vCalAddress(f"mailto:{to_address}"))
    return _calendar("CANCEL" if entry.is_cancelled else "REQUEST", [event])


def write_feed(entries: Iterable[Entry], written_at: datetime) -> str:
    """Return a whole calendar for programs that subscribe to it."""
    return _calendar("PUBLISH", [_event(entry, written_at) for entry in entries])


def title_of(what: str, whose: Sequence[str] = ()) -> str:
    """Return a title that says what an appointment is, and for whom where one looks after somebody."""
    return f"{what} ({' and '.join(whose)})" if whose else what


def _event(entry: Entry, written_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.appointment_id}@portico")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", written_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.title)
    if entry.where:
        event.add("location", entry.where)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def _calendar(method: str, events: Iterable[Event]) -> str:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()
