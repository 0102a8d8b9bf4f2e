"""Told to stop, the worker lets what it is doing come to its end, and leaves nothing behind in the event loop."""

import asyncio
from datetime import timedelta

import pytest

from portal.database import Database
from portal.demo.people import Cast
from portal.jobs.periodic import Job, run_periodic
from portal.jobs.worker import run_worker
from portal.runtime import Runtime, runtime
from tests.notifications.delivering import Recorder


class Slow:
    """A job in the middle of a transaction for a while."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.began, self.ended = seconds, asyncio.Event(), False

    async def __call__(self, here: Runtime) -> int:
        async with here.database.unit_of_work():
            self.began.set()
            await asyncio.sleep(self.seconds)
        self.ended = True
        return 1


async def stopped(job: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the worker with one job, and tell it to stop when the job has begun."""
    jobs, stop = [Job("slow", timedelta(hours=1), job)], asyncio.Event()
    monkeypatch.setattr("portal.jobs.worker.run_periodic", lambda here, rest: run_periodic(here, rest, jobs))
    worker = asyncio.create_task(run_worker(runtime(), stop, Recorder()))
    async with asyncio.timeout(10):
        await job.began.wait()
        stop.set()
        await worker


async def test_what_has_begun_comes_to_its_end(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Slow(0.3)
    await stopped(job, monkeypatch)
    assert job.ended
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_what_takes_too_long_is_cut_short(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.jobs.worker.PATIENCE", timedelta(milliseconds=50))
    job = Slow(30)
    await stopped(job, monkeypatch)
    assert not job.ended
