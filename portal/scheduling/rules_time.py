"""Between the clock on a wall and the moment: hours that spring leaves out, and those that autumn has twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


def moments_of(wall: datetime, zone: str) -> list[datetime]:
    """Return the moments (UTC) at which a clock of `zone` shows `wall`: one, two in autumn, none in spring."""
    place = ZoneInfo(zone)
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=place, fold=fold).astimezone(UTC)
        if moment.astimezone(place).replace(tzinfo=None, fold=0) == wall and moment not in found:
            found.append(moment)
    return found


def first_moment(wall: datetime, zone: str) -> datetime:
    """Return the first moment (UTC) at which a clock of `zone` shows `wall` or later."""
    if found := moments_of(wall, zone):
        return found[0]
    # In a gap: read with the offset after it, the wall time names the moment as long before the gap's end as it is
    # after its start; the gap itself is the moment at which the offset changes.
    place = ZoneInfo(zone)
    late = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    early = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    before = early.astimezone(place).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(place).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def wall_of(moment: datetime, zone: str) -> str:
    """Return what a clock of `zone` shows at a moment, as it is stored: "2026-11-24T10:00"."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


@lru_cache(maxsize=4096)
def has_one_offset(day: date, zone: str) -> bool:
    """Whether the clocks of `zone` are not changed on a day."""
    place, midnight = ZoneInfo(zone), datetime.combine(day, time())
    offsets = {(midnight + hours).replace(tzinfo=place).utcoffset() for hours in (timedelta(), _DAY / 2, _DAY)}
    return len(offsets) == 1


def walls_between(day: date, starts: time, ends: time, step: timedelta) -> Iterator[datetime]:
    """Yield the wall times of a day from `starts` on, in steps, as long as they are before `ends`."""
    wall, end = datetime.combine(day, starts), datetime.combine(day, ends)
    while wall < end:
        yield wall
        wall += step
