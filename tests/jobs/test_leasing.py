"""Turns: each job by one worker at a time, in its rhythm, and what came of it is kept."""

import asyncio
from datetime import timedelta

import pytest

from portal.database import Database
from portal.demo.people import Cast
from portal.jobs import leasing
from portal.jobs.leasing import LEASE, Job, list_runs, take_turn
from portal.jobs.periodic import run_turn
from portal.models import JobOutcome, JobRun
from portal.runtime import Runtime, runtime
from tests.conftest import Clock

EVERY = timedelta(minutes=10)


class Slow:
    """A job that waits until it is let go, and counts how many are at it together."""

    def __init__(self) -> None:
        self.runs, self.together, self.at_most = 0, 0, 0
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def __call__(self, _runtime: Runtime) -> int:
        self.runs += 1
        self.together += 1
        self.at_most = max(self.at_most, self.together)
        self.begun.set()
        await self.go.wait()
        self.together -= 1
        return 2


async def the_run(database: Database) -> JobRun:
    async with database.unit_of_work(writes=False) as work:
        (run,) = await list_runs(work)
    return run


async def workers_at(slow: Slow, count: int = 4) -> None:
    """Let several workers take a turn at once; the job ends when each has done so or is at it."""
    job = Job("slow", EVERY, slow)
    tasks = [asyncio.create_task(run_turn(runtime(), job, f"worker-{number}")) for number in range(count)]
    async with asyncio.timeout(20):
        await slow.begun.wait()
        while sum(task.done() for task in tasks) + slow.together < count:  # noqa: ASYNC110 - counted, not told
            await asyncio.sleep(0)
        slow.go.set()
        await asyncio.gather(*tasks)


async def test_of_several_workers_one_runs_a_job(database: Database, cast: Cast, clock: Clock) -> None:
    slow = Slow()
    await workers_at(slow)
    assert (slow.runs, slow.at_most) == (1, 1)
    run = await the_run(database)
    assert (run.outcome, run.found, run.failures, run.leased_until) == (JobOutcome.DONE, 2, 0, None)
    assert (run.started_at, run.ended_at, run.next_at) == (clock.now, clock.now, clock.now + EVERY)


async def test_negative_control_without_a_lease_several_are_at_it(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "LEASE", timedelta(0))
    slow = Slow()
    await workers_at(slow)
    assert slow.at_most > 1


async def test_nobody_runs_it_again_before_its_time(database: Database, cast: Cast, clock: Clock) -> None:
    slow = Slow()
    slow.go.set()
    job = Job("slow", EVERY, slow)
    assert await run_turn(runtime(), job, "first") is None
    assert await run_turn(runtime(), job, "second") == clock.now + EVERY
    clock.now += EVERY
    assert await run_turn(runtime(), job, "second") is None
    assert slow.runs == 2


async def test_a_failure_is_kept_by_its_kind_and_counted(database: Database, cast: Cast, clock: Clock) -> None:
    async def fail(_runtime: Runtime) -> int:
        raise LookupError("casey@mail.example was not found")

    for failures in (1, 2):
        assert await run_turn(runtime(), Job("slow", EVERY, fail), "worker") is None
        run = await the_run(database)
        assert (run.outcome, run.failures, run.last_error) == (JobOutcome.FAILED, failures, "LookupError")
        clock.now += EVERY

    async def heal(_runtime: Runtime) -> int:
        return 1

    await run_turn(runtime(), Job("slow", EVERY, heal), "worker")
    assert (await the_run(database)).failures == 0


async def test_a_worker_that_was_killed_is_followed_when_its_lease_has_run_out(
    database: Database, cast: Cast, clock: Clock
) -> None:
    slow = Slow()
    slow.go.set()
    job = Job("slow", EVERY, slow)
    assert await take_turn(runtime(), job, "killed") is None
    assert await run_turn(runtime(), job, "next") == clock.now + LEASE
    clock.now += LEASE
    assert await run_turn(runtime(), job, "next") is None
    assert slow.runs == 1


async def test_a_worker_that_stops_leaves_the_job_to_others_at_once(database: Database, cast: Cast) -> None:
    slow = Slow()
    job = Job("slow", EVERY, slow)
    task = asyncio.create_task(run_turn(runtime(), job, "stopping"))
    await asyncio.wait_for(slow.begun.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    slow.go.set()
    assert await run_turn(runtime(), job, "next") is None
    assert slow.runs == 2


async def test_a_worker_whose_lease_ran_out_does_not_overwrite(database: Database, cast: Cast, clock: Clock) -> None:
    slow = Slow()
    job = Job("slow", EVERY, slow)
    late = asyncio.create_task(run_turn(runtime(), job, "late"))
    await asyncio.wait_for(slow.begun.wait(), 10)
    clock.now += LEASE
    assert await take_turn(runtime(), job, "other") is None
    slow.go.set()
    await late
    run = await the_run(database)
    assert (run.leased_by, run.ended_at) == ("other", None)
