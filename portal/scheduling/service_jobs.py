"""What time itself does: requests that nobody answered expire, and appointments are reminded of. Safe to run twice."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from portal.access.actor import System
from portal.database import Work
from portal.scheduling import queries_jobs, telling
from portal.scheduling.telling import Event, Spot

JOB = System("appointments")
REMIND_BEFORE = timedelta(hours=48)
_LATE = timedelta(hours=6)


async def expire_requests(work: Work) -> int:
    """Let requests expire whose time has come without an answer; returns how many."""
    gone = await queries_jobs.expire_passed(work)
    for request_id, organization_id, client_id in gone:
        telling.tell_inbox(work, organization_id, [client_id])
        await telling.write_down(work, organization_id, JOB, "appointment.request_expired", request_id, client_id)
    return len(gone)


async def remind(work: Work) -> int:
    """Remind of appointments that begin in 48 hours, if they were made before that; returns how many mails are new.

    A worker that was away catches up for six hours. An appointment that was moved is reminded of anew.
    """
    rows = await queries_jobs.list_to_remind(work, work.now + REMIND_BEFORE - _LATE, work.now + REMIND_BEFORE)
    written = 0
    for one, client_ids, place in _grouped(rows):
        if one.created_at + REMIND_BEFORE > one.starts_at:
            continue
        news = telling.news_of(Event.REMINDER, one, f"{one.id}:{one.starts_at:%Y%m%d%H%M}", place)
        written += await telling.tell_clients(work, one.organization_id, client_ids, news, by=JOB)
    return written


def _grouped(rows: Any) -> Iterator[tuple[Any, list[UUID], Spot]]:
    for one, group in groupby(rows, key=lambda row: row.Appointment):
        several = list(group)
        yield one, [row.client_id for row in several], Spot(several[0].location or "", several[0].address or "")
