"""What people read about appointments: refusals, days, times and zones."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.models import AppointmentStatus, RequestStatus

TAKEN = "That time was just taken. Please choose another."
NOT_FREE = "That time is not free any more. Please choose another."
NOT_OFFERED = "That cannot be asked for any more. Please choose again."
CHANGED = "This was changed meanwhile. Please look again."
PASSED = "That time has passed."
TOO_MANY_WAITING = "Ten requests are waiting for an answer already. Please wait for one, or withdraw one."
NOT_THEIRS_ANY_MORE = (
    "{therapist} does not look after this client, or takes no requests, any more. Decline it, or ask the office."
)
MOVED_SINCE = "This appointment was changed after it was confirmed. Change it in the calendar instead."
OLD_TIME_TAKEN = "The time that it was moved from is taken by now, so it cannot be moved back."
OLD_TIME_PASSED = "The time that it was moved from has passed, so it cannot be moved back."
HAS_BEGUN = "That appointment has begun already, so it cannot be moved any more."
NOT_CONFIRMED = "This appointment is not confirmed any more."
NOT_YET = "This appointment has not begun yet."
ONE_TIME_TWICE = "Please suggest each time once."
SUGGESTION_NOT_FREE = "One of the times that you suggest is not free. Please choose another."
DAY_AND_TIME = "Please enter a day and a time."
WHO_COMES = "Please choose who comes: one client, or up to eight."
MINUTES = "Please enter whole minutes, from 5 to 480."
PRICE = "Please enter a price from 0 to 100,000."
WHERE_AT_ALL = "Please choose in person, by video, or both."
SAME_SERVICE = "There is a service of this name already."
TOO_MANY_SERVICES = "There are too many services. Please remove one first."
ZONE = "We do not know this time zone. Please enter one such as America/Chicago."
NAME = "Please enter a name, of at most 120 letters."
NOT_BOOKABLE = "not for clients to ask for"
WHICH_DAYS = "Please choose at least one day of the week."
BOTH_TIMES = "Please enter both times, or none for the whole day."
EXTRA_TIMES = "Please enter from when to when."
BUFFER = "Please enter whole minutes, from 0 to 120."
LINK = "Please enter an address that begins with https://, without spaces."
TOO_MANY_HOURS = "There are too many entries. Please take some out first."
DAYS_AHEAD = "Please choose days from today on, at most two years ahead."
NO_CHAIR = "Only therapists and administrators have appointments."
NO_SUCH_TIME = "The clocks change then: this time does not exist on that day. Please choose another."
OUT_OF_ORDER = "The end has to be after the start."
NOT_FOR_REQUESTS = "To decide about requests, open them first."
NOT_FOR_APPOINTMENTS = "Your role sees the calendar, and changes nothing in it."
VIDEO = "By video"

REQUEST_STATUS = {
    RequestStatus.CONFIRMED: "Confirmed",
    RequestStatus.WITHDRAWN: "Withdrawn",
    RequestStatus.EXPIRED: "Nobody answered in time",
}
APPOINTMENT_STATUS = {
    AppointmentStatus.CONFIRMED: "Confirmed",
    AppointmentStatus.KEPT: "Kept",
    AppointmentStatus.NO_SHOW: "Missed",
    AppointmentStatus.CANCELLED: "Cancelled",
    AppointmentStatus.LATE_CANCELLED: "Cancelled late",
}


def cancel_rule(hours: int, practice: str, phone: str) -> str:
    """Say until when an appointment can be cancelled or moved, and whom to call after that."""
    if not hours:
        return ""
    call = f" Please call {phone}." if phone else " Please call the practice."
    return f"{practice} asks for {_hours(hours)} notice to cancel or move an appointment.{call}"


def request_rule(hours: int, practice: str) -> str:
    """Say how long before its start a time can be asked for."""
    return f"{practice} asks for {_hours(hours)} notice." if hours else ""


def _hours(hours: int) -> str:
    return "1 hour's" if hours == 1 else f"{hours} hours'"


def waiting_for(therapist: str) -> str:
    """Say who has to answer."""
    return f"Waiting for {therapist.split(' ', maxsplit=1)[0]}"


def declined_by(therapist: str) -> str:
    """Say who declined a request."""
    return f"{therapist.split(' ', maxsplit=1)[0]} cannot make this time"


def about(service: str, therapist: str) -> str:
    """Say what an appointment is: "Individual therapy with Tess Rivera"."""
    return f"{service} with {therapist}"


def day_of(moment: datetime, zone: str) -> str:
    """Return "Tuesday, 24 November", as the calendar of a zone has it."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A}, {local.day} {local:%B}"


def time_of(moment: datetime, zone: str) -> str:
    """Return "10:00 AM", as the clock of a zone shows it."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def span_of(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return "10:00 to 10:50 AM", as the clock of a zone shows it."""
    first, last = time_of(starts_at, zone), time_of(ends_at, zone)
    return f"{first[:-3] if first[-2:] == last[-2:] else first} to {last}"


def zone_name(zone: str) -> str:
    """Return what people call a zone: "New York time"."""
    if zone in {"UTC", "Etc/UTC", "Etc/GMT"}:
        return "UTC"
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def differs(moment: datetime, one: str, other: str) -> bool:
    """Whether the clocks of two zones show different times at a moment."""
    return moment.astimezone(ZoneInfo(one)).utcoffset() != moment.astimezone(ZoneInfo(other)).utcoffset()


def places(*, in_person: bool, by_video: bool) -> str:
    """Say in which ways a service is given."""
    return "in person or by video" if in_person and by_video else "by video" if by_video else "in person"


def week_of(first: date, last: date) -> str:
    """Return "30 November to 6 December 2026"."""
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {last.day} {last:%B} {last.year}"


def when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return day, time and zone in one line, for mails and lists."""
    return f"{day_of(starts_at, zone)}, {span_of(starts_at, ends_at, zone)} ({zone_name(zone)})"
