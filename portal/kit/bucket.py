"""A token bucket: so many at once, then so many a second."""

import time
from collections.abc import Callable


class Bucket:
    """Holds `burst` drops and gets `rate` back a second. The clock counts seconds and never goes back."""

    __slots__ = ("_at", "_burst", "_clock", "_left", "_rate")

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def wait(self) -> float:
        """Take a drop; return how many seconds to wait first, 0 while the bucket is not empty."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - 1
        self._at = now
        return max(0.0, -self._left / self._rate)

    def take(self) -> bool:
        """Take a drop if there is one; say whether there was."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
