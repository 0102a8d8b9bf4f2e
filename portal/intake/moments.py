"""Days and times as people read them on the pages of forms."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_of(text: str) -> date | None:
    """Read "2026-11-24"; None for an empty text."""
    return date.fromisoformat(text) if text else None


def day_in_words(text: str) -> str:
    """Return "2017-05-23" as "23 May 2017", and what is no full date as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B} {day.year}"


def moment_in_words(text: str, zone: str) -> str:
    """Return a moment in ISO 8601 as "24 November 2026 at 10:45 AM EST", in the practice's zone, which it names."""
    if not text:
        return ""
    local = datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    hour = local.hour % 12 or 12
    return f"{local.day} {local:%B %Y} at {hour}:{local:%M %p %Z}"
