"""Time: aware UTC everywhere, the practice's zone where a day or an hour matters."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC. Called at the edges only; below them `now` is an argument."""
    return datetime.now(UTC)


def today_in(zone: str, now: datetime) -> date:
    """Return the calendar day that `now` falls on in an IANA zone such as "America/New_York"."""
    return now.astimezone(ZoneInfo(zone)).date()


def midnight_in(zone: str, day: date) -> datetime:
    """Return the moment, in UTC, at which a calendar day begins in an IANA zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def is_zone(name: str) -> bool:
    """Say whether a name is an IANA time zone that this machine knows."""
    try:
        return name in available_timezones() and ZoneInfo(name) is not None
    except (ValueError, ZoneInfoNotFoundError):
        return False


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody turns `age` years old.

    Who was born on 29 February turns a year older on 1 March in years without one.
    """
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born: date, day: date) -> int:
    """Return somebody's age in whole years on a day."""
    years = day.year - born.year
    return years if day >= birthday(born, years) else years - 1


def quarter_of_hour(moment: datetime) -> datetime:
    """Return the start of the quarter of an hour that a moment falls in."""
    return moment - timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
