"""How hard a worker works: flat out in a process of its own, a small share of the time where people are clicking."""

import asyncio
from contextlib import suppress
from time import process_time

from portal.notifications.rules import rest_after


class Pace:
    """Rests in proportion to the processor time that this process has used since the last rest, whoever used it.

    So waiting for a mail server costs no rest, and the busier people keep the process, the more it is left to them.
    """

    def __init__(self, stop: asyncio.Event | None, share: float) -> None:
        self._stop = stop or asyncio.Event()
        self._share = share
        self._since = process_time()

    @property
    def is_over(self) -> bool:
        """Whether we were told to stop."""
        return self._stop.is_set()

    async def rest(self) -> None:
        """Leave the processor to others for a moment; ends at once when told to stop."""
        pause = rest_after(process_time() - self._since, self._share)
        if pause > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stop.wait()
        self._since = process_time()
