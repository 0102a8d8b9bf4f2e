"""Live updates: after a commit that told a topic, each tab that watches it is asked to reload through its own guard.

Topics carry ids, never data: `forms:<organization_id>` (an answer sheet arrived or changed its status),
`client:<client_id>`, `account:<account_id>` (grants, sessions). The tab that made the change is not asked: its handler
already knows. A page stops watching when the tab moves on or connects again; its on_load watches anew.
"""

from typing import Any

import reflex as rx
from reflex.event import Event
from reflex_base.event.context import EventContext

from portal.ui.session_state import PageState
from portal.ui.tabs import tabs

_app: rx.App | None = None


async def watch(page: PageState, topic: str) -> None:
    """Let this tab's page reload whenever the topic is told; for an on_load handler.

    The page's State needs a handler `reload`, declared `@guarded(…, reads=True, live=True)`.
    """
    tabs.watch(EventContext.get().token, topic, f"{type(page).get_full_name()}.reload")


async def tell_tabs(topics: frozenset[str]) -> None:
    """Ask the tabs that watch these topics to reload; a listener of Database.listeners."""
    own = _own_token()
    for token, handler in tabs.watching(topics):
        if token != own:
            await _enqueue(token, handler)
    if any(topic.startswith("account:") for topic in topics):
        tabs.look_again.set()


async def _enqueue(token: str, handler: str) -> None:
    """Put a reload into a tab's queue, as an event of its own: without a context it would run with our headers."""
    if _app is None:
        return
    processor: Any = _app.event_processor
    context = processor._root_context.fork(token=token)
    await processor.enqueue(token, Event(name=handler, payload={}), ev_ctx=context)


def _own_token() -> str:
    try:
        return EventContext.get().token
    except LookupError:
        return ""


def use_app(app: rx.App) -> None:
    """Say which app's tabs are meant; called once, where the app is assembled."""
    global _app
    _app = app
