"""Which times of a therapist are free: hours minus what takes time. Pure arithmetic on moments in UTC."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.models import HoursKind
from portal.scheduling.rules_time import first_moment, has_one_offset, moments_of, walls_between

DAYS_AHEAD = 60
STEP = timedelta(minutes=30)
_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """One row of hours, with the zone that its wall times are meant in."""

    kind: HoursKind
    zone: str
    weekday: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    location_id: UUID | None = None
    by_video: bool = False
    service_id: UUID | None = None

    def covers(self, day: date) -> bool:
        """Whether the row says something about a day."""
        if self.kind is HoursKind.WEEKLY:
            return day.weekday() == self.weekday
        return self.first_day is not None and self.last_day is not None and self.first_day <= day <= self.last_day

    def is_for(self, wanted: "Wanted") -> bool:
        """Whether a service at a place can be given in these hours."""
        if self.service_id is not None and self.service_id != wanted.service_id:
            return False
        if wanted.location_id is None:
            return self.by_video or self.location_id is None
        return self.location_id == wanted.location_id


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for a time for: a service of some length, at a location, or by video where that is None."""

    service_id: UUID
    minutes: int
    location_id: UUID | None


def free_starts(
    windows: Sequence[Window],
    taken: Iterable[Span],
    wanted: Wanted,
    *,
    buffer_minutes: int,
    earliest: datetime,
    latest: datetime,
) -> list[datetime]:
    """Return the starts (UTC, ascending) at which the whole session and the buffers around it are free.

    A session begins within `earliest` and `latest`, lies within one window, and touches no day or part of a day that
    the therapist is away.
    """
    length, buffer = timedelta(minutes=wanted.minutes), timedelta(minutes=buffer_minutes)
    around = ((start - buffer, end + buffer) for start, end in taken)
    blocked = _merged([*around, *_away(windows, earliest, latest)])
    ends = [end for _, end in blocked]
    found: set[datetime] = set()
    for window in windows:
        if window.kind is not HoursKind.AWAY and window.is_for(wanted):
            found |= set(_fitting(window, length, earliest, latest, blocked, ends))
    return sorted(found)


def _fitting(
    window: Window, length: timedelta, earliest: datetime, latest: datetime, blocked: list[Span], ends: list[datetime]
) -> Iterator[datetime]:
    for start, limit in _starts(window, earliest, latest):
        end = start + length
        if earliest <= start <= latest and end <= limit:
            # The first stretch that ends after our start is the only one that can reach into it.
            place = bisect_left(ends, start + timedelta(microseconds=1))
            if place == len(blocked) or blocked[place][0] >= end:
                yield start


def _starts(window: Window, earliest: datetime, latest: datetime) -> Iterator[Span]:
    """Yield every start that a window offers, each with the end of its window."""
    if window.starts is None or window.ends is None:
        return
    place = ZoneInfo(window.zone)
    day = earliest.astimezone(place).date()
    last = latest.astimezone(place).date()
    while day <= last:
        if window.covers(day):
            yield from _starts_on(window, day, place, window.starts, window.ends)
        day += _DAY


def _starts_on(window: Window, day: date, place: ZoneInfo, starts: time, ends: time) -> Iterator[Span]:
    if has_one_offset(day, window.zone):
        start = datetime.combine(day, starts, place).astimezone(UTC)
        limit = datetime.combine(day, ends, place).astimezone(UTC)
        while start < limit:
            yield start, limit
            start += STEP
        return
    limit = first_moment(datetime.combine(day, ends), window.zone)
    for wall in walls_between(day, starts, ends, STEP):
        for start in moments_of(wall, window.zone):
            yield start, limit


def _away(windows: Iterable[Window], earliest: datetime, latest: datetime) -> Iterator[Span]:
    """Yield the stretches of time that a therapist is away, as far as they matter."""
    for window in windows:
        if window.kind is not HoursKind.AWAY or window.first_day is None or window.last_day is None:
            continue
        place = ZoneInfo(window.zone)
        first = max(window.first_day, earliest.astimezone(place).date() - _DAY)
        last = min(window.last_day, latest.astimezone(place).date() + _DAY)
        if window.starts is None or window.ends is None:
            if first <= last:
                yield _midnight(first, window.zone), _midnight(last + _DAY, window.zone)
            continue
        while first <= last:
            start, end = datetime.combine(first, window.starts), datetime.combine(first, window.ends)
            yield first_moment(start, window.zone), first_moment(end, window.zone)
            first += _DAY


def _midnight(day: date, zone: str) -> datetime:
    return first_moment(datetime.combine(day, time()), zone)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Put stretches of time in order, and those that touch or overlap together."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        elif start < end:
            merged.append((start, end))
    return merged
