"""/practice/messages: the conversations a member of staff is in."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.messaging.service_listing import EVERYTHING, list_threads
from portal.messaging.shapes import Older, Sought
from portal.messaging.views import ThreadRow
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class InboxState(PageState):
    """The list. `older` asks for the next page; `archived` shows what was put aside; `searched` that one looked.

    `shown` is what was looked for last.
    """

    loaded: bool = False
    rows: rx.Field[list[ThreadRow]] = rx.field(default_factory=list)
    older: str = ""
    archived: bool = False
    searched: bool = False
    shown: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page with what is current."""
        await watch(self, f"messages:{access.actor.account_id}")
        self.archived = self.searched = False
        self.shown = Sought().model_dump()
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after something arrived; what one looked for stays."""
        if not self.searched:
            await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Look for conversations by name, subject and date; with nothing to look for, show all that is current."""
        sought = parse(Sought, fields)
        wanted = sought.wanted()
        self.searched, self.shown = wanted.is_search, sought.model_dump()
        self.rows, self.older = vars(await list_threads(work, access, wanted=wanted)).values()

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def switch(self, work: Work, access: PracticeAccess) -> None:
        """Show the archive, or go back."""
        self.archived, self.searched = not self.archived, False
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def show_older(self, work: Work, access: PracticeAccess) -> None:
        """Add a page of older conversations."""
        older = parse(Older, self.older)
        listed = await list_threads(work, access, wanted=EVERYTHING, archived=self.archived, older=older)
        self.rows, self.older = [*self.rows, *listed.rows], listed.older

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        listed = await list_threads(work, access, archived=self.archived)
        self.rows, self.older, self.loaded = listed.rows, listed.older, True
