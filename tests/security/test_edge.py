"""The edge and the bucket on their own: what is said over TLS, and how long a hurry is borne."""

import asyncio
from typing import Any

import pytest

from portal.http.headers import HeaderWriter
from portal.http.sockets import SOCKETS_OF_A_SESSION, TABS_OF_A_SESSION, Socket, Sockets
from portal.kit.bucket import Bucket


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_so_many_at_once_and_then_so_many_a_second() -> None:
    clock = Seconds()
    bucket = Bucket(rate=2, burst=3, clock=clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now += 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    clock.now += 1000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_who_waits_for_a_bucket_waits_in_line() -> None:
    clock = Seconds()
    bucket = Bucket(rate=2, burst=1, clock=clock)
    assert [bucket.wait() for _ in range(3)] == [0.0, 0.5, 1.0]
    clock.now += 1.5
    assert bucket.wait() == 0.0


async def _headers(path: str, kind: str, status: int = 200, *, secure: bool = True) -> dict[str, str]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    around = HeaderWriter("default-src 'none'", secure=secure).around({"type": "http", "path": path}, send)
    await around({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind.encode())]})
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def test_strict_transport_only_over_tls() -> None:
    assert "max-age=63072000" in (await _headers("/home/", "text/html"))["strict-transport-security"]
    assert "strict-transport-security" not in await _headers("/home/", "text/html", secure=False)


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/assets/root-J9asTdbo.js", 200, "public, max-age=31536000, immutable"),
        ("/assets/manifest-3582bb0f.js", 200, "public, max-age=31536000, immutable"),
        ("/assets/root-J9asTdbo.js", 404, "no-store"),
        ("/assets/../home.html", 200, "no-store"),
        ("/assets/x/y-J9asTdbo.js", 200, "public, max-age=3600"),
        ("/tokens.css", 200, "public, max-age=3600"),
        ("/home/", 200, "no-store"),
        ("/forms/0191b3a0-0000-7000-8000-000000000000/", 200, "no-store"),
        ("/receipts/1.pdf", 200, "no-store"),
    ],
)
async def test_what_browsers_may_keep(path: str, status: int, kept: str) -> None:
    assert (await _headers(path, "text/plain", status))["cache-control"] == kept


async def test_files_carry_no_long_policy() -> None:
    assert "permissions-policy" in await _headers("/home/", "text/html; charset=utf-8")
    assert "permissions-policy" not in await _headers("/assets/root-J9asTdbo.js", "text/javascript")


async def _nothing(*_: Any) -> Any:
    return {"type": "websocket.disconnect"}


def test_a_session_has_so_many_sockets_and_so_many_tabs_an_hour() -> None:
    clock = Seconds()
    sockets = Sockets(clock)
    held = [Socket("s", f"tab {number}", _nothing, _nothing, _nothing) for number in range(TABS_OF_A_SESSION)]
    for socket in held[:SOCKETS_OF_A_SESSION]:
        assert sockets.has_room("s", socket.tab)
        sockets.add(socket)
    assert not sockets.has_room("s", "one more")
    assert sockets.has_room("other", "tab 0")
    for socket in held[:SOCKETS_OF_A_SESSION]:
        sockets.remove(socket)
    for socket in held[SOCKETS_OF_A_SESSION:]:
        sockets.add(socket)
        sockets.remove(socket)
    assert not sockets.has_room("s", "a new tab")
    assert sockets.has_room("s", "tab 3"), "a tab that was there may come back"
    clock.now += 3601
    assert sockets.has_room("s", "a new tab")
    assert sockets.sessions() == []


async def test_a_socket_closes_once_the_hurry_is_no_persons() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.receive", "text": "x"}

    async def send(message: Any) -> None:
        sent.append(message)

    socket = Socket("s", "t", receive, send, _nothing)
    socket._bucket = Bucket(rate=1e6, burst=0)
    async with asyncio.timeout(5):
        while (await socket.receive())["type"] == "websocket.receive":
            pass
    assert sent == [{"type": "websocket.close", "code": 1008}]
