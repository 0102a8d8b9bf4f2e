"""The sockets that are open, by session; and what may pass through one: so many frames a second, none too large."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from starlette.types import Message, Receive, Send

from portal.kit.bucket import Bucket

LARGEST_FRAME = 256 * 1024
"""Bytes of one frame: the longest answer is far below; a pasted book is refused with a sentence."""
FRAMES_A_SECOND, FRAMES_AT_ONCE = 40, 80
SOCKETS_OF_A_SESSION = 24
TABS_OF_A_SESSION = 120
_TABS_WINDOW = 3600.0
_TOO_LARGE_AT_MOST = 8
_HELD_UP_AT_MOST = 120
_CONNECTS_AT_MOST = 3
_POLICY, _TOO_BIG = 1008, 1009

Oversize = Callable[[str], Awaitable[None]]
"""Is told the tab whose frame was too large to be read."""


class Socket:
    """One open websocket: hands frames on no faster than allowed, and can be closed from outside."""

    def __init__(self, session_hash: str, tab: str, receive: Receive, send: Send, oversize: Oversize) -> None:
        self.session_hash, self.tab = session_hash, tab
        self._receive, self._send, self._oversize = receive, send, oversize
        self._bucket = Bucket(FRAMES_A_SECOND, FRAMES_AT_ONCE)
        self._too_large = self._held_up = self._connects = 0

    async def receive(self) -> Message:
        """Return the next frame that may pass; a sender in a hurry waits, so nothing piles up behind the door."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            if await self._hold_up() or self._connects_too_often(message.get("text")):
                return await self._put_out(_POLICY)
            if message.get("bytes") is None and _size(message.get("text")) <= LARGEST_FRAME:
                return message
            self._too_large += 1
            if self._too_large > _TOO_LARGE_AT_MOST:
                return await self._put_out(_TOO_BIG)
            await self._oversize(self.tab)

    async def _hold_up(self) -> bool:
        """Let a sender in a hurry wait; say whether it has been in a hurry for too long to be a person."""
        pause = self._bucket.wait()
        self._held_up = self._held_up + 1 if pause > 0 else 0
        await asyncio.sleep(pause)
        return self._held_up > _HELD_UP_AT_MOST

    def _connects_too_often(self, text: str | None) -> bool:
        """Count the CONNECT packets: each makes a tab of its own, whose state stays in memory."""
        self._connects += (text or "").startswith("40")
        return self._connects > _CONNECTS_AT_MOST

    async def _put_out(self, code: int) -> Message:
        await self.close(code)
        return {"type": "websocket.disconnect", "code": code}

    async def close(self, code: int = _POLICY) -> None:
        """Close the socket; the application behind it learns of it as of any disconnect."""
        await self._send({"type": "websocket.close", "code": code})


def _size(text: str | None) -> int:
    if text is None or len(text) > LARGEST_FRAME:
        return LARGEST_FRAME + 1
    return len(text) if text.isascii() else len(text.encode(errors="surrogatepass"))


@dataclass(slots=True)
class _OfSession:
    sockets: set[Socket] = field(default_factory=set)
    tabs: dict[str, float] = field(default_factory=dict)

    @property
    def last(self) -> float:
        """When the last of its tabs was opened; long ago when none is remembered."""
        return max(self.tabs.values(), default=0.0)


class Sockets:
    """Every open socket of this process, by the hash of its session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._by_session: dict[str, _OfSession] = {}
        self._clock = clock

    def has_room(self, session_hash: str, tab: str) -> bool:
        """Say whether a session may open one more socket: each tab's state stays in memory for a while."""
        held = self._by_session.get(session_hash)
        if held is None:
            return True
        since = self._clock() - _TABS_WINDOW
        held.tabs = {name: at for name, at in held.tabs.items() if at > since}
        return len(held.sockets) < SOCKETS_OF_A_SESSION and (tab in held.tabs or len(held.tabs) < TABS_OF_A_SESSION)

    def add(self, socket: Socket) -> None:
        """Note an open socket."""
        held = self._by_session.setdefault(socket.session_hash, _OfSession())
        held.sockets.add(socket)
        held.tabs[socket.tab] = self._clock()

    def remove(self, socket: Socket) -> None:
        """Forget a closed socket; its session is remembered for a while, for the number of its tabs."""
        if held := self._by_session.get(socket.session_hash):
            held.sockets.discard(socket)

    def sessions(self) -> list[str]:
        """Return the sessions with an open socket, forgetting those long without one."""
        since = self._clock() - _TABS_WINDOW
        idle = [key for key, held in self._by_session.items() if not held.sockets and held.last < since]
        for key in idle:
            del self._by_session[key]
        return [key for key, held in self._by_session.items() if held.sockets]

    def of(self, session_hash: str) -> Iterable[Socket]:
        """Return a session's open sockets."""
        held = self._by_session.get(session_hash)
        return tuple(held.sockets) if held else ()
