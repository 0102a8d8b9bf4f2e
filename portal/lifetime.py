"""What runs beside the server for as long as it runs: live updates, the sweep of ended sessions, the outbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import reflex as rx

from portal.http.sockets import Sockets
from portal.jobs.worker import run_worker
from portal.logs import configure_logs
from portal.runtime import runtime
from portal.ui.live import Hub
from portal.ui.sweep import Sweep


@asynccontextmanager
async def alongside(app: rx.App, sockets: Sockets) -> AsyncIterator[None]:
    """Start what the app needs around it, and stop it with the app."""
    configure_logs()
    here, stop = runtime(), asyncio.Event()
    hub, sweep = Hub(app), Sweep(app, sockets)
    here.database.listeners.extend((hub.tell, sweep.listen))
    tasks = [asyncio.create_task(sweep.run())]
    if here.config.worker_in_server:
        tasks.append(asyncio.create_task(run_worker(here, stop)))
    try:
        yield
    finally:
        stop.set()
        tasks[0].cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait(tasks, timeout=5)
        here.database.listeners.remove(hub.tell)
        here.database.listeners.remove(sweep.listen)
        await here.database.close()
