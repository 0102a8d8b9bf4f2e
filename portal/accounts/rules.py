"""Decisions about logins: pure, without a session or a clock."""

import unicodedata
from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(minutes=1)


def email_key(email: str) -> str:
    """Fold an e-mail address so that spellings of one address are one key: NFKC, trimmed, case folded."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def is_live(created_at: datetime, touched_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether a session still counts: not ended, idle at most 30 minutes, at most 12 hours old (ASVS 7.3)."""
    return ended_at is None and now - touched_at <= IDLE_LIMIT and now - created_at <= ABSOLUTE_LIMIT


def is_touch_due(touched_at: datetime, now: datetime) -> bool:
    """Say whether a user's action should be noted now: at most once a minute."""
    return now - touched_at >= TOUCH_INTERVAL
