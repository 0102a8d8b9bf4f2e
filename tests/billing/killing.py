"""Killing what pays: a sandbox that answers over the network, and victims that come to a place and die there."""

import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from tests.billing.conftest import Shop
from tests.conftest import RING
from tests.security.conftest import free_port

ROOT = Path(__file__).parents[2]
_PATIENCE = 60


class Ward:
    """Gives orders to victims."""

    def __init__(self, process: asyncio.subprocess.Process, common: dict[str, str]) -> None:
        self._process, self._common = process, common

    async def reach(self, deed: str, place: str, **more: Any) -> int:
        """Let a victim go as far as its place; returns its process."""
        assert self._process.stdin
        order = {"deed": deed, "place": place, **self._common, **more}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        word, number = await self._hear()
        assert word == "here", f"{deed} never came to {place}: {word} {number}"
        return number

    async def kill(self, victim: int) -> None:
        """Kill a victim that stands at its place."""
        os.kill(victim, signal.SIGKILL)
        assert await self._hear() == ("ended", -signal.SIGKILL)

    async def _hear(self) -> tuple[str, int]:
        assert self._process.stdout
        line = await asyncio.wait_for(self._process.stdout.readline(), _PATIENCE)
        word, _, number = line.decode().partition(" ")
        return word, int(number or 0)


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """Let an app answer on this machine while the block runs."""
    port = free_port()
    server = Server(app, port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    yield f"http://127.0.0.1:{port}"
    server.stop()
    await asyncio.wait_for(serving, 10)


@asynccontextmanager
async def ward_of(shop: Shop, url: str) -> AsyncIterator[Ward]:
    """Victims that share the shop's database and sandbox."""
    async with served(shop.sandbox) as sandbox:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.billing.victim"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        key = base64.b64encode(RING.keys[0]).decode()
        common = {"url": url, "key": key, "sandbox": sandbox, "folder": str(shop.here.config.folder)}
        yield Ward(process, common)
        assert process.stdin
        process.stdin.close()
        await process.wait()
