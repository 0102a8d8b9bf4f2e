"""Ends the open tabs of sessions that are over, wherever they were ended: every two seconds, with one query for all."""

import asyncio
from typing import Any

import reflex as rx
import structlog
from reflex.istate.manager.token import BaseStateToken

from portal.accounts.open_sessions import SessionStanding, standing_of_sessions
from portal.http.sockets import Sockets
from portal.runtime import runtime
from portal.ui.ending import cover
from portal.ui.session_state import PageState
from portal.ui.tabs import tabs

EVERY = 2.0
_PATIENCE = 5.0
log = structlog.get_logger("portal.door")


class Sweep:
    """Looks at the sessions of all open tabs; at once when a commit told that an account's sessions changed."""

    def __init__(self, app: rx.App, sockets: Sockets) -> None:
        self._app, self._sockets = app, sockets
        self._hurry = asyncio.Event()

    async def listen(self, topics: frozenset[str]) -> None:
        """Look again soon when an account changed; a listener of Database.listeners."""
        if any(topic.startswith("account:") for topic in topics):
            self._hurry.set()

    def wake(self) -> None:
        """Look again soon, whether anything changed or not."""
        self._hurry.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until told to stop, and woken."""
        while not stop.is_set():
            try:
                await self.sweep()
            except Exception as wrong:
                log.error("sweep failed", exc_info=wrong)
            try:
                await asyncio.wait_for(self._hurry.wait(), EVERY)
            except TimeoutError:
                continue
            finally:
                self._hurry.clear()

    async def sweep(self) -> None:
        """Look once at every session with an open socket, and end the tabs of those that are over."""
        connected = self._namespace().token_to_sid
        tabs.keep(lambda token: token in connected)
        hashes = {*self._sockets.sessions(), *tabs.by_session()}
        if not hashes:
            return
        async with runtime().database.unit_of_work(writes=False) as work:
            standing = await standing_of_sessions(work, hashes)
        over = [(key, how) for key, how in standing.items() if how is not SessionStanding.LIVE]
        await asyncio.gather(*(self._end(key, how) for key, how in over))

    async def _end(self, session_hash: str, standing: SessionStanding) -> None:
        tokens = tabs.by_session().get(session_hash, [])
        await asyncio.gather(*(self._end_tab(token, standing) for token in tokens), return_exceptions=True)
        for socket in self._sockets.of(session_hash):
            await _quietly(socket.close())

    async def _end_tab(self, token: str, standing: SessionStanding) -> None:
        """Empty a tab, tell it why, and close its socket once the browser had time to read that."""
        sid = self._namespace().token_to_sid.get(token)
        async with (
            asyncio.timeout(_PATIENCE),
            self._app.modify_state(BaseStateToken(ident=token, cls=PageState)) as root,
        ):
            cover(await root._get_root_state().get_state(PageState), standing)
        if sid is not None:
            await self._sio().disconnect(sid, namespace=self._namespace().namespace)
        await asyncio.sleep(0.2)

    def _namespace(self) -> Any:
        return self._app.event_namespace

    def _sio(self) -> Any:
        return self._app.sio


async def _quietly(closing: Any) -> None:
    """Close a socket that may be closed already."""
    try:
        await closing
    except Exception as wrong:
        log.debug("socket was gone", exc_info=wrong)
