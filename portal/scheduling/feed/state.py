"""One's own calendar program: its private address, and what it may tell."""

from typing import Any

import reflex as rx

from portal.access.actor import ClientAccess, Sight
from portal.database import Work
from portal.runtime import runtime
from portal.scheduling import service_feed, words, words_own
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState


class FeedState(PageState):
    """The panel about calendars. `address` is there once, after it was made; `answers` counts the answers."""

    is_open: bool = False
    since: str = ""
    address: str = ""
    details: bool = False
    answers: int = 0

    @rx.event
    @guarded(Sight.APPOINTMENTS, reads=True)
    async def open(self, work: Work, access: ClientAccess) -> None:
        """Open the panel."""
        self.address = ""
        await self._fill(work, access)
        self.is_open = True

    @rx.event
    @guarded(Sight.APPOINTMENTS, reads=True)
    async def close(self, work: Work, access: ClientAccess) -> None:
        """Close the panel, and forget the address."""
        self.is_open, self.address = False, ""

    @rx.event
    @guarded(Sight.APPOINTMENTS)
    async def make(self, work: Work, access: ClientAccess) -> None:
        """Make an address; an older one shows nothing any more."""
        token = await service_feed.make_address(work, access)
        await self._fill(work, access)
        self.address = f"{runtime().config.origin}/calendar/{token}.ics"

    @rx.event
    @guarded(Sight.APPOINTMENTS)
    async def end(self, work: Work, access: ClientAccess) -> None:
        """Let the address show nothing any more."""
        await service_feed.end_address(work, access)
        self.address = ""
        await self._fill(work, access)
        self._say(words_own.FEED_ENDED)

    @rx.event
    @guarded(Sight.APPOINTMENTS)
    async def tell_details(self, work: Work, access: ClientAccess, wanted: Any) -> None:
        """Let one's calendars say what an appointment is, or not."""
        await service_feed.choose_details(work, access, details=parse(bool, wanted))
        await self._fill(work, access)

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        own = await service_feed.open_own(work, access)
        self.since = words.day_of(own.since, access.zone) if own.since else ""
        self.details = own.details
        self.answers += 1
