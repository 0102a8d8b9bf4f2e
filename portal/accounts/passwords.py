"""Hashing of passwords: argon2id through passlib, in a few threads of its own, never on the event loop.

The parameters are OWASP's (19 MiB, two passes, one lane): about 30 ms. A password is never cut off: it is normalised
(NFKC, as NIST 800-63B asks) and hashed whole.
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from passlib.hash import argon2

from portal.accounts.words import Code, sentence
from portal.errors import TooMany

T = TypeVar("T")
_LONGEST_LINE = 64


class Hasher:
    """argon2id with its costs. `decoy` is the hash that stands in where there is no account."""

    def __init__(self, *, memory_kib: int = 19_456, passes: int = 2) -> None:
        scheme: Any = argon2
        self._scheme = scheme.using(type="ID", memory_cost=memory_kib, rounds=passes, parallelism=1)
        self.decoy = self.hash("there is nobody behind this password")

    def hash(self, password: str) -> str:
        """Return the encoded hash, with a fresh salt in it."""
        return str(self._scheme.hash(normalised(password)))

    def verify(self, password: str, stored: str) -> bool:
        """Say whether a password belongs to a stored hash; False when that is no hash at all."""
        try:
            return bool(self._scheme.verify(normalised(password), stored))
        except ValueError:
            return False


class _Line:
    """At most two passwords at a time, so that memory stays bounded, and a line that does not grow without end."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="passwords")
        self._waiting = 0

    async def run(self, task: Callable[[], T]) -> T:
        if self._waiting >= _LONGEST_LINE:
            raise TooMany(sentence(Code.BUSY))
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, task)
        finally:
            self._waiting -= 1


_line = _Line()
_hasher: Hasher | None = None


def hasher() -> Hasher:
    """The hasher of this process."""
    global _hasher
    if _hasher is None:
        _hasher = Hasher()
    return _hasher


def use_hasher(value: Hasher | None) -> None:
    """Use another hasher from now on; for tests, which need a cheap one that counts."""
    global _hasher
    _hasher = value


def normalised(password: str) -> str:
    """Return the password in NFKC, so that it is the same from every keyboard."""
    return unicodedata.normalize("NFKC", password)


async def hash_password(password: str) -> str:
    """Hash a password in a thread."""
    return await _line.run(lambda: hasher().hash(password))


async def verify_password(password: str, stored: str | None) -> bool:
    """Verify a password in a thread. Without a stored hash the same work is done, and the answer is no."""
    right = await _line.run(lambda: hasher().verify(password, stored or hasher().decoy))
    return right and stored is not None
