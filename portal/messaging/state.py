"""/messages: the conversations of the person acted for, and starting one."""

from typing import Any

import reflex as rx

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.messaging import words_pages
from portal.messaging.service_listing import EVERYTHING, list_threads
from portal.messaging.service_starting import list_choices, start_thread
from portal.messaging.shapes import Begun, Older, Sought, sorted_fields
from portal.messaging.views import Choice, ThreadRow
from portal.models import Permission
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class MessagesState(PageState):
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
    @guarded(Permission.MESSAGING, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the page with what is current."""
        await watch(self, f"messages:{access.actor.account_id}")
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        self.archived = self.searched = False
        self.shown = Sought().model_dump()
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.MESSAGING, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew after something arrived; what one looked for stays."""
        if not self.searched:
            await self._fill(work, access)

    @rx.event
    @guarded(Permission.MESSAGING, reads=True)
    async def find(self, work: Work, access: ClientAccess, fields: Any) -> None:
        """Look for conversations by name, subject and date; with nothing to look for, show all that is current."""
        sought = parse(Sought, fields)
        wanted = sought.wanted()
        self.searched, self.shown = wanted.is_search, sought.model_dump()
        self.rows, self.older = vars(await list_threads(work, access, wanted=wanted)).values()

    @rx.event
    @guarded(Permission.MESSAGING, reads=True)
    async def switch(self, work: Work, access: ClientAccess) -> None:
        """Show the archive, or go back."""
        self.archived, self.searched = not self.archived, False
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.MESSAGING, reads=True)
    async def show_older(self, work: Work, access: ClientAccess) -> None:
        """Add a page of older conversations."""
        older = parse(Older, self.older)
        listed = await list_threads(work, access, wanted=EVERYTHING, archived=self.archived, older=older)
        self.rows, self.older = [*self.rows, *listed.rows], listed.older

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        listed = await list_threads(work, access, archived=self.archived)
        self.rows, self.older, self.loaded = listed.rows, listed.older, True


class StartState(PageState):
    """A new conversation: whom one can write to, and about whom. `started` counts what was sent."""

    therapists: rx.Field[list[Choice]] = rx.field(default_factory=list)
    others: rx.Field[list[Choice]] = rx.field(default_factory=list)
    hours: str = ""
    about: str = ""
    started: int = 0

    @rx.event
    @guarded(Permission.MESSAGING, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the form."""
        self.about = str(access.client_id)
        choices = await list_choices(work, access, client_id=access.client_id)
        self.therapists, self.others, self.hours = choices.therapists, choices.others, choices.hours

    @rx.event
    @guarded(Permission.MESSAGING)
    async def send(self, work: Work, access: ClientAccess, fields: Any) -> Any:
        """Start the conversation, and go to it."""
        begun = parse(Begun, sorted_fields(fields))
        thread_id = await start_thread(work, access, client_id=access.client_id, start=begun.start())
        self.started += 1
        self._say(words_pages.STARTED)
        return rx.redirect(f"/messages/{thread_id}?for={access.client_id}")
