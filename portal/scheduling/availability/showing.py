"""From rows of hours to lines that can be read at a glance."""

from dataclasses import dataclass
from datetime import date, time

from portal.models import HoursKind
from portal.scheduling import words_staff as words
from portal.scheduling.queries_hours import HoursRow


@dataclass(frozen=True)
class HoursLine:
    """One line: when, and where."""

    id: str
    when: str
    detail: str


@dataclass(frozen=True)
class WeekdayLines:
    """A day of the week with its hours."""

    name: str
    lines: list[HoursLine]


def weekdays_of(rows: list[HoursRow]) -> list[WeekdayLines]:
    """Put the weekly hours under their days; days without any are left out."""
    found = []
    for place, name in enumerate(words.WEEKDAYS):
        mine = [row for row in rows if row.hours.kind is HoursKind.WEEKLY and row.hours.weekday == place]
        if mine:
            found.append(WeekdayLines(name, [_line(row, _times(row)) for row in mine]))
    return found


def days_of(rows: list[HoursRow]) -> list[HoursLine]:
    """List days away and extra days, the nearest first."""
    dated = [row for row in rows if row.hours.kind is not HoursKind.WEEKLY]
    ordered = sorted(dated, key=lambda row: (row.hours.first_day or date.max, row.hours.starts or time()))
    return [_line(row, ", ".join(part for part in (_days(row), _times(row)) if part)) for row in ordered]


def _line(row: HoursRow, when: str) -> HoursLine:
    if row.hours.kind is HoursKind.AWAY:
        return HoursLine(str(row.hours.id), when, words.AWAY)
    place = row.location or words.VIDEO
    also = words.ALSO_VIDEO.lower() if row.location and row.hours.by_video else ""
    return HoursLine(str(row.hours.id), when, " · ".join(part for part in (place, also, row.service) if part))


def _times(row: HoursRow) -> str:
    if row.hours.starts is None or row.hours.ends is None:
        return ""
    return f"{_clock(row.hours.starts)} to {_clock(row.hours.ends)}"


def _clock(moment: time) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M %p}"


def _days(row: HoursRow) -> str:
    first, last = row.hours.first_day, row.hours.last_day
    if first is None or last is None:
        return ""
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B %Y}"
