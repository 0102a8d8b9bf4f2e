"""Listing and finding the conversations one is in: by person, subject and date. What was written is not searched."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.access.actor import StaffTask
from portal.access.subjects import Workplace
from portal.database import Work
from portal.kit.ids import parse_id
from portal.kit.text import fold
from portal.messaging import queries
from portal.messaging.presenting import thread_row
from portal.messaging.queries import Access, Place
from portal.messaging.rules import A_LIST, MOST_SEARCHED
from portal.messaging.seats import require_messages
from portal.messaging.views import Listed, ThreadRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Empty means everything; `words` are part of a subject or of somebody's name."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    client_id: UUID | None = None

    @property
    def is_search(self) -> bool:
        """Whether something is looked for, so that the archive is searched too."""
        return bool(self.words.strip() or self.since or self.until)


EVERYTHING = Wanted()


async def list_threads(
    work: Work, access: Access, *, wanted: Wanted = EVERYTHING, archived: bool = False, older: str = ""
) -> Listed:
    """List a page of conversations, the latest first. Two statements.

    Subjects are sealed, so that they are looked through here: in the latest thousand.
    """
    require_messages(access)
    limit = MOST_SEARCHED if wanted.words.strip() else A_LIST + 1
    rows = await queries.list_threads(
        work,
        access,
        archived=None if wanted.is_search else archived,
        client_id=wanted.client_id,
        before=place_of(older),
        since=_midnight(access, wanted.since),
        until=_midnight(access, wanted.until + timedelta(days=1) if wanted.until else None),
        limit=limit,
    )
    people = await queries.list_people(work, [row[0].id for row in rows])
    found = [_row(work, access, row, people) for row in rows]
    if wanted.words.strip():
        return Listed([row for row in found if _fits(row, wanted.words)][:A_LIST])
    more = len(rows) > A_LIST
    last = rows[A_LIST - 1][0] if more else None
    return Listed(found[:A_LIST], f"{last.last_at.isoformat()} {last.id}" if last else "")


def place_of(text: str) -> Place | None:
    """Read where a page of the list ended; None for anything else."""
    at, _, last = text.partition(" ")
    found = parse_id(last)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, found) if found and moment.tzinfo else None


async def count_unread(work: Work, place: Workplace) -> int:
    """Count the conversations with something new for a member of staff, for the envelope. One statement at most."""
    if StaffTask.MESSAGES not in place.tasks:
        return 0
    return await queries.count_unread(work, place.organization_id, place.membership_id)


def _row(work: Work, access: Access, row: Any, people: dict[UUID, list[queries.Somebody]]) -> ThreadRow:
    thread, mine, given, family = row
    return thread_row(work.ring, access, thread, mine, f"{given} {family}", people[thread.id])


def _fits(row: ThreadRow, looked_for: str) -> bool:
    known = fold(f"{row.subject} {row.client} {row.people}")
    return all(word in known for word in fold(looked_for).split())


def _midnight(access: Access, day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(access.zone)) if day else None
