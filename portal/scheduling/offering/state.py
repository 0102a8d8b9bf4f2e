"""/practice/services: what the practice offers, and where; administrators only."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.scheduling import service_offering, words_staff
from portal.scheduling.service_offering import ServiceFields
from portal.scheduling.views import Choice
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Ticked = Literal["on", ""]
Name = Annotated[str, Field(max_length=120)]


class NewService(BaseModel):
    """A service that is to be offered; the price as people type it, "150" or "150.00"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    minutes: Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
    price: Annotated[str, Field(pattern=r"^[0-9]{1,6}([.,][0-9]{2})?$")]
    in_person: Ticked = ""
    by_video: Ticked = ""
    is_bookable: Ticked = ""
    therapist_id: Id | Literal[""] = ""

    @property
    def cents(self) -> int:
        """The price in cents."""
        whole, _, rest = self.price.replace(",", ".").partition(".")
        return int(whole) * 100 + int(rest or 0)


class NewLocation(BaseModel):
    """A place that is to be used."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    address: Annotated[str, Field(max_length=400)] = ""
    zone: Annotated[str, Field(max_length=60)] = ""


class OfferingState(PageState):
    """What is offered and where. `added` counts what was done, so that forms empty and close."""

    loaded: bool = False
    added: int = 0
    services: rx.Field[list[Choice]] = rx.field(default_factory=list)
    locations: rx.Field[list[Choice]] = rx.field(default_factory=list)
    therapists: rx.Field[list[Choice]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"appointments:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def add_service(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Offer another service."""
        sent = parse(NewService, fields, words_staff.CHECK_SERVICE)
        wanted = ServiceFields(
            name=sent.name,
            minutes=int(sent.minutes),
            price_cents=sent.cents,
            in_person=bool(sent.in_person),
            by_video=bool(sent.by_video),
            is_bookable=bool(sent.is_bookable),
            therapist_id=sent.therapist_id or None,
        )
        await service_offering.add_service(work, access, fields=wanted)
        return self._done(words_staff.ADDED)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def archive_service(self, work: Work, access: PracticeAccess, service: Any) -> Any:
        """Offer a service no more."""
        await service_offering.archive_service(work, access, service_id=parse(Id, service))
        return self._done(words_staff.REMOVED)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def add_location(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Add a place."""
        sent = parse(NewLocation, fields)
        await service_offering.add_location(work, access, name=sent.name, address=sent.address, zone=sent.zone.strip())
        return self._done(words_staff.ADDED)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def archive_location(self, work: Work, access: PracticeAccess, location: Any) -> Any:
        """Use a place no more."""
        await service_offering.archive_location(work, access, location_id=parse(Id, location))
        return self._done(words_staff.REMOVED)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        found = await service_offering.list_offering(work, access)
        self.services, self.locations, self.therapists = found.services, found.locations, found.therapists
        self.loaded = True

    def _done(self, sentence: str) -> Any:
        self.added += 1
        self._say(sentence)
        return OfferingState.reload
