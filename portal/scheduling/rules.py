"""What may be done with a time, and until when. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.models import AppointmentStatus, RequestStatus

JOINABLE_AFTER = timedelta(hours=3)
UNDO_WITHIN = timedelta(seconds=60)
MOST_WAITING = 10
MOST_SUGGESTIONS = 3
DECIDED = frozenset({RequestStatus.CONFIRMED, RequestStatus.DECLINED})
OVER = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.LATE_CANCELLED})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a practice asks for: hours of notice, and what it shows. `zone` is the practice's."""

    practice: str
    zone: str
    phone: str
    request_hours: int
    cancel_hours: int
    hides_address: bool


def is_in_time(starts_at: datetime, now: datetime, hours: int) -> bool:
    """Whether there is at least so much notice before a start that has not passed."""
    return starts_at > now and starts_at - now >= timedelta(hours=hours)


def is_upcoming(starts_at: datetime, now: datetime) -> bool:
    """Whether an appointment still belongs to what is ahead: until three hours after its start."""
    return now < starts_at + JOINABLE_AFTER


def is_fresh(decided_at: datetime | None, now: datetime) -> bool:
    """Whether a decision can be taken back without anybody having heard of it."""
    return decided_at is not None and now < decided_at + UNDO_WITHIN
