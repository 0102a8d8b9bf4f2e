"""A therapist's week, days away, and how they work: their own to set, or the office's on their behalf."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import Hours, HoursKind
from portal.scheduling import changes, queries_hours, queries_staff, telling, words
from portal.scheduling.queries_hours import HoursRow
from portal.scheduling.views import Choice

MOST_ROWS = 200
_WRITES = frozenset({Scope.ALL, Scope.OWN})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of a day at a place, by wall time. Without a location they are by video; without a service for all."""

    starts: time
    ends: time
    location_id: UUID | None = None
    by_video: bool = False
    service_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HoursView:
    """The hours of one therapist, and what new ones can be for."""

    calendars: list[Choice]
    therapist: str
    rows: list[HoursRow]
    services: list[Choice]
    places: list[Choice]
    buffer_minutes: int
    video_link: str


async def add_weekly(
    work: Work, access: PracticeAccess, *, therapist_id: UUID, weekdays: Sequence[int], stretch: Stretch
) -> None:
    """Let a therapist work at the same hours on some days of every week."""
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise Invalid(words.WHICH_DAYS)
    rows = [_row(access, therapist_id, HoursKind.WEEKLY, stretch, weekday=day) for day in sorted(set(weekdays))]
    await _add(work, access, therapist_id, rows, stretch)


async def add_extra(
    work: Work, access: PracticeAccess, *, therapist_id: UUID, first_day: date, last_day: date, stretch: Stretch
) -> None:
    """Let a therapist work on some days in addition."""
    _check_days(access, first_day, last_day)
    row = _row(access, therapist_id, HoursKind.EXTRA, stretch, first_day=first_day, last_day=last_day)
    await _add(work, access, therapist_id, [row], stretch)


async def add_away(
    work: Work,
    access: PracticeAccess,
    *,
    therapist_id: UUID,
    first_day: date,
    last_day: date,
    starts: time | None = None,
    ends: time | None = None,
) -> None:
    """Note that a therapist is away on some days, or during some hours of them. Appointments stay as they are."""
    _check_days(access, first_day, last_day)
    if (starts is None) != (ends is None):
        raise Invalid(words.BOTH_TIMES)
    if starts is not None and ends is not None and starts >= ends:
        raise Invalid(words.OUT_OF_ORDER)
    row = Hours(
        id=new_id(),
        organization_id=access.organization_id,
        membership_id=therapist_id,
        kind=HoursKind.AWAY,
        first_day=first_day,
        last_day=last_day,
        starts=starts,
        ends=ends,
    )
    await _add(work, access, therapist_id, [row], None)


async def remove_hours(work: Work, access: PracticeAccess, *, therapist_id: UUID, hours_id: UUID) -> None:
    """Take hours or days away out again. Appointments stay as they are."""
    await _require(work, access, therapist_id)
    if not await queries_hours.delete_hours(work, access.organization_id, therapist_id, hours_id):
        raise NotFound
    await _note(work, access, therapist_id)


async def save_profile(
    work: Work, access: PracticeAccess, *, therapist_id: UUID, buffer_minutes: int, video_link: str
) -> None:
    """Set the minutes that stay free around every appointment, and the link that video appointments are joined by."""
    await _require(work, access, therapist_id)
    link = video_link.strip()
    if not 0 <= buffer_minutes <= 120:
        raise Invalid(words.BUFFER)
    if link and not (link.startswith("https://") and link.isprintable() and " " not in link and len(link) <= 300):
        raise Invalid(words.LINK)
    profile = await changes.take_chair(work, access.organization_id, therapist_id)
    profile.buffer_minutes, profile.video_link = buffer_minutes, link
    work.add(profile)
    await _note(work, access, therapist_id)


async def open_hours(work: Work, access: PracticeAccess, *, therapist_id: UUID | None) -> HoursView:
    """Return the hours of a therapist, of oneself or the first by default, and what new hours can be for. Three reads.

    Raises NotPermitted for who may only read the calendar.
    """
    if access.scope not in _WRITES:
        raise NotPermitted(words.NOT_FOR_APPOINTMENTS)
    members = [member for member, _ in await queries_staff.list_therapists(work, access)]
    known = [member.id for member in members]
    own = access.membership_id if access.membership_id in known else next(iter(known), None)
    chosen = therapist_id if therapist_id in known else own
    rows = await queries_hours.list_hours(work, access.organization_id, chosen, access.today) if chosen else []
    found = await queries_hours.list_around(work, access.organization_id, chosen)
    return HoursView(
        calendars=[Choice(str(member.id), member.name) for member in members],
        therapist=str(chosen or ""),
        rows=rows,
        services=[Choice(str(id_), name) for id_, name in found.services],
        places=[Choice(str(id_), name) for id_, name in found.locations],
        buffer_minutes=found.buffer_minutes,
        video_link=found.video_link,
    )


def incomplete() -> Invalid:
    """Return the refusal for extra hours without both times."""
    return Invalid(words.EXTRA_TIMES)


def _row(
    access: PracticeAccess,
    therapist_id: UUID,
    kind: HoursKind,
    stretch: Stretch,
    *,
    weekday: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Hours:
    if stretch.starts >= stretch.ends:
        raise Invalid(words.OUT_OF_ORDER)
    return Hours(
        id=new_id(),
        organization_id=access.organization_id,
        membership_id=therapist_id,
        kind=kind,
        weekday=weekday,
        first_day=first_day,
        last_day=last_day,
        starts=stretch.starts,
        ends=stretch.ends,
        location_id=stretch.location_id,
        by_video=stretch.by_video or stretch.location_id is None,
        service_id=stretch.service_id,
    )


async def _add(
    work: Work, access: PracticeAccess, therapist_id: UUID, rows: Sequence[Hours], stretch: Stretch | None
) -> None:
    await _require(work, access, therapist_id)
    known = await queries_hours.count_known(
        work,
        access.organization_id,
        therapist_id,
        stretch.location_id if stretch else None,
        stretch.service_id if stretch else None,
    )
    if known.hours + len(rows) > MOST_ROWS:
        raise Invalid(words.TOO_MANY_HOURS)
    if stretch and ((stretch.location_id and not known.location) or (stretch.service_id and not known.service)):
        raise NotFound
    await queries_hours.insert_hours(work, rows)
    await _note(work, access, therapist_id)


def _check_days(access: PracticeAccess, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Invalid(words.OUT_OF_ORDER)
    if last_day < access.today or (last_day - access.today).days > 800:
        raise Invalid(words.DAYS_AHEAD)


async def _require(work: Work, access: PracticeAccess, therapist_id: UUID) -> None:
    if access.task is not StaffTask.APPOINTMENTS or access.scope not in _WRITES:
        raise NotPermitted(words.NOT_FOR_APPOINTMENTS)
    await queries_staff.find_therapist(work, access, therapist_id)


async def _note(work: Work, access: PracticeAccess, therapist_id: UUID) -> None:
    work.tell(f"appointments:{access.organization_id}")
    await telling.write_down_for_practice(work, access, "hours.changed", therapist_id)
