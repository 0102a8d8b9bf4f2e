"""/practice/calendar: a week, made and changed by mouse and by keyboard."""

from datetime import date, datetime
from datetime import time as clock
from typing import Annotated, Any, ClassVar, Literal

import reflex as rx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.kit.ids import parse_id
from portal.models import AppointmentStatus
from portal.scheduling import service_staff, service_week, words_staff
from portal.scheduling.service_staff import Planned
from portal.scheduling.service_week import WeekItem, WeekView
from portal.scheduling.views import Choice
from portal.scheduling.week.state_planning import PlanningState
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Deed = Literal["move", "cancel", "late", "delete", "kept", "no_show", "confirmed"]
Wall = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$")]
OptionalId = Id | Literal[""]
Revision = Annotated[int, BeforeValidator(lambda value: int(value) if isinstance(value, str) else value), Field(ge=1)]
_NOTHING_OPEN = WeekItem("", 0, "", "", "", "", "", "", "", "", 0, 0, is_over=False, is_open=False, has_begun=False)
_EMPTY = WeekView("", "", "", "", [], 0, 0, [], 0, may_change=False, zone="")


class NewFields(BaseModel):
    """An appointment that is to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    therapist_id: Id
    service_id: Id
    clients: Annotated[str, Field(max_length=40 * service_staff.MOST_ATTENDEES)] = ""
    place: Id | Literal["video"]
    day: date
    time: clock


class ChangeFields(BaseModel):
    """What is to be done with an appointment; day and time only where it is moved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    deed: Deed
    appointment_id: Id
    revision: Annotated[str, Field(pattern=r"^[0-9]{1,6}$")]
    day: date | None = None
    time: clock | None = None


class CalendarState(PageState):
    """The week. `opened` is the appointment whose panel is open, `planned` the wall time of one to be made."""

    keeps: ClassVar = ("therapist", "day", "opened", "planned_day", "planned_time", "services", "places")

    loaded: bool = False
    week: rx.Field[WeekView] = rx.field(default_factory=lambda: _EMPTY)
    calendars: rx.Field[list[Choice]] = rx.field(default_factory=list)
    therapist: str = ""
    day: str = ""
    opened: rx.Field[WeekItem] = rx.field(default_factory=lambda: _NOTHING_OPEN)
    planned_day: str = ""
    planned_time: str = ""
    services: rx.Field[list[Choice]] = rx.field(default_factory=list)
    places: rx.Field[list[Choice]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of what others change from now on."""
        await watch(self, f"appointments:{access.organization_id}")
        if not self._is_again:
            self.opened, self.planned_day = _NOTHING_OPEN, ""
        await self._fill(work, access)
        self.opened = self._item(self.opened.id)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def go(self, work: Work, access: PracticeAccess, therapist: Any, day: Any) -> None:
        """Show another calendar or another week."""
        found, wanted = parse(OptionalId, therapist), parse(date | Literal[""], day)
        self.therapist, self.day = str(found or ""), wanted.isoformat() if isinstance(wanted, date) else ""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def open(self, work: Work, access: PracticeAccess, appointment: Any) -> None:
        """Open the panel of an appointment; with an empty id close it, and that of a new one."""
        self.opened, self.planned_day = self._item(str(parse(OptionalId, appointment))), ""

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def plan(self, work: Work, access: PracticeAccess, wall: Any) -> Any:
        """Open the panel of a new appointment, at the time that was pressed or at nine on the day shown."""
        wanted = parse(Wall | Literal[""], wall) or f"{max(self.week.first_day, access.today.isoformat())}T09:00"
        self.services, self.places = await service_week.list_makings(work, access)
        self.planned_day, self.planned_time = wanted[:10], wanted[11:]
        self.opened = _NOTHING_OPEN
        return then(PlanningState.begin)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def create(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Make an appointment."""
        await service_staff.create_appointment(work, access, planned=_planned(parse(NewFields, fields)))
        return self._done(words_staff.MADE)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS)
    async def change(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Move, cancel, delete or note an appointment."""
        return self._done(await _change(work, access, parse(ChangeFields, fields)))

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.calendars = await service_week.list_calendars(work, access)
        known = {one.id for one in self.calendars}
        if self.therapist not in known:
            mine = str(access.membership_id)
            self.therapist = mine if mine in known and len(known) == 1 else next(iter(self._order(mine)), "")
        around = date.fromisoformat(self.day) if self.day else None
        self.week = await service_week.open_week(work, access, therapist_id=parse_id(self.therapist), around=around)
        self.loaded = True

    def _item(self, id_: str) -> WeekItem:
        return next((item for day in self.week.days for item in day.booked if item.id == id_), _NOTHING_OPEN)

    def _order(self, mine: str) -> list[str]:
        return sorted((one.id for one in self.calendars), key=lambda id_: id_ != mine)

    def _done(self, sentence: str) -> Any:
        self.opened, self.planned_day = _NOTHING_OPEN, ""
        self._say(sentence)
        return CalendarState.reload


def _planned(sent: NewFields) -> Planned:
    return Planned(
        therapist_id=sent.therapist_id,
        service_id=sent.service_id,
        client_ids=tuple(parse(Id, one) for one in sent.clients.split()),
        location_id=None if sent.place == "video" else sent.place,
        wall=datetime.combine(sent.day, sent.time.replace(tzinfo=None)),
    )


async def _change(work: Work, access: PracticeAccess, sent: ChangeFields) -> str:
    id_, revision = sent.appointment_id, int(sent.revision)
    if sent.deed == "move":
        if sent.day is None or sent.time is None:
            raise service_staff.incomplete()
        wall = datetime.combine(sent.day, sent.time.replace(tzinfo=None))
        await service_staff.move_appointment(work, access, appointment_id=id_, revision=revision, wall=wall)
        return words_staff.MOVED
    if sent.deed in {"cancel", "late"}:
        is_late = sent.deed == "late"
        await service_staff.cancel_appointment(work, access, appointment_id=id_, revision=revision, is_late=is_late)
        return words_staff.CANCELLED
    if sent.deed == "delete":
        await service_staff.delete_appointment(work, access, appointment_id=id_, revision=revision)
        return words_staff.DELETED
    status = AppointmentStatus(sent.deed)
    await service_staff.mark_appointment(work, access, appointment_id=id_, revision=revision, status=status)
    return words_staff.NOTED
