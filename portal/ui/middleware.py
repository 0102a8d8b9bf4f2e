"""Deny by default: an event runs only when its handler declared who may call it and the tab is still its session's."""

from collections.abc import Iterator
from time import time_ns
from typing import Any

import structlog
from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from portal.ui.failure import is_begun
from portal.ui.policy import policy_of
from portal.ui.session_state import PageState
from portal.ui.tabs import Tab, tabs
from portal.ui.touches import mark_event

HYDRATE = "reflex___state____state.hydrate_and_load"
MOVE = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"
LOADED = "reflex___state____state.reflex___state____on_load_internal_state.set_is_hydrated"
FRAMEWORK = frozenset({HYDRATE, MOVE, LOADED})
"""Reflex's own handlers that a page needs: they load a page, and give out what the guarded handlers put into it."""
log = structlog.get_logger("portal.door")


class DoorKeeper(Middleware):
    """Runs before every event, live updates and background handlers included."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return None to let an event through, an empty update to stop it."""
        context = EventContext.get()
        root: Any = state._get_root_state()
        page = await root.get_state(PageState)
        session_hash = page._session_hash()
        if not session_hash or not _is_declared(event.name):
            log.warning("event refused", handler_name=event.name, has_session=bool(session_hash))
            return StateUpdate()
        tab = tabs.seen(context.token, session_hash)
        if event.router_data and not tab.bucket.take():
            if tab.is_first_excess():
                log.warning("too many events", handler_name=event.name)
            return StateUpdate()
        if _is_again(page, session_hash, event):
            _note(tab, event)
            return _begin_again(root, page, session_hash)
        _bind(root, page, session_hash, event)
        _note(tab, event)
        if event.name == MOVE and event.router_data:
            _leave(page)
        return _arrive(root, page) if event.name == LOADED else None


def _is_declared(name: str) -> bool:
    registered = RegistrationContext.get().event_handlers.get(name)
    return registered is not None and (name in FRAMEWORK or policy_of(registered.handler.fn) is not None)


def _is_again(page: PageState, session_hash: str, event: Event) -> bool:
    """Whether a page that this session has open connects anew: on its first time a page sends the hashes of its start.

    Where its address is another one by now, it is emptied like any other.
    """
    is_known = page._bound_session == session_hash and page.place.partition(" ")[2] == _address(page)
    return event.name == HYDRATE and not event.payload.get("hashes") and is_known


def _begin_again(root: Any, page: PageState, session_hash: str) -> StateUpdate:
    """Empty a page but for what its parts keep, fill it again, and tell the browser nothing before all of it is there.

    So what is open stays open and keeps what is typed into it. A State that this page does not fill keeps nothing, and
    one that is refused when it is filled is emptied as ever.
    """
    filled = Event.from_event_type(RegistrationContext.get().app.get_load_events(page.rx_router_url.path))
    names = {event.name.rpartition(".")[0] for event in filled}
    parts = [part for part in _parts(page) if part.keeps and part.get_full_name() in names]
    kept = [(part, {name: part.get_value(name) for name in part.keeps}) for part in parts]
    kept.append((page, {name: page.get_value(name) for name in page.stays}))
    root.reset()
    for part, values in kept:
        for name, value in values.items():
            setattr(part, name, value)
    page._bound_session = session_hash
    page._is_again = page._owes_all = True
    root._clean()
    return StateUpdate(events=[Event(name=MOVE)])


def _parts(page: PageState) -> Iterator[PageState]:
    for part in page.substates.values():
        if isinstance(part, PageState):
            yield part
            yield from _parts(part)


def _leave(page: PageState) -> None:
    """Close what belongs to the page that was left and is filled by no page: the next one is about somebody else.

    So does what is kept for a page that was left before it was filled: nothing has found it in reach again.
    """
    unchecked, page._is_again = page._is_again, False
    for part in _parts(page):
        goes: Any = part
        if ("load" not in part.event_handlers or (unchecked and part.keeps)) and is_begun(part):
            goes.reset()


def _arrive(root: Any, page: PageState) -> StateUpdate | None:
    """Say whose content the page holds now; all of it where the page connected anew."""
    page.place = f"{time_ns()} {_address(page)}"
    page._is_again = False
    if not page._owes_all:
        return None
    page._owes_all, root.is_hydrated = False, True
    whole = root.dict()
    root._clean()
    return StateUpdate(delta=whole)


def _address(page: PageState) -> str:
    return f"{page.rx_router_url.path}?{page.rx_router_url.query}"


def _bind(root: Any, page: PageState, session_hash: str, event: Event) -> None:
    """Empty the tab when a page connects, and when it was another session's: its on_load fills it again."""
    if event.name == HYDRATE or page._bound_session != session_hash:
        root.reset()
        page._bound_session = session_hash


def _note(tab: Tab, event: Event) -> None:
    """Keep the books: what a page watches ends with the page; what somebody does keeps the session awake."""
    if event.name in {HYDRATE, MOVE}:
        tab.moved_on()
    tab.begins(event.name)
    if event.router_data:
        is_first = bool(event.payload.get("hashes")) if event.name == HYDRATE else True
        mark_event(EventContext.get().router_data, by_user=is_first)
