"""What is done every so often, whether or not anybody is there. Every job may run in several processes at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from portal.billing.sweeping import sweep
from portal.jobs.appointments import look_after_appointments
from portal.jobs.coming_of_age import announce_coming_of_age
from portal.jobs.due_forms import look_after_due_forms
from portal.jobs.leftovers import clear_leftovers
from portal.jobs.waiting_messages import announce_waiting_messages
from portal.runtime import Runtime

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do at the start, and again each time that `every` has passed."""

    name: str
    every: timedelta
    run: Callable[[Runtime], Awaitable[object]]


JOBS = (
    Job("appointments", timedelta(minutes=5), look_after_appointments),
    Job("coming of age", timedelta(hours=1), announce_coming_of_age),
    Job("due forms", timedelta(hours=1), look_after_due_forms),
    Job("waiting messages", timedelta(minutes=1), announce_waiting_messages),
    Job("payments", timedelta(minutes=1), sweep),
    Job("leftovers", timedelta(hours=1), clear_leftovers),
)


async def run_periodic(runtime: Runtime, stop: asyncio.Event, jobs: Sequence[Job] = JOBS) -> None:
    """Run every job in its rhythm until told to stop. One that fails is logged, and tried again at its next turn."""
    await asyncio.gather(*(_repeat(runtime, stop, job) for job in jobs))


async def _repeat(runtime: Runtime, stop: asyncio.Event, job: Job) -> None:
    while not stop.is_set():
        try:
            await job.run(runtime)
        except Exception:
            _log.exception("a periodic job failed", job=job.name)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), timeout=job.every.total_seconds())
