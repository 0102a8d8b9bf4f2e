"""/practice/availability: a therapist's week in two minutes, and the days that differ."""

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.kit.ids import parse_id
from portal.scheduling import service_hours, words_staff
from portal.scheduling.availability import showing
from portal.scheduling.availability.showing import HoursLine, WeekdayLines
from portal.scheduling.service_hours import Stretch
from portal.scheduling.views import Choice
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Ticked = Literal["on", ""]
Place = Id | Literal["video"]
OptionalId = Id | Literal[""]
OptionalTime = time | Literal[""]


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    therapist_id: Id


class WeekFields(_Fields):
    """The same hours on some days of every week."""

    day_0: Ticked = ""
    day_1: Ticked = ""
    day_2: Ticked = ""
    day_3: Ticked = ""
    day_4: Ticked = ""
    day_5: Ticked = ""
    day_6: Ticked = ""
    starts: time
    ends: time
    place: Place
    by_video: Ticked = ""
    service_id: OptionalId = ""

    @property
    def weekdays(self) -> list[int]:
        """The days that were ticked, Monday being 0."""
        return [place for place in range(7) if getattr(self, f"day_{place}")]


class DayFields(_Fields):
    """Some days on which a therapist is away, or works in addition."""

    kind: Literal["away", "extra"]
    first_day: date
    last_day: date | Literal[""] = ""
    starts: OptionalTime = ""
    ends: OptionalTime = ""
    place: Place = "video"


class ProfileFields(_Fields):
    """How a therapist works."""

    buffer_minutes: Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
    video_link: Annotated[str, Field(max_length=300)] = ""


class AvailabilityState(PageState):
    """The hours of one therapist. `saved` counts what was done, so that forms empty and close."""

    loaded: bool = False
    saved: int = 0
    calendars: rx.Field[list[Choice]] = rx.field(default_factory=list)
    therapist: str = ""
    week: rx.Field[list[WeekdayLines]] = rx.field(default_factory=list)
    days: rx.Field[list[HoursLine]] = rx.field(default_factory=list)
    services: rx.Field[list[Choice]] = rx.field(default_factory=list)
    places: rx.Field[list[Choice]] = rx.field(default_factory=list)
    buffer: str = "0"
    video_link: str = ""

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of what others change from now on."""
        await watch(self, f"appointments:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def go(self, work: Work, access: PracticeAccess, therapist: Any) -> None:
        """Show another therapist's hours."""
        self.therapist = str(parse(Id, therapist))
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def add_week(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Add the same hours to some days of every week."""
        sent = parse(WeekFields, fields)
        stretch = Stretch(
            _wall(sent.starts), _wall(sent.ends), _location(sent.place), bool(sent.by_video), sent.service_id or None
        )
        await service_hours.add_weekly(
            work, access, therapist_id=sent.therapist_id, weekdays=sent.weekdays, stretch=stretch
        )
        return self._done(words_staff.ADDED)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def add_days(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Add days away, or hours on some days in addition."""
        await _add_days(work, access, parse(DayFields, fields))
        return self._done(words_staff.ADDED)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def remove(self, work: Work, access: PracticeAccess, therapist: Any, hours: Any) -> Any:
        """Take hours or days away out again."""
        await service_hours.remove_hours(work, access, therapist_id=parse(Id, therapist), hours_id=parse(Id, hours))
        return self._done(words_staff.REMOVED)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def save_profile(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Set the minutes between sessions, and the video link."""
        sent = parse(ProfileFields, fields)
        await service_hours.save_profile(
            work,
            access,
            therapist_id=sent.therapist_id,
            buffer_minutes=int(sent.buffer_minutes),
            video_link=sent.video_link,
        )
        return self._done(words_staff.SAVED)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        view = await service_hours.open_hours(work, access, therapist_id=parse_id(self.therapist))
        self.calendars, self.therapist = view.calendars, view.therapist
        self.week, self.days = showing.weekdays_of(view.rows), showing.days_of(view.rows)
        self.services, self.places = view.services, view.places
        self.buffer, self.video_link = str(view.buffer_minutes), view.video_link
        self.loaded = True

    def _done(self, sentence: str) -> Any:
        self.saved += 1
        self._say(sentence)
        return AvailabilityState.reload


async def _add_days(work: Work, access: PracticeAccess, sent: DayFields) -> None:
    last = sent.last_day if isinstance(sent.last_day, date) else sent.first_day
    starts = _wall(sent.starts) if isinstance(sent.starts, time) else None
    ends = _wall(sent.ends) if isinstance(sent.ends, time) else None
    if sent.kind == "away":
        await service_hours.add_away(
            work,
            access,
            therapist_id=sent.therapist_id,
            first_day=sent.first_day,
            last_day=last,
            starts=starts,
            ends=ends,
        )
        return
    if starts is None or ends is None:
        raise service_hours.incomplete()
    stretch = Stretch(starts, ends, _location(sent.place))
    await service_hours.add_extra(
        work, access, therapist_id=sent.therapist_id, first_day=sent.first_day, last_day=last, stretch=stretch
    )


def _wall(moment: time) -> time:
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _location(place: UUID | str) -> UUID | None:
    return place if isinstance(place, UUID) else None
