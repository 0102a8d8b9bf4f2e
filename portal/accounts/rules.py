"""Decisions about logins: pure, without a session or a clock."""

import unicodedata
from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(minutes=1)
RESET_LIFETIME = timedelta(minutes=30)
CONFIRM_LIFETIME = timedelta(hours=24)
UNDO_LIFETIME = timedelta(days=7)
STEP_UP_LIFETIME = timedelta(minutes=10)


def email_key(email: str) -> str:
    """Fold an e-mail address so that spellings of one address are one key.

    Spaces and characters without a shape are dropped, compatible letters are made one (NFKC), case is folded. Folding
    a key again changes nothing.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold())
    seen = (letter for letter in folded if not letter.isspace() and unicodedata.category(letter) not in _UNSEEN)
    return unicodedata.normalize("NFKC", "".join(seen))


def is_live(created_at: datetime, touched_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether a session still counts: not ended, idle at most 30 minutes, at most 12 hours old (ASVS 7.3)."""
    return ended_at is None and now - touched_at <= IDLE_LIMIT and now - created_at <= ABSOLUTE_LIMIT


def is_proof_fresh(stepped_up_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody has shown lately enough who they are: within ten minutes, for what matters most."""
    return stepped_up_at is not None and timedelta() <= now - stepped_up_at <= STEP_UP_LIFETIME


def is_touch_due(touched_at: datetime, now: datetime) -> bool:
    """Say whether a user's action should be noted now: at most once a minute."""
    return now - touched_at >= TOUCH_INTERVAL


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_UNSEEN = ("Cc", "Cf")


def device_label(user_agent: str) -> str:
    """Name a device in words that its owner knows, such as "Safari on iPhone", from the browser's own claim."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser or 'A browser'} on {system}" if system else browser or "An unknown device"
