"""Whose turn it is: one worker at a time runs a periodic job, and none before its time. What came of it is kept."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select, update

from portal.database import Work
from portal.kit.ids import new_id
from portal.models import JobOutcome, JobRun
from portal.runtime import Runtime

TOPIC = "jobs"
LEASE = timedelta(minutes=5)
"""How long a job is left to a worker that says nothing. One that takes longer is run beside it, which does no harm."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do at the start, and again each time that `every` has passed; it returns how much there was."""

    name: str
    every: timedelta
    run: Callable[[Runtime], Awaitable[object]]


async def take_turn(runtime: Runtime, job: Job, worker: str) -> datetime | None:
    """Take a job that is due and that nobody else is at; returns when to look again, None when it is ours now.

    A look that takes no lock comes first: with several workers it is mostly not one's turn.
    """
    async with runtime.database.unit_of_work(writes=False) as work:
        known = await _find(work, job.name)
        if known is not None and (wait := _not_before(known)) > work.now:
            return wait
    async with runtime.database.unit_of_work() as work:
        await _insert_once(work, job.name)
        query = update(JobRun).where(
            col(JobRun.name) == job.name,
            col(JobRun.next_at) <= work.now,
            or_(col(JobRun.leased_until).is_(None), col(JobRun.leased_until) <= work.now),
        )
        mine = {"leased_until": work.now + LEASE, "leased_by": worker, "started_at": work.now}
        is_ours = (await work.exec(query.values(mine))).rowcount == 1
        return None if is_ours else work.now + job.every


async def end_turn(runtime: Runtime, job: Job, worker: str, *, found: int = 0, error: str = "") -> None:
    """Write down how a run ended, and when the next one is. A worker whose lease has gone to another says nothing."""
    async with runtime.database.unit_of_work() as work:
        query = update(JobRun).where(col(JobRun.name) == job.name, col(JobRun.leased_by) == worker)
        await work.exec(
            query.values(
                leased_until=None,
                leased_by="",
                ended_at=work.now,
                next_at=work.now + job.every,
                outcome=JobOutcome.FAILED if error else JobOutcome.DONE,
                found=found,
                failures=col(JobRun.failures) + 1 if error else 0,
                last_error=error,
            )
        )
        work.tell(TOPIC)


async def give_turn_back(runtime: Runtime, job: Job, worker: str) -> None:
    """Let go of a job that was interrupted, so that the next worker need not wait for the lease to run out."""
    async with runtime.database.unit_of_work() as work:
        query = update(JobRun).where(col(JobRun.name) == job.name, col(JobRun.leased_by) == worker)
        await work.exec(query.values(leased_until=None, leased_by=""))


async def list_runs(work: Work) -> Sequence[JobRun]:
    """List what is known of every job, by name."""
    return (await work.exec(select(JobRun).order_by(col(JobRun.name)))).all()


def _not_before(run: JobRun) -> datetime:
    return max(run.next_at, run.leased_until) if run.leased_until else run.next_at


async def _find(work: Work, name: str) -> JobRun | None:
    return (await work.exec(select(JobRun).where(JobRun.name == name))).one_or_none()


async def _insert_once(work: Work, name: str) -> None:
    insert = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = JobRun(id=new_id(), name=name, next_at=work.now).model_dump()
    await work.exec(insert(JobRun).values(**row).on_conflict_do_nothing(index_elements=["name"]))
