"""Features of one client: what is on, what is off here and why, and switching it."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StrictBool

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.clients.service_read import read_client
from portal.clients.service_switches import ShowsAddress, switch_features
from portal.clients.views import ClientStatus
from portal.database import Work
from portal.errors import NotFound
from portal.practice.client import showing_switches as showing
from portal.practice.client.views import NOTHING_ASKED, NOTHING_SWITCHED, AskedSwitch, FeatureRow, SwitchedRow
from portal.ui.events import then
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Name = Annotated[str, Field(max_length=60)]
Step = Annotated[int, Field(ge=0, le=2)]


class SwitchState(PageState):
    """The switches of one client. `answers` counts what the server answered; `asked` is the question that is open."""

    loaded: bool = False
    may_switch: bool = False
    rows: rx.Field[list[FeatureRow]] = rx.field(default_factory=list)
    answers: int = 0
    asked: rx.Field[AskedSwitch] = rx.field(default_factory=lambda: NOTHING_ASKED)
    done: rx.Field[SwitchedRow] = rx.field(default_factory=lambda: NOTHING_SWITCHED)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section, and hear of changes to the client and to the practice's settings."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        self.asked, self.done = NOTHING_ASKED, NOTHING_SWITCHED
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def switch(self, unit: Unit, name: Any, on: Any, step: Any = 0) -> Any:
        """Switch a feature off for the client, or let the practice's setting hold again.

        Where somebody would see an address it asks twice; `step` counts the questions that were agreed to.
        """
        wanted, is_on, agreed = parse(Name, name), parse(StrictBool, on), parse(Step, step)
        self.answers += 1
        try:
            async with unit() as (work, access):
                if access.client_id is None:
                    raise NotFound
                changed = await switch_features(
                    work, access, client_ids=[access.client_id], name=wanted, off=not is_on, confirmed=agreed > 1
                )
        except ShowsAddress as asks:
            self.asked = showing.asked(wanted, asks.lines, agreed)
            return None
        self.asked = NOTHING_ASKED
        self._say("")
        if changed:
            self.done = showing.switched(wanted, is_on=is_on, count=self.answers)
        return then(SwitchState.reload)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def leave_it(self, work: Work, access: PracticeAccess) -> None:
        """Take the question away; nothing was changed."""
        self.asked = NOTHING_ASKED
        self.answers += 1

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        view = await read_client(work, access)
        is_admin = scope_of(access.role, StaffTask.SETTINGS) is not None
        self.may_switch = is_admin and view.status is not ClientStatus.ARCHIVED
        self.rows = showing.rows(view, is_admin=is_admin)
        self.loaded = True
