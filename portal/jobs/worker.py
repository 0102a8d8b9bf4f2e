"""The loop that sends mail and does what is due: in the server's own process, and in as many more as one likes."""

import asyncio
import os
import secrets
from datetime import timedelta

import structlog

from portal.integrations.email.choose import mailer_for
from portal.integrations.ports import Mailer
from portal.jobs.periodic import run_periodic
from portal.notifications.delivery import deliver_due, next_due
from portal.notifications.outbox import TOPIC
from portal.notifications.rules import LONGEST_PAUSE, SHORTEST_PAUSE
from portal.runtime import Runtime

__all__ = ["deliver_due", "run_worker"]
_log = structlog.get_logger(__name__)
PATIENCE = timedelta(seconds=4)
"""How long a periodic job may go on after everybody was told to stop."""
GATHERING = timedelta(seconds=0.25)


async def run_worker(runtime: Runtime, stop: asyncio.Event, mailer: Mailer | None = None, share: float = 1.0) -> None:
    """Send mail, and run the periodic jobs, until told to stop.

    A mail that this process wrote goes out almost at once: those of the next quarter of a second go along, since many
    people who do the same at one time should not wait for their mails. For those of other processes we look every two
    seconds, which is one read of an index. `share` is how much of the processor sending may take: all of it in a
    process of its own.
    """
    mailer = mailer or mailer_for(runtime.config)
    worker, bell = f"{os.getpid()}-{secrets.token_hex(8)}", asyncio.Event()

    async def ring(topics: frozenset[str]) -> None:
        if TOPIC in topics:
            bell.set()

    runtime.database.listeners.append(ring)
    rest = asyncio.Event()
    beside = asyncio.create_task(run_periodic(runtime, rest))
    try:
        while not stop.is_set():
            bell.clear()
            await _pause(stop, bell, await _round(runtime, mailer, worker, stop, share))
            if bell.is_set():
                await _pause(stop, asyncio.Event(), GATHERING)
    finally:
        runtime.database.listeners.remove(ring)
        rest.set()
        await _let_finish(beside)


async def _let_finish(task: asyncio.Task[None]) -> None:
    """Wait for what is being done, and cut it short only when it takes too long.

    Who is cancelled in the middle of a transaction leaves a connection behind whose end may never come: the thread of
    an SQLite connection can be told twice to stop, and answers once. An event loop that ends then waits for ever.
    """
    _, unfinished = await asyncio.wait([task], timeout=PATIENCE.total_seconds())
    if unfinished:
        task.cancel()
        await asyncio.wait([task])


async def _round(runtime: Runtime, mailer: Mailer, worker: str, stop: asyncio.Event, share: float) -> timedelta:
    """Send what is due; returns how long there is nothing to do. A database that is away is asked again later."""
    try:
        await deliver_due(runtime, mailer, worker, stop, share)
        moment = await next_due(runtime)
        wait = moment - runtime.database.clock() if moment else LONGEST_PAUSE
    except Exception:
        _log.exception("the worker could not look for mail")
        return LONGEST_PAUSE
    return max(SHORTEST_PAUSE, min(wait, LONGEST_PAUSE))


async def _pause(stop: asyncio.Event, bell: asyncio.Event, wait: timedelta) -> None:
    """Wait until it is time, a mail was written, or we are told to stop."""
    waiting = [asyncio.create_task(stop.wait()), asyncio.create_task(bell.wait())]
    try:
        await asyncio.wait(waiting, timeout=wait.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
