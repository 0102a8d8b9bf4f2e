"""A week of the calendar, as staff see it: days with entries, each with its place on the clock of the practice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.access.actor import PracticeAccess, Scope
from portal.database import Work
from portal.kit.clock import today_in
from portal.models import AppointmentStatus
from portal.scheduling import queries_making, queries_staff, words
from portal.scheduling.rules import OVER
from portal.scheduling.rules_time import first_moment
from portal.scheduling.views import Choice

_DAY = timedelta(days=1)
_FIRST, _LAST = 7 * 60, 20 * 60


@dataclass(frozen=True)
class WeekItem:
    """One appointment. `top` and `height` are its place on the day, in percent; `wall` is what a form starts from.

    `begins` stands in the column in place of the whole `time`, which is wider than a column.
    """

    id: str
    revision: int
    day: str
    wall: str
    clock: str
    time: str
    begins: str
    clients: str
    about: str
    status: str
    top: float
    height: float
    is_over: bool
    is_open: bool
    has_begun: bool


@dataclass(frozen=True)
class WeekDay:
    """One day with its appointments."""

    id: str
    short: str
    heading: str
    is_today: bool
    booked: list[WeekItem]


@dataclass(frozen=True)
class WeekView:
    """A week of one therapist. `first` and `last` are the minutes of the day at which the columns begin and end."""

    title: str
    first_day: str
    earlier: str
    later: str
    days: list[WeekDay]
    first: int
    last: int
    hours: list[Choice]
    count: int
    may_change: bool
    zone: str


async def list_calendars(work: Work, access: PracticeAccess) -> list[Choice]:
    """List whose calendar may be opened."""
    return [Choice(str(member.id), member.name) for member, _ in await queries_staff.list_therapists(work, access)]


async def open_week(work: Work, access: PracticeAccess, *, therapist_id: UUID | None, around: date | None) -> WeekView:
    """Return the week that a day is in, this one by default. One statement."""
    day = around or today_in(access.zone, work.now)
    monday = day - timedelta(days=day.weekday())
    earliest, latest = _midnight(monday, access.zone), _midnight(monday + 7 * _DAY, access.zone)
    rows = await queries_staff.list_week(work, access, therapist_id, earliest, latest)
    found = [list(group) for _, group in groupby(rows, key=lambda row: row.Appointment)]
    first, last = _span(found, access.zone)
    today = today_in(access.zone, work.now)
    items = [_item(group, access.zone, work.now, first, last) for group in found]
    return WeekView(
        title=words.week_of(monday, monday + 6 * _DAY),
        first_day=monday.isoformat(),
        earlier=(monday - 7 * _DAY).isoformat(),
        later=(monday + 7 * _DAY).isoformat(),
        days=[_day(monday + place * _DAY, today, items) for place in range(7)],
        first=first,
        last=last,
        hours=[_hour(hour, first, last) for hour in range(first // 60, last // 60)],
        count=len(items),
        may_change=access.scope in {Scope.ALL, Scope.OWN},
        zone=words.zone_name(access.zone),
    )


async def list_makings(work: Work, access: PracticeAccess) -> tuple[list[Choice], list[Choice]]:
    """List what an appointment can be made of: services and places. Two statements."""
    rows = await queries_making.list_services(work, access)
    services = {
        row.Service.id: Choice(str(row.Service.id), row.Service.name, f"{row.Service.minutes} min") for row in rows
    }
    locations = await queries_making.list_locations(work, access)
    return list(services.values()), [Choice(str(one.id), one.name) for one in locations]


def _midnight(day: date, zone: str) -> datetime:
    return first_moment(datetime.combine(day, time()), zone)


def _minutes(moment: datetime, zone: str) -> int:
    local = moment.astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute


def _span(found: Iterable[Sequence[Any]], zone: str) -> tuple[int, int]:
    """Return from when to when the columns go: the usual day, and whatever lies outside of it."""
    starts = [_minutes(group[0].Appointment.starts_at, zone) for group in found]
    ends = [start + _length(group) for start, group in zip(starts, found, strict=True)]
    first = min([_FIRST, *starts]) // 60 * 60
    last = -(-min(max([_LAST, *ends]), 24 * 60) // 60) * 60
    return first, last


def _length(group: Sequence[Any]) -> int:
    one = group[0].Appointment
    return int((one.ends_at - one.starts_at) / timedelta(minutes=1))


def _item(group: Sequence[Any], zone: str, now: datetime, first: int, last: int) -> WeekItem:
    row, one = group[0], group[0].Appointment
    start, whole = _minutes(one.starts_at, zone), last - first
    place = words.VIDEO if one.by_video else row.location or ""
    local = one.starts_at.astimezone(ZoneInfo(one.zone))
    return WeekItem(
        id=str(one.id),
        revision=one.revision,
        day=one.starts_at.astimezone(ZoneInfo(zone)).date().isoformat(),
        wall=local.date().isoformat(),
        clock=f"{local:%H:%M}",
        time=words.span_of(one.starts_at, one.ends_at, zone),
        begins=words.time_of(one.starts_at, zone),
        clients=", ".join(f"{each.Client.given_name} {each.Client.family_name}" for each in group),
        about=" · ".join(part for part in (row.service, place, row.therapist) if part),
        status="" if one.status is AppointmentStatus.CONFIRMED else words.APPOINTMENT_STATUS[one.status],
        top=round(100 * (start - first) / whole, 3),
        height=round(100 * min(_length(group), last - start) / whole, 3),
        is_over=one.status in OVER,
        is_open=one.status is AppointmentStatus.CONFIRMED,
        has_begun=one.starts_at <= now,
    )


def _day(day: date, today: date, items: Iterable[WeekItem]) -> WeekDay:
    mine = [item for item in items if item.day == day.isoformat()]
    return WeekDay(day.isoformat(), f"{day:%a} {day.day}", f"{day:%A}, {day.day} {day:%B}", day == today, mine)


def _hour(hour: int, first: int, last: int) -> Choice:
    label = f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"
    return Choice(str(hour), label, str(round(100 * (hour * 60 - first) / (last - first), 3)))
