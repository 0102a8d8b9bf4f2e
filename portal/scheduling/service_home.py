"""The next appointment of everybody whom one acts for: what the home page says of appointments."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import Sight
from portal.access.subjects import Subject
from portal.database import Work
from portal.scheduling import queries_own, words


@dataclass(frozen=True)
class NextAppointment:
    """When somebody's next appointment is, by the clock of its place, with whom, and where it is joined by video."""

    id: str
    client_id: str
    when: str
    therapist: str
    join: str = ""


async def list_next(work: Work, subjects: Sequence[Subject]) -> list[NextAppointment]:
    """List the next appointment of each of these clients, where it may be seen. One statement, or none."""
    ids = [subject.client_id for subject in subjects if subject.may(Sight.APPOINTMENTS)]
    if not ids:
        return []
    found: dict[UUID, NextAppointment] = {}
    for one, client_id, therapist, video_link in await queries_own.list_next(work, ids):
        when = f"{words.day_of(one.starts_at, one.zone)}, {words.time_of(one.starts_at, one.zone)}"
        join = video_link or "" if one.by_video else ""
        view = NextAppointment(str(one.id), str(client_id), f"{when} ({words.zone_name(one.zone)})", therapist, join)
        found.setdefault(client_id, view)
    return list(found.values())
