"""The zone that a browser names, if it is one."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LONGEST = 60


@lru_cache(maxsize=512)
def zone_or(name: str, default: str) -> str:
    """Return a zone's name when this machine knows it, else the default."""
    if not name or len(name) > _LONGEST or not name.isascii():
        return default
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return default
    return name
