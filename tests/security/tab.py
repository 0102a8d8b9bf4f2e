"""A browser's tab without a browser: it speaks the wire, and so may say whatever it likes."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import socketio

PREFIX = "reflex___state____state"
HYDRATE = f"{PREFIX}.hydrate_and_load"
MOVE = f"{PREFIX}.reflex___state____on_load_internal_state.on_load_internal"
PAGE = f"{PREFIX}.portal___ui___session_state____page_state"
TRIAL = f"{PAGE}.tests___security___door_state____trial_state"
MORE = f"{PAGE}.tests___security___door_state____more_trial_state"
MARK = "_rx_state_"
PATIENCE = 15.0


class Tab:
    """One tab: what it was sent is in `frames` (as text) and, merged, in `state`."""

    def __init__(self, base: str, cookie: str | None, *, path: str = "/trial", query: dict[str, str] | None = None):
        self.base, self.cookie, self.token = base, cookie, str(uuid4())
        self.path, self.query, self.parts = path, query or {}, dict[str, str]()
        self.state: dict[str, dict[str, Any]] = {}
        self.frames: list[str] = []
        self.heard = 0
        self.moved = asyncio.Event()
        # Plain JSON, which can say anything; importing Reflex in the same process would bring its own.
        self.client = socketio.AsyncClient(reconnection=False, json=json)
        self.client.on("event", self._take, namespace="/_event")
        self.client.on("new_token", self._renamed, namespace="/_event")
        self.client.on("disconnect", self._cut, namespace="/_event")

    async def _take(self, update: dict[str, Any]) -> None:
        self.frames.append(json.dumps(update))
        for name, changes in (update.get("delta") or {}).items():
            self.state.setdefault(name, {}).update({key.removesuffix(MARK): value for key, value in changes.items()})
        self.moved.set()

    async def _renamed(self, token: str) -> None:
        self.frames.append(json.dumps(token))

    async def _cut(self, _reason: str = "") -> None:
        self.moved.set()

    async def connect(self, *, origin: str | None = "", auth: Any = None, token: str | None = None) -> "Tab":
        """Open the socket; a refused one raises socketio's ConnectionError."""
        headers = {"Origin": self.base if origin == "" else origin} if origin is not None else {}
        if self.cookie is not None:
            headers["Cookie"] = self.cookie
        await self.client.connect(
            f"{self.base}?token={token or self.token}",
            headers=headers,
            auth=auth,
            transports=["websocket"],
            socketio_path="_event",
            namespaces=["/_event"],
            wait_timeout=PATIENCE,
        )
        return self

    async def open(self, **more: Any) -> "Tab":
        """Connect as a page does, and wait until it is loaded."""
        await self.connect(auth={"event": self.event(HYDRATE, hashes=["x"])}, **more)
        await self.until(lambda: self.root.get("is_hydrated") is True)
        return self

    async def close(self) -> None:
        await self.client.disconnect()
        if self.client.eio.http:
            await self.client.eio.http.close()

    @property
    def root(self) -> dict[str, Any]:
        return self.state.get(PREFIX, {})

    @property
    def page(self) -> dict[str, Any]:
        return self.state.get(PAGE, {})

    @property
    def trial(self) -> dict[str, Any]:
        return self.state.get(TRIAL, {})

    @property
    def more(self) -> dict[str, Any]:
        return self.state.get(MORE, {})

    @property
    def text(self) -> str:
        """Everything that was ever sent to this tab."""
        return "\n".join(self.frames)

    def event(self, handler: str, /, **payload: Any) -> dict[str, Any]:
        query = "&".join(f"{key}={value}" for key, value in self.query.items())
        router = {"pathname": self.path, "asPath": f"{self.path}?{query}", "query": self.query | self.parts}
        return {"name": handler, "payload": payload, "router_data": router}

    async def send(self, handler: str, /, **payload: Any) -> None:
        """Send an event and do not wait for anything."""
        await self.client.emit("event", self.event(handler, **payload), namespace="/_event")

    async def send_raw(self, data: Any) -> None:
        await self.client.emit("event", data, namespace="/_event")

    @property
    def refused(self) -> bool:
        """Whether the last event was refused in words: by a notice, or by what stands in place of the page.

        What was said before it does not count: `notice_count` goes up with everything that is said.
        """
        said = self.page.get("refusal") or (self.page.get("notice") and self.page.get("notice_tone") == "problem")
        return bool(said) and self.page.get("notice_count", 0) > self.heard

    async def do(self, handler: str, /, **payload: Any) -> None:
        """Send an event, and wait until it has been dealt with: events of one tab are dealt with in order."""
        self.heard = self.page.get("notice_count", 0)
        await self.send(handler, **payload)
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything sent so far has been dealt with, by an event that always answers."""
        word, query = uuid4().hex, self.query
        self.query = {key: value for key, value in query.items() if value.isprintable()}
        await self.send(f"{MORE}.echo", word=word)
        self.query = query
        await self.until(lambda: self.more.get("echoed") == word)

    async def until(self, happened: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Wait until something is true of what was received."""
        async with asyncio.timeout(patience):
            while not happened():
                self.moved.clear()
                await self.moved.wait()
