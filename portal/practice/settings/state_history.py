"""/practice/settings: what was decided before, for administrators."""

from typing import Annotated, Any, ClassVar

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.trail import Wanted, read_trail
from portal.database import Work
from portal.practice.settings import showing
from portal.practice.settings.views import ChangeRow
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Sequence = Annotated[int, Field(ge=1, le=2**31)]
CHANGES = Wanted(actions=("setting.changed",))
A_PAGE = 5


class HistoryState(PageState):
    """The history of changes; `older` is where its next page begins. For other roles this part stays empty."""

    is_part: ClassVar[bool] = True

    history: rx.Field[list[ChangeRow]] = rx.field(default_factory=list)
    older: int = 0

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Show the latest changes, and hear of new ones."""
        await watch(self, f"settings:{access.organization_id}")
        await self._read(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Show the latest changes anew after one was made."""
        await self._read(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def show_older(self, work: Work, access: PracticeAccess, before: Any) -> None:
        """Add a page of older changes."""
        await self._read(work, access, parse(Sequence, before))

    async def _read(self, work: Work, access: PracticeAccess, before: int | None = None) -> None:
        """Read the latest changes, or those before a number; what is older than both stays."""
        trail = await read_trail(work, access, wanted=CHANGES, before=before, limit=A_PAGE)
        rows = [showing.change_row(entry, access.zone) for entry in trail.entries]
        self.history = [*self.history, *rows] if before else rows
        self.older = trail.before or 0
