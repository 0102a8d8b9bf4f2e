"""A person as the load sees one: a socket that sends events and waits for their answers."""

import asyncio
import time
import uuid
from typing import Any

import socketio

HYDRATE = "reflex___state____state.hydrate_and_load"


class Tab:
    """One open tab. `send` returns the seconds from emit to the first delta that answers it."""

    def __init__(self, origin: str, path: str, query: dict[str, str] | None = None, cookie: str = "") -> None:
        self.origin, self.cookie, self.token = origin, cookie, str(uuid.uuid4())
        text = "&".join(f"{key}={value}" for key, value in (query or {}).items())
        self.router = {"pathname": path, "asPath": f"{path}?{text}", "query": query or {}}
        self.client = socketio.AsyncClient(reconnection=False)
        self.arrived = asyncio.Event()
        self.updates: list[Any] = []
        self.client.on("event", self._receive, namespace="/_event")

    async def _receive(self, update: Any) -> None:
        self.updates.append(update)
        self.arrived.set()

    async def open(self) -> None:
        """Connect as a browser does, and wait until the page is loaded."""
        headers = {"Origin": self.origin} | ({"Cookie": self.cookie} if self.cookie else {})
        await self.client.connect(
            f"{self.origin}?token={self.token}",
            headers=headers,
            auth={"event": {"name": HYDRATE, "payload": {"hashes": ["x"]}, "router_data": self.router}},
            socketio_path="_event",
            namespaces=["/_event"],
            transports=["websocket"],
            wait_timeout=30,
        )
        async with asyncio.timeout(30):
            while "'is_hydrated_rx_state_': True" not in str(self.updates):
                self.arrived.clear()
                await self.arrived.wait()

    async def send(self, name: str, payload: dict[str, Any]) -> float:
        """Emit one event and wait for what it changes on the screen, in seconds."""
        self.arrived.clear()
        self.updates.clear()
        start = time.perf_counter()
        event = {"name": name, "payload": payload, "router_data": self.router}
        await self.client.emit("event", event, namespace="/_event")
        async with asyncio.timeout(60):
            await self.arrived.wait()
        return time.perf_counter() - start

    async def close(self) -> None:
        """Leave, and close what the client keeps open for the next connection."""
        await self.client.disconnect()
        if self.client.eio.http:
            await self.client.eio.http.close()
