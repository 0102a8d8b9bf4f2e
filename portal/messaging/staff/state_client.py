"""/practice/clients/[client_id]/messages: the conversations with one client, a new one, and those of others."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.messaging import words_pages
from portal.messaging.service_listing import Wanted, list_threads
from portal.messaging.service_opening import list_other_threads, open_other_thread
from portal.messaging.service_starting import list_choices, start_thread
from portal.messaging.shapes import Begun, Glass, sorted_fields
from portal.messaging.views import Choice, OtherThread, ThreadRow
from portal.ui.events import then
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class WithClientState(PageState):
    """One's own conversations with a client. `why_not` says why one cannot write to them."""

    loaded: bool = False
    rows: rx.Field[list[ThreadRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"messages:{access.actor.account_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after something arrived."""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        wanted = Wanted(client_id=_client(access))
        self.rows = (await list_threads(work, access, wanted=wanted)).rows
        self.loaded = True


class WriteState(PageState):
    """A new conversation with a client. `why_not` says why one cannot write to them; `started` counts what was sent."""

    others: rx.Field[list[Choice]] = rx.field(default_factory=list)
    why_not: str = ""
    is_open: bool = False
    about: str = ""
    hours: str = ""
    started: int = 0

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the form with who can be written to, now."""
        self.others, self.why_not, self.is_open, self.about = [], "", False, str(_client(access))
        try:
            choices = await list_choices(work, access, client_id=_client(access))
            self.others, self.hours = choices.others, choices.hours
        except Conflict as refusal:
            self.why_not = refusal.sentence
        except NotFound:
            return
        self.is_open = True

    @rx.event
    @guarded(StaffTask.MESSAGES)
    async def send(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Start the conversation, and go to it."""
        begun = parse(Begun, sorted_fields(fields))
        thread_id = await start_thread(work, access, client_id=_client(access), start=begun.start())
        self.started += 1
        self._say(words_pages.STARTED)
        return rx.redirect(f"/practice/messages/{thread_id}{_kept(self._address_value('practice'))}")


class GlassState(PageState):
    """The conversations of others, for administrators: that they are there, and opening one with a reason."""

    others: rx.Field[list[OtherThread]] = rx.field(default_factory=list)
    is_shown: bool = False

    @rx.event
    @guarded(StaffTask.MESSAGES, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> Any:
        """Show the section to whoever may look into the record of everything."""
        self.others, self.is_shown = [], False
        return then(GlassState.look) if _is_administrator(access) else None

    @rx.event
    @guarded(StaffTask.AUDIT, reads=True)
    async def look(self, work: Work, access: PracticeAccess) -> None:
        """List the conversations: who and when, never what."""
        self.others = await list_other_threads(work, access, client_id=_client(access))
        self.is_shown = True

    @rx.event
    @guarded(StaffTask.AUDIT, step_up=True)
    async def open(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Open one for an hour, in sight of everybody in it."""
        wanted = parse(Glass, fields)
        await open_other_thread(work, access, client_id=_client(access), thread_id=wanted.thread, reason=wanted.reason)
        self._say(words_pages.OPENED)
        return rx.redirect(f"/practice/messages/{wanted.thread}{_kept(self._address_value('practice'))}")


def _client(access: PracticeAccess) -> UUID:
    if access.client_id is None:
        raise NotFound
    return access.client_id


def _is_administrator(access: PracticeAccess) -> bool:
    return scope_of(access.role, StaffTask.AUDIT) is not None


def _kept(practice: str) -> str:
    """Keep the practice that the address names, for staff of several."""
    return f"?{urlencode({'practice': practice})}" if practice else ""
