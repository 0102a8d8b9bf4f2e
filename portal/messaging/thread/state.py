"""/messages/[thread_id]: one conversation."""

from typing import Any
from uuid import UUID

import reflex as rx

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, TooMany
from portal.kit.ids import parse_id
from portal.messaging import service, words, words_pages
from portal.messaging.rules import LONGEST
from portal.messaging.shapes import Number, Outgoing, Written
from portal.messaging.showing import NO_THREAD, NOTHING_REFUSED, Refused, delivered, joined
from portal.messaging.views import MessageView, ThreadView
from portal.models import Permission
from portal.ui.events import then
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

TOO_LONG = words.TOO_LONG.format(most=f"{LONGEST:,}")


class ThreadState(PageState):
    """One conversation. `messages` are those read so far; `delivered` the operations among them."""

    loaded: bool = False
    thread: rx.Field[ThreadView] = rx.field(default_factory=lambda: NO_THREAD)
    messages: rx.Field[list[MessageView]] = rx.field(default_factory=list)
    delivered: rx.Field[list[str]] = rx.field(default_factory=list)
    refused: rx.Field[Refused] = rx.field(default_factory=lambda: NOTHING_REFUSED)
    kept: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(Permission.MESSAGING, look="messages")
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the page; that it was read is written down."""
        await watch(self, f"thread:{self._thread()}")
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        self.messages, self.refused, self.kept = [], NOTHING_REFUSED, {}
        self._show(await service.open_thread(work, access, thread_id=self._thread()))

    @rx.event
    @guarded(Permission.MESSAGING, reads=True, live=True, look="messages")
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Show what arrived, and who has read."""
        self._show(await service.open_thread(work, access, thread_id=self._thread()))

    @rx.event
    @guarded(Permission.MESSAGING, look="messages")
    async def show_earlier(self, work: Work, access: ClientAccess, before: Any) -> None:
        """Add a page of earlier messages."""
        number = parse(Number, before)
        earlier = await service.open_thread(work, access, thread_id=self._thread(), before=number)
        self.messages = joined(earlier.messages, self.messages)

    @rx.event
    @guarded(Permission.MESSAGING)
    async def send(self, unit: Unit, message: Any) -> Any:
        """Send a message; sent again, it is still one. What is refused is told beside it, and nothing is kept."""
        one = parse(Outgoing, message, TOO_LONG)
        if one.thread != self._thread():
            return None  # it was written on another page, which sends it again
        try:
            async with unit() as (work, access):
                await service.send_message(
                    work,
                    access,
                    thread_id=self._thread(),
                    operation_id=one.operation_id,
                    body=one.body,
                    file_ids=one.files,
                )
        except (Invalid, Conflict, TooMany) as refusal:
            self.refused = Refused(str(one.operation_id), refusal.sentence)
            return None
        return then(ThreadState.reload)

    @rx.event
    @guarded(Permission.MESSAGING)
    async def seen(self, work: Work, access: ClientAccess, number: Any) -> None:
        """Note that the newest message was seen; whoever wrote it sees when."""
        await service.mark_read(work, access, thread_id=self._thread(), number=parse(Number, number))

    @rx.event
    @guarded(Permission.MESSAGING)
    async def keep_draft(self, work: Work, access: ClientAccess, draft: Any) -> None:
        """Keep what is being written, for another day or device."""
        given = parse(Written, draft, TOO_LONG)
        if given.thread == self._thread():
            await service.save_draft(work, access, thread_id=given.thread, body=given.body)
            self.kept = {"thread": str(given.thread), "body": given.body}

    @rx.event
    @guarded(Permission.MESSAGING)
    async def put_aside(self, work: Work, access: ClientAccess, aside: Any) -> Any:
        """Archive the conversation, or take it back."""
        wanted = parse(bool, aside)
        await service.set_aside(work, access, thread_id=self._thread(), aside=wanted)
        self._say(words_pages.WAS_PUT_ASIDE if wanted else words_pages.WAS_TAKEN_BACK)
        return then(ThreadState.reload)

    def _show(self, view: ThreadView) -> None:
        self.messages = joined(self.messages, view.messages)
        self.delivered = delivered(self.messages)
        self.thread = view
        self.loaded = True

    def _thread(self) -> UUID:
        found = parse_id(self._route_value("thread_id"))
        if found is None:
            raise NotFound
        return found
