"""What runs beside the server for as long as it runs: live updates, the sweep of ended sessions, the outbox."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import reflex as rx

from portal.database import Listener
from portal.http.sockets import Sockets
from portal.integrations.relay import Relay
from portal.jobs.worker import run_worker
from portal.logs import configure_logs
from portal.notifications.rules import SHARE_BESIDE_PEOPLE
from portal.runtime import Runtime, runtime
from portal.ui.live import Hub
from portal.ui.sweep import Sweep

YOUNG, MIDDLE, OLD = 20_000, 20, 20
"""After how many new objects Python looks for rings of them, and after how many such looks it looks further."""


@asynccontextmanager
async def alongside(app: rx.App, sockets: Sockets) -> AsyncIterator[None]:
    """Start what the app needs around it, and stop it with the app."""
    configure_logs()
    _look_for_rings_less_often()
    here, stop = runtime(), asyncio.Event()
    hub, sweep = Hub(app), Sweep(app, sockets)
    local = (hub.tell, sweep.listen)
    here.database.listeners.extend(local)
    working, endless = [asyncio.create_task(sweep.run(stop))], []
    if url := here.config.redis_url.get_secret_value():
        endless.append(asyncio.create_task(_relay(here, Relay(url), local)))
    if here.config.worker_in_server:
        working.append(asyncio.create_task(run_worker(here, stop, share=SHARE_BESIDE_PEOPLE)))
    try:
        yield
    finally:
        stop.set()
        sweep.wake()
        for task in endless:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait([*endless, *working], timeout=5)
        for listener in local:
            here.database.listeners.remove(listener)
        await here.database.close()


def _look_for_rings_less_often() -> None:
    """Leave alone what was loaded once and stays, and look through the rest less often: each look holds everybody up.

    docs/decisions/0022 has the figures.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


async def _relay(here: Runtime, relay: Relay, local: tuple[Listener, ...]) -> None:
    """Tell the other processes what is told here, and hear them, until cancelled."""

    async def hear(topics: frozenset[str]) -> None:
        for listener in local:
            await listener(topics)

    here.database.listeners.append(relay.send)
    try:
        await relay.run(hear)
    finally:
        here.database.listeners.remove(relay.send)
        await relay.close()
