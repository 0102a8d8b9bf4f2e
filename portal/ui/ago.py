"""When something was, as people say it: needs no zone, and is right wherever the reader is."""

from datetime import datetime, timedelta

_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_WORDS = (
    (2 * _MINUTE, _MINUTE, "just now"),
    (_HOUR, _MINUTE, "{} minutes ago"),
    (2 * _HOUR, _HOUR, "an hour ago"),
    (_DAY, _HOUR, "{} hours ago"),
    (2 * _DAY, _DAY, "yesterday"),
    (2 * _WEEK, _DAY, "{} days ago"),
)


def ago(moment: datetime, now: datetime) -> str:
    """Return "just now", "12 minutes ago", "3 hours ago", "yesterday", "5 days ago" or "3 weeks ago"."""
    passed = max(now - moment, timedelta())
    unit, words = next(((unit, words) for limit, unit, words in _WORDS if passed < limit), (_WEEK, "{} weeks ago"))
    return words.format(passed // unit)
