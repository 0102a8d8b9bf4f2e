"""Floods, giants and nonsense on the wire: the one who sends them gets nowhere, and nobody else notices."""

import asyncio
import time
from contextlib import suppress
from typing import Any

import pytest
from socketio.exceptions import SocketIOError

from portal.http.sockets import LARGEST_FRAME
from portal.ui.failure import TOO_LARGE
from portal.ui.tabs import EVENTS_A_SECOND, EVENTS_AT_ONCE
from tests.security.conftest import Door
from tests.security.tab import HYDRATE, MORE, PAGE, TRIAL, Tab


async def test_a_frame_of_five_megabytes_is_refused_with_a_sentence(door: Door) -> None:
    tab = await door.tab_of("casey")
    before = await door.rows("account")
    await tab.do(f"{TRIAL}.rename", name="x" * 5_000_000)
    await tab.until(lambda: tab.page.get("notice") == TOO_LARGE)
    assert tab.client.connected
    assert await door.rows("account") == before
    await tab.do(f"{TRIAL}.load")
    assert tab.trial["seen"] == "Casey Lin"


async def test_giants_of_many_byte_letters_count_by_their_bytes(door: Door) -> None:
    tab = await door.tab_of("casey")
    await tab.do(f"{TRIAL}.rename", name="\U0001f600" * (LARGEST_FRAME // 4))
    await tab.until(lambda: tab.page.get("notice") == TOO_LARGE)


async def test_who_sends_one_giant_after_the_other_is_put_out(door: Door) -> None:
    tab = await door.tab_of("casey")
    for _ in range(12):
        if tab.client.connected:
            await tab.send(f"{TRIAL}.rename", name="x" * (LARGEST_FRAME + 1))
    await tab.until(lambda: not tab.client.connected)
    await (await door.tab_of("casey")).settle()


async def _flood(tab: Tab) -> None:
    """Send as fast as it goes until we are thrown out; on a busy machine that takes longer."""
    end = time.monotonic() + 60
    with suppress(SocketIOError):
        while tab.client.connected and time.monotonic() < end:
            await asyncio.gather(*(tab.send(f"{TRIAL}.pay") for _ in range(20)))


async def test_a_flood_is_slowed_and_ends_with_its_sender(door: Door) -> None:
    flooder, other = await door.tab_of("pete"), await door.tab_of("casey")
    before = await door.rows("session")
    flooder.frames.clear()
    first = time.monotonic()
    flood = asyncio.create_task(_flood(flooder))
    await flooder.until(lambda: len(flooder.frames) > EVENTS_AT_ONCE / 2, 30)
    began = time.monotonic()
    await other.do(f"{TRIAL}.load")
    assert time.monotonic() - began < 3.0, "somebody else must not wait for a flood"
    await flood
    assert not flooder.client.connected
    heard, lasted = len(flooder.frames), time.monotonic() - first
    assert heard <= EVENTS_AT_ONCE + EVENTS_A_SECOND * (lasted + 1)
    await other.do(f"{TRIAL}.load")
    assert len(flooder.frames) == heard
    assert len(await door.rows("session")) == len(before)


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "text",
        '{"name": "x"}',
        [],
        [[[]]],
        {},
        {"name": None},
        {"name": 7},
        {"name": ["x"]},
        {"name": "nobody.knows.this", "payload": {"marker-secret": "marker-secret"}},
        {"name": HYDRATE, "payload": "marker-secret"},
        {"name": HYDRATE, "payload": {"vars": {f"{PAGE}.account_id_rx_state_": "marker-secret"}}},
        {"name": HYDRATE, "payload": {"vars": 7, "hashes": 7}},
        {"name": HYDRATE, "payload": {"hashes": ["x"] * 10_000}},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": 7},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": {"pathname": 7}},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": {"pathname": "//evil.example", "asPath": "[x"}},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": {"pathname": "/trial", "query": {"for": {"a": 1}}}},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": {"pathname": "/trial", "query": ["x"]}},
        {"name": f"{TRIAL}.load", "payload": {str(n): n for n in range(100)}},
        {"name": f"{TRIAL}.load", "payload": {}, "router_data": {"headers": {"cookie": "x"}, "token": "x", "ip": "x"}},
        {"name": f"{TRIAL}.load", "payload": {}, "token": "somebody-else", "substate_token": "x"},
    ],
)
async def test_nonsense_changes_nothing_and_is_not_quoted(door: Door, data: Any) -> None:
    tab = await door.tab_of("casey")
    before = await door.rows("account", "session")
    await tab.send_raw(data)
    await tab.settle()
    assert "Traceback" not in tab.text
    assert "marker-secret" not in tab.text
    assert "marker-secret" not in door.logged()
    assert await door.rows("account", "session") == before


@pytest.mark.parametrize(
    "packet",
    [
        "4",
        "42",
        "42/_event,",
        "42/_event,[",
        '42/_event,["event"',
        '42/_event,["event"]',
        '42/_event,["event",{"name":{"marker-secret":1}}]',
        '42/_event,["event","marker-secret"]',
        '42/_event,["client_error","marker-secret"]',
        '42/_event,["client_error",{"message":"marker-secret","error_type":"marker-secret"}]',
        '42/_event,["disconnect"]',
        '42/_event,["connect",{}]',
        '42/_event,["on_event","x"]',
        '42/_event,["__class__"]',
        '42["event",{}]',
        '42/other,["event",{}]',
        '40/other,{"marker-secret":1}',
        '40/_event,{"event":"marker-secret"}',
        '40/_event,{"event":{"name":7}}',
        '451-/_event,[{"_placeholder":true,"num":0}]',
        '451000-/_event,["event",{"_placeholder":true,"num":0}]',
        "9",
        "zzz",
        "marker-secret",
        "4marker-secret",
        "",
        "0{}",
        "5",
        "6",
        '42/_event,["event",' + "[" * 5000 + "]" * 5000 + "]",
        '42/_event,["event",{"name":NaN}]',
        '42/_event,999999999999999999999["event",{}]',
    ],
)
async def test_broken_packets_break_only_their_own_connection(door: Door, packet: str) -> None:
    other, tab = await door.tab_of("casey"), await door.tab_of("gina")
    engine = tab.client.eio
    await engine.ws.send_str(packet)
    await other.do(f"{MORE}.echo", word="fine")
    assert "marker-secret" not in tab.text
    assert "marker-secret" not in door.logged()
    again = await door.tab_of("gina")
    await again.settle()


async def test_one_socket_is_not_many_tabs(door: Door) -> None:
    tab = await door.tab_of("gina")
    with suppress(ConnectionResetError):  # it ends while we are still asking
        for _ in range(10):
            await tab.client.eio.ws.send_str("40/_event,{}")
    async with asyncio.timeout(5):
        await tab.client.eio.wait()
    renamed = [frame for frame in tab.frames if frame.startswith('"')]
    assert len(renamed) <= 3


async def test_binary_frames_are_not_read(door: Door) -> None:
    tab = await door.tab_of("gina")
    await tab.client.eio.ws.send_bytes(b"\x04" + b"x" * 100)
    await tab.settle()
    assert tab.client.connected


async def test_many_tabs_at_once_each_get_their_own(door: Door) -> None:
    names = ["casey", "morgan", "gina", "tara", "quinn"] * 3
    tabs = await asyncio.gather(*(door.tab_of(name) for name in names))
    await asyncio.gather(*(tab.do(f"{TRIAL}.load") for tab in tabs))
    for name, tab in zip(names, tabs, strict=True):
        assert tab.trial["seen"].lower().startswith(name)
