"""/appointments: what is ahead, what was, and what is asked for."""

from dataclasses import replace
from typing import Annotated, Any

import reflex as rx
from pydantic import AwareDatetime, Field

from portal.access import gate
from portal.access.actor import ClientAccess, Sight, Standing
from portal.database import Work
from portal.models import Permission
from portal.scheduling import service_own, service_requests, words, words_own
from portal.scheduling.views import AppointmentView, RequestView
from portal.scheduling.zones import zone_or
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Revision = Annotated[int, Field(ge=1, le=1_000_000)]
ZoneName = Annotated[str, Field(max_length=60)]


class AppointmentsState(PageState):
    """One's own appointments. `whose` is the client's name when one acts for somebody else."""

    loaded: bool = False
    zone: str = ""
    zone_note: str = ""
    whose: str = ""
    client: str = ""
    may_request: bool = False
    phone: str = ""
    change_note: str = ""
    upcoming: rx.Field[list[AppointmentView]] = rx.field(default_factory=list)
    past: rx.Field[list[AppointmentView]] = rx.field(default_factory=list)
    requests: rx.Field[list[RequestView]] = rx.field(default_factory=list)

    @rx.event
    @guarded(Sight.APPOINTMENTS, reads=True, look="appointments")
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the page, and hear of what changes from now on."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        await watch(self, f"account:{access.actor.account_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(Sight.APPOINTMENTS, reads=True, live=True, look="appointments")
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(Sight.APPOINTMENTS, reads=True, live=True, look="appointments")
    async def see_zone(self, work: Work, access: ClientAccess, zone: Any) -> None:
        """Show the times on the person's own clock."""
        self.zone = parse(ZoneName, zone)
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.SCHEDULING)
    async def cancel(self, work: Work, access: ClientAccess, appointment: Any, revision: Any) -> Any:
        """Cancel an appointment, within the practice's rule."""
        await service_own.cancel_own(
            work, access, appointment_id=parse(Id, appointment), revision=parse(Revision, revision)
        )
        return self._done(words_own.CANCELLED)

    @rx.event
    @guarded(Sight.APPOINTMENTS)
    async def withdraw(self, work: Work, access: ClientAccess, request: Any, revision: Any) -> Any:
        """Take a request back."""
        await service_requests.withdraw_request(
            work, access, request_id=parse(Id, request), revision=parse(Revision, revision)
        )
        return self._done(words_own.WITHDRAWN)

    @rx.event
    @guarded(Permission.SCHEDULING)
    async def accept(self, work: Work, access: ClientAccess, request: Any, revision: Any, starts_at: Any) -> Any:
        """Take one of the times that the practice offers instead."""
        await service_requests.accept_suggestion(
            work,
            access,
            request_id=parse(Id, request),
            revision=parse(Revision, revision),
            starts_at=parse(AwareDatetime, starts_at),
        )
        return self._done(words_own.ACCEPTED)

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        subjects = await gate.open_acting(work, self._session_hash())
        mine = next((one for one in subjects.clients if one.client_id == access.client_id), None)
        self.may_request = mine is not None and mine.may(Permission.SCHEDULING)
        zone = zone_or(self.zone, access.zone)
        own = await service_own.list_own(work, access, zone=zone)
        self.whose = "" if access.standing is Standing.CLIENT else access.client_name
        self.client, self.phone = str(access.client_id), own.phone
        self.zone_note = words_own.zone_note(words.zone_name(zone))
        self.upcoming = [replace(one, can_change=one.can_change and self.may_request) for one in own.upcoming]
        self.change_note = "" if self.may_request or not own.upcoming else words_own.how_to_change(own.phone)
        self.past, self.requests = own.past, own.requests
        self.loaded = True

    def _done(self, sentence: str) -> Any:
        self._say(sentence)
        return AppointmentsState.reload
