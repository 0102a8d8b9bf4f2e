"""How far help with signing in has come: pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from portal.models import AccessHelp

LIFETIME = timedelta(days=7)
WAIT = timedelta(hours=24)
WAIT_OF_SHARED = timedelta(hours=72)
MOST_TRIES = 5


class Stage(StrEnum):
    """Where one help stands: the owner has to say yes, it waits, it is open, or it is over."""

    ASKS_OWNER = "asks_owner"
    WAITS = "waits"
    OPEN = "open"
    USED = "used"
    STOPPED = "stopped"
    EXPIRED = "expired"


OVER = frozenset({Stage.USED, Stage.STOPPED, Stage.EXPIRED})


def stage_of(help_: AccessHelp, now: datetime) -> Stage:
    """Say where a help stands now. It has expired for its owner's yes when the wait after it would be too long."""
    for stage, holds in (
        (Stage.USED, help_.used_at is not None),
        (Stage.STOPPED, help_.stopped_at is not None),
        (Stage.EXPIRED, help_.expires_at <= (now if help_.opens_at else now + WAIT_OF_SHARED)),
        (Stage.ASKS_OWNER, help_.opens_at is None),
        (Stage.WAITS, help_.opens_at is not None and help_.opens_at > now),
    ):
        if holds:
            return stage
    return Stage.OPEN


def opening_time(now: datetime, *, asks_birth_date: bool, asks_owner: bool) -> datetime | None:
    """Return from when a new password can be set; None until the owner has said yes.

    The date of birth stands in for waiting, but never where the login is not this practice's alone.
    """
    if asks_owner:
        return None
    return now if asks_birth_date else now + WAIT
