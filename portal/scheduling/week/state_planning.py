"""Who comes to an appointment that is to be made: found by name, however many clients there are."""

from typing import Annotated, Any, ClassVar

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.scheduling.service_staff import MOST_ATTENDEES, read_clients, search_clients
from portal.scheduling.views import Choice
from portal.ui.guard import Id, guarded, parse
from portal.ui.session_state import PageState


class _Sought(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(max_length=200)] = ""


class PlanningState(PageState):
    """Who was `found` for what is `sought`, and who is `chosen`; `ids` are theirs, between spaces.

    `opened` counts the appointments that were begun.
    """

    is_part: ClassVar = True
    keeps: ClassVar = ("ids", "opened")

    opened: int = 0
    sought: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: {"name": ""})
    found: rx.Field[list[Choice]] = rx.field(default_factory=list)
    chosen: rx.Field[list[Choice]] = rx.field(default_factory=list)
    ids: str = ""
    is_full: bool = False

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Choose nobody; where the page connected anew, who was chosen and is still in reach."""
        wanted = [parse(Id, one) for one in self.ids.split()] if self._is_again else []
        self._choose(await read_clients(work, access, client_ids=wanted) if wanted else [])
        self.found, self.sought = [], {"name": ""}
        if wanted:
            await self._find(work, access, "")

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def begin(self, work: Work, access: PracticeAccess) -> None:
        """Choose nobody yet."""
        self.opened += 1
        self._choose([])
        await self._find(work, access, "")

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Find clients by the beginnings of their names."""
        await self._find(work, access, parse(_Sought, fields).name)

    @rx.event
    @guarded(StaffTask.APPOINTMENTS, reads=True)
    async def choose(self, work: Work, access: PracticeAccess, client: Any) -> None:
        """Let one who was found come; whoever comes already does not."""
        wanted = str(parse(Id, client))
        staying = [one for one in self.chosen if one.id != wanted]
        if len(staying) == len(self.chosen):
            staying += [one for one in self.found if one.id == wanted][: MOST_ATTENDEES - len(staying)]
        self._choose(staying)

    def _choose(self, chosen: list[Choice]) -> None:
        self.chosen, self.ids = chosen, " ".join(one.id for one in chosen)
        self.is_full = len(chosen) >= MOST_ATTENDEES

    async def _find(self, work: Work, access: PracticeAccess, name: str) -> None:
        self.found = await search_clients(work, access, name=name)
        self.sought = {"name": name}
