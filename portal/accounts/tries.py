"""How often somebody may try: counted before the work is done, so that parallel tries do not slip through."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from portal.accounts.rules import RESET_LIFETIME
from portal.accounts.words import Code, sentence
from portal.errors import TooMany
from portal.kit.tokens import keyed_hash
from portal.runtime import Runtime, runtime

SIGN_IN_BY_ACCOUNT = RateLimitItemPerMinute(10, 15, "sign-in-account")
SIGN_IN_BY_ADDRESS = RateLimitItemPerMinute(60, 15, "sign-in-address")
# As long as a link lives, and a new one leaves the older ones alone: whoever is refused has a link that works.
RESET_BY_ACCOUNT = RateLimitItemPerMinute(5, RESET_LIFETIME.seconds // 60, "reset-account")
RESET_BY_REQUESTER = RateLimitItemPerMinute(3, 60, "reset-requester")
RESET_BY_ADDRESS = RateLimitItemPerMinute(20, 60, "reset-address")
LINK_BY_ADDRESS = RateLimitItemPerMinute(30, 15, "link-address")
PASSWORD_BY_ACCOUNT = RateLimitItemPerMinute(10, 15, "password-account")
CODE_BY_ACCOUNT = RateLimitItemPerMinute(5, 15, "code-account")
CODE_BY_ACCOUNT_A_DAY = RateLimitItemPerDay(30, 1, "code-account-day")
HELP_BY_ACCOUNT = RateLimitItemPerDay(5, 1, "help-account")
EMAIL_BY_ACCOUNT = RateLimitItemPerMinute(5, 60, "email-account")
_AN_HOUR = 60


class _Memory(MemoryStorage):
    """Counters in memory. The library's own `clear` takes a counter away from under its clean-up, which then fails."""

    async def clear(self, key: str) -> None:
        """Forget a counter while nobody else looks at it; the clean-up removes what is left."""
        async with self.locks[key]:
            self.events[key] = []


class Tries:
    """Counters in memory, or in Redis when several servers share them. Keys are hashed: no address is kept."""

    def __init__(self, storage: Storage, key: bytes) -> None:
        self._limiter = MovingWindowRateLimiter(storage)
        self._key = key
        self._under_way: Counter[tuple[RateLimitItem, str]] = Counter()

    async def count(self, limit: RateLimitItem, *who: str) -> None:
        """Count one try; raises TooMany, with the time to wait, when there were too many."""
        if not await self.is_within(limit, *who):
            raise _too_many(limit)

    @asynccontextmanager
    async def count_failure(self, limit: RateLimitItem, *who: str) -> AsyncIterator[None]:
        """Count the block as a try when it raises; raises TooMany before it when there were too many failures.

        What succeeds is free, because a whole practice may come from one address. What is still under way counts as a
        failure, so that parallel tries do not slip through; each server knows its own.
        """
        name = keyed_hash(self._key, *who)
        self._under_way[limit, name] += 1
        try:
            at_most = self._under_way[limit, name]
            if at_most > (await self._limiter.get_window_stats(limit, name)).remaining:
                raise _too_many(limit)
            try:
                yield
            except Exception:
                await self._limiter.hit(limit, name)
                raise
        finally:
            self._under_way[limit, name] -= 1
            self._under_way += Counter()

    async def is_within(self, limit: RateLimitItem, *who: str) -> bool:
        """Count one try and say whether it is still within the limit."""
        return bool(await self._limiter.hit(limit, keyed_hash(self._key, *who)))

    async def forget(self, limit: RateLimitItem, *who: str) -> None:
        """Begin to count anew: the person has shown who they are."""
        await self._limiter.clear(limit, keyed_hash(self._key, *who))


def _too_many(limit: RateLimitItem) -> TooMany:
    minutes = limit.get_expiry() // 60
    if minutes > _AN_HOUR:
        return TooMany(sentence(Code.TOO_MANY_TODAY))
    return TooMany(sentence(Code.TOO_MANY_TRIES, minutes=minutes))


@dataclass
class _Current:
    runtime: Runtime
    tries: Tries


_current: _Current | None = None


def tries() -> Tries:
    """The counters of this process's runtime."""
    global _current
    now = runtime()
    if _current is None or _current.runtime is not now:
        _current = _Current(now, _made_for(now))
    return _current.tries


def _made_for(current: Runtime) -> Tries:
    url = current.config.redis_url.get_secret_value()
    storage = RedisStorage(url, implementation="redispy") if url else _Memory()
    return Tries(storage, current.database.ring.derive("tries"))
