"""Two servers beside each other, on one PostgreSQL and one Redis: what is changed at one is seen at the other."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.redis_server import RedisServer
from tests.security.conftest import Door, free_port, start_server, wait_for_server
from tests.security.tab import TRIAL

Pair = tuple[Door, Door]


def _beside(door: Door, redis: RedisServer, folder: Path, name: str) -> tuple[Door, subprocess.Popen[bytes]]:
    port, log = free_port(), folder / f"{name}.log"
    process = start_server(door.url, port, folder, log, redis.url)
    other = Door(f"http://localhost:{port}", door.url, door.cast, log)
    other.database = door.database
    return other, process


@pytest.fixture
async def pair(door: Door, redis: RedisServer, tmp_path: Path) -> AsyncIterator[Pair]:
    """Two servers on the database of the door."""
    made = [_beside(door, redis, tmp_path, name) for name in ("left", "right")]
    for other, process in made:
        await asyncio.to_thread(wait_for_server, process, other.base.replace("localhost", "127.0.0.1"), other.log)
    (left, _), (right, _) = made
    yield left, right
    for tab in (*left.tabs, *right.tabs):
        await tab.close()
    for _, process in made:
        process.terminate()
        await asyncio.to_thread(process.wait, 15)


@pytest.mark.parametrize("door", ["postgresql"], indirect=True)
async def test_a_change_at_one_server_reaches_a_page_at_the_other(pair: Pair) -> None:
    left, right = pair
    gina = await right.tab_of("gina", query={"for": right.client_id("milo")})
    await gina.do(f"{TRIAL}.load")
    casey = await right.tab_of("casey", query={"for": right.client_id("casey")})
    await casey.do(f"{TRIAL}.load")
    morgan = await left.tab_of("morgan")
    await morgan.do(f"{TRIAL}.rename", name=left.client_id("milo"))
    await morgan.do(f"{TRIAL}.rename", name="Morgan Diaz")
    await gina.until(lambda: gina.trial["count"] == 1)
    await casey.settle()
    assert casey.trial["count"] == 0
    assert "Park" not in casey.text


@pytest.mark.parametrize("door", ["postgresql"], indirect=True)
async def test_a_session_of_one_server_is_a_session_of_the_other(pair: Pair) -> None:
    left, right = pair
    token = await left.sign_in("gina")
    for door in (left, right):
        tab = await door.tab(token, query={"for": door.client_id("milo")}).open()
        await tab.do(f"{TRIAL}.load")
        assert tab.trial["seen"] == "Milo Park"
    stranger = right.tab(None)
    with pytest.raises(Refused):
        await stranger.connect()
