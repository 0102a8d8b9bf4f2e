"""Periodic jobs go on: past a failure, and until they are told to stop."""

import asyncio
from datetime import timedelta

from portal.database import Database
from portal.demo.people import Cast
from portal.jobs.periodic import JOBS, Job, run_periodic
from portal.runtime import Runtime, runtime
from tests.conftest import Clock


class Counting:
    """A job that fails at its first turns, rings when it has run often enough, and takes an hour of the clock."""

    def __init__(self, clock: Clock, failures: int, turns: int) -> None:
        self.turns, self._failures, self._enough, self.done = 0, failures, turns, asyncio.Event()
        self._clock = clock

    async def __call__(self, _runtime: Runtime) -> int:
        self.turns += 1
        self._clock.now += timedelta(hours=1)
        if self.turns >= self._enough:
            self.done.set()
        if self.turns <= self._failures:
            raise RuntimeError("at first it fails")
        return 3


async def test_a_job_that_fails_is_run_again_and_does_not_stop_the_others(
    database: Database, cast: Cast, clock: Clock
) -> None:
    failing, other, stop = Counting(clock, failures=2, turns=4), Counting(clock, failures=0, turns=3), asyncio.Event()
    jobs = [Job("failing", timedelta(microseconds=1), failing), Job("other", timedelta(microseconds=1), other)]
    running = asyncio.create_task(run_periodic(runtime(), stop, jobs))
    await asyncio.wait_for(asyncio.gather(failing.done.wait(), other.done.wait()), 10)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert failing.turns >= 4


async def test_a_job_runs_once_at_the_start_and_then_waits_its_time(
    database: Database, cast: Cast, clock: Clock
) -> None:
    job, stop = Counting(clock, failures=0, turns=1), asyncio.Event()
    running = asyncio.create_task(run_periodic(runtime(), stop, [Job("rare", timedelta(hours=1), job)]))
    await asyncio.wait_for(job.done.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert job.turns == 1


async def test_every_job_of_the_portal_runs_on_the_demo(database: Database, cast: Cast) -> None:
    for job in JOBS:
        await job.run(runtime())
