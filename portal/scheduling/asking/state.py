"""/appointments/new: therapist, service, place, then one of the free times."""

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import reflex as rx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from portal.access.actor import ClientAccess, Standing
from portal.database import Work
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.scheduling import service_offers, service_requests, words, words_own
from portal.scheduling.asking import showing
from portal.scheduling.service_offers import BY_VIDEO, Booking, Wish
from portal.scheduling.service_requests import Asked
from portal.scheduling.views import Choice, DayView
from portal.scheduling.zones import zone_or
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_FIRST_DAYS, _MORE_DAYS = 7, 14
Step = Literal["therapist", "service", "place"]
ShortText = Annotated[str, Field(max_length=60)]


class RequestFields(BaseModel):
    """What is sent with the button; all of it is on the page, so that a tab that lost its state loses no request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: Id
    therapist_id: Id
    service_id: Id
    place: Id | Literal["video"]
    starts_at: AwareDatetime
    moves: Id | Literal[""] = ""
    note: Annotated[str, Field(max_length=1000)] = ""


class AskingState(PageState):
    """Asking for a time. `picked` is the start that was chosen, in ISO 8601."""

    keeps: ClassVar = ("zone", "therapist", "service", "place", "moves", "shown_days", "picked", "picked_label")

    loaded: bool = False
    zone: str = ""
    zone_note: str = ""
    whose: str = ""
    moves: str = ""
    rule: str = ""
    is_complete: bool = False
    therapists: rx.Field[list[Choice]] = rx.field(default_factory=list)
    services: rx.Field[list[Choice]] = rx.field(default_factory=list)
    places: rx.Field[list[Choice]] = rx.field(default_factory=list)
    therapist: str = ""
    service: str = ""
    place: str = ""
    days: rx.Field[list[DayView]] = rx.field(default_factory=list)
    shown_days: int = _FIRST_DAYS
    has_more: bool = False
    picked: str = ""
    picked_label: str = ""
    picks: int = 0

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the page, and hear of times that are taken from now on."""
        await watch(self, f"appointments:{access.organization_id}")
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        named = parse_id(self._address_value("move"))
        if not self._is_again:
            self.therapist = self.service = self.place = self.picked = ""
            self.moves, self.shown_days = str(named) if named else "", _FIRST_DAYS
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True, live=True)
    async def see_zone(self, work: Work, access: ClientAccess, zone: Any) -> None:
        """Show the times on the person's own clock."""
        self.zone = parse(ShortText, zone)
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True)
    async def choose(self, work: Work, access: ClientAccess, step: Any, choice: Any) -> None:
        """Choose a therapist, a service or a place; what was chosen after it is open again."""
        chosen = parse(ShortText, choice)
        which = parse(Step, step)
        self.place = chosen if which == "place" else ""
        if which != "place":
            self.service = chosen if which == "service" else ""
        if which == "therapist":
            self.therapist = chosen
        self.picked, self.shown_days = "", _FIRST_DAYS
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True)
    async def show_more(self, work: Work, access: ClientAccess) -> None:
        """Show two weeks more."""
        self.shown_days = min(self.shown_days + _MORE_DAYS, 61)
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING, reads=True)
    async def pick(self, work: Work, access: ClientAccess, starts_at: Any) -> None:
        """Pick a time, or none; what is sent is checked when it is sent."""
        wanted = parse(ShortText, starts_at)
        times = {one.id: f"{day.heading}, {one.label}" for day in self.days for one in day.times}
        self.picked, self.picked_label = (wanted, times[wanted]) if wanted in times else ("", "")
        self.picks += 1

    @rx.event
    @guarded(Permission.SCHEDULING)
    async def send(self, work: Work, access: ClientAccess, fields: Any) -> Any:
        """Send the request, once."""
        sent = parse(RequestFields, fields)
        wish = Wish(sent.therapist_id, sent.service_id, sent.place, sent.moves or None)
        asked = Asked(sent.operation_id, wish, sent.starts_at, sent.note)
        await service_requests.request_appointment(work, access, asked=asked)
        self.picked = ""
        self._say(words_own.SENT)
        return rx.redirect(f"/appointments?for={access.client_id}")

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        zone = zone_or(self.zone, access.zone)
        wish = Wish(parse_id(self.therapist), parse_id(self.service), _place(self.place), parse_id(self.moves))
        booking = await service_offers.open_booking(work, access, wish)
        self.whose = "" if access.standing is Standing.CLIENT else access.client_name
        self.zone_note = words_own.zone_note(words.zone_name(zone))
        self._show(booking, zone)
        self.loaded = True

    def _show(self, booking: Booking, zone: str) -> None:
        self.therapists = showing.therapists_of(booking)
        if booking.offer is not None:
            self.therapist, self.service = str(booking.offer.therapist.id), str(booking.offer.service.id)
        elif len(self.therapists) == 1:
            self.therapist = self.therapists[0].id
        self.services = showing.services_of(booking, self.therapist)
        self.places = showing.places_of(booking)
        self.is_complete, terms = booking.is_complete, booking.terms
        self.place = showing.place_id(booking.place) if booking.is_complete else ""
        self.rule = words.request_rule(terms.request_hours, terms.practice) if terms else ""
        there = booking.place.zone if booking.place else (terms.zone if terms else zone)
        days = showing.days_of(booking.starts, zone, there, self.shown_days + 1)
        self.days, self.has_more = days[: self.shown_days], len(days) > self.shown_days
        if self.picked not in {one.id for day in self.days for one in day.times}:
            self.picked = ""


def _place(text: str) -> UUID | str | None:
    return BY_VIDEO if text == BY_VIDEO else parse_id(text)
