"""A person as the load sees one: a socket that sends events and waits for their answers."""

import asyncio
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import socketio


@dataclass
class Tab:
    """One open tab. `send` returns the seconds from emit to the first delta that answers it."""

    origin: str
    path: str
    cookie: str = ""
    token: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __post_init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.arrived = asyncio.Event()
        self.updates: list[Any] = []
        self.client.on("event", self._receive, namespace="/_event")

    async def _receive(self, update: Any) -> None:
        self.updates.append(update)
        self.arrived.set()

    async def open(self) -> None:
        """Connect as a browser does."""
        headers = {"Origin": self.origin} | ({"Cookie": self.cookie} if self.cookie else {})
        await self.client.connect(
            f"{self.origin}?token={self.token}",
            headers=headers,
            socketio_path="_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )

    async def send(self, name: str, payload: dict[str, Any]) -> float:
        """Emit one event and wait for what it changes on the screen, in seconds."""
        self.arrived.clear()
        self.updates.clear()
        path, _, query = self.path.partition("?")
        pairs = dict(pair.split("=", 1) for pair in query.split("&") if pair)
        router = {"pathname": path, "asPath": self.path, "query": pairs}
        start = time.perf_counter()
        await self.client.emit("event", {"name": name, "payload": payload, "router_data": router}, namespace="/_event")
        async with asyncio.timeout(60):
            await self.arrived.wait()
        return time.perf_counter() - start

    async def close(self) -> None:
        """Leave."""
        await self.client.disconnect()
