"""Live updates: after a commit that told a topic, each tab that watches it is asked to reload through its own guard.

Topics carry ids, never data: `forms:<organization_id>` (an answer sheet arrived or changed its status),
`client:<client_id>`, `account:<account_id>` (grants, sessions). The tab that made the change is not asked: its handler
already knows. A page stops watching when the tab moves on or connects again; its on_load watches anew.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex_base.event.context import EventContext

from portal.ui.session_state import PageState
from portal.ui.tabs import own_tab, tabs


async def watch(page: PageState, topic: str, handler: str = "reload") -> None:
    """Let this tab's page reload whenever the topic is told; for an on_load handler.

    The page's State needs that handler, declared `@guarded(…, reads=True, live=True)`.
    """
    name = f"{type(page).get_full_name()}.{handler}"
    tabs.watch(EventContext.get().token, topic, name, first=page.is_frame)  # where one may go is shown before the rest


def watch_exactly(page: PageState, topics: Iterable[str]) -> None:
    """Let this tab's page reload for these topics, and no longer for any that it watched before."""
    name = f"{type(page).get_full_name()}.reload"
    tabs.watch_exactly(own_tab(), topics, name, first=page.is_frame)


class Hub:
    """Hands topics to the tabs of one app; a listener of Database.listeners.

    A page that has just begun to reload does so again after a pause: when two hundred people ask at once, the
    therapist sees the count go up ten times a second at most, and the others do not wait for it.
    """

    def __init__(self, app: rx.App) -> None:
        self._app = app
        self._later: set[asyncio.Task[None]] = set()

    async def tell(self, topics: frozenset[str]) -> None:
        """Ask the tabs that watch these topics to reload."""
        for token, handler in tabs.watching(topics, but=own_tab()):
            if pause := tabs.pause_before(token, handler):
                task = asyncio.create_task(self._after(pause, token, handler))
                self._later.add(task)
                task.add_done_callback(self._later.discard)
            else:
                await self._enqueue(token, handler)

    async def _after(self, pause: float, token: str, handler: str) -> None:
        await asyncio.sleep(pause)
        if tabs.is_waiting(token, handler):
            await self._enqueue(token, handler)

    async def _enqueue(self, token: str, handler: str) -> None:
        """Put a reload into a tab's queue as an event of its own: without a context it would run with our headers."""
        processor: Any = self._app.event_processor
        await processor.enqueue(
            token, Event(name=handler, payload={}), ev_ctx=processor._root_context.fork(token=token)
        )
