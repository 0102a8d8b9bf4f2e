"""What is done every so often, whether or not anybody is there. Any number of workers share the turns."""

import asyncio
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from portal.billing.sweeping import sweep
from portal.jobs.appointments import look_after_appointments
from portal.jobs.coming_of_age import announce_coming_of_age
from portal.jobs.due_forms import look_after_due_forms
from portal.jobs.leasing import Job, end_turn, give_turn_back, take_turn
from portal.jobs.leftovers import clear_leftovers
from portal.jobs.old_mail import clear_old_mail
from portal.jobs.waiting_messages import announce_waiting_messages
from portal.runtime import Runtime

__all__ = ["JOBS", "Job", "run_periodic", "run_turn"]
_log = structlog.get_logger(__name__)

JOBS = (
    Job("appointments", timedelta(minutes=5), look_after_appointments),
    Job("coming of age", timedelta(hours=1), announce_coming_of_age),
    Job("due forms", timedelta(hours=1), look_after_due_forms),
    Job("waiting messages", timedelta(minutes=1), announce_waiting_messages),
    Job("payments", timedelta(minutes=1), sweep),
    Job("leftovers", timedelta(hours=1), clear_leftovers),
    Job("old mail", timedelta(hours=6), clear_old_mail),
)


async def run_periodic(runtime: Runtime, stop: asyncio.Event, jobs: Sequence[Job] = JOBS) -> None:
    """Run every job in its rhythm until told to stop. One that fails is logged, and tried again at its next turn."""
    worker = f"{os.getpid()}-{secrets.token_hex(8)}"
    await asyncio.gather(*(_repeat(runtime, stop, job, worker) for job in jobs))


async def run_turn(runtime: Runtime, job: Job, worker: str) -> datetime | None:
    """Run a job if it is due and nobody else is at it; returns when to look again, None when it was run just now."""
    again = await take_turn(runtime, job, worker)
    if again is not None:
        return again
    try:
        found = await job.run(runtime)
    except asyncio.CancelledError:
        await give_turn_back(runtime, job, worker)
        raise
    except Exception as failed:
        _log.exception("a periodic job failed", job=job.name)
        await end_turn(runtime, job, worker, error=type(failed).__name__)
    else:
        await end_turn(runtime, job, worker, found=found if isinstance(found, int) else 0)
    return None


async def _repeat(runtime: Runtime, stop: asyncio.Event, job: Job, worker: str) -> None:
    while not stop.is_set():
        again = None
        try:
            again = await run_turn(runtime, job, worker)
        except Exception:
            _log.exception("a periodic job could not take its turn", job=job.name)
        wait = min(again - runtime.database.clock(), job.every) if again else job.every
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), timeout=max(wait.total_seconds(), 0))
