"""What ends with a session or a grant, at once and in tabs that are open; and what does not keep a session awake."""

from datetime import timedelta

import pytest
from socketio.exceptions import ConnectionError as Refused
from sqlmodel import col, select, update

from portal.kit.tokens import token_hash
from portal.models import Grant, Session
from tests.security.conftest import Door
from tests.security.tab import HYDRATE, MORE, MOVE, PAGE, TRIAL, Tab

HOME = f"{PAGE}.portal___home___state____home_state"
WITHIN = 3.5
"""Seconds: the sweep looks every two, and closing takes a moment."""


async def _touched(door: Door, token: str) -> object:
    async with door.database.unit_of_work(writes=False) as work:
        query = select(Session.touched_at).where(col(Session.token_hash) == token_hash(token))
        return (await work.exec(query)).one()


async def _gina(door: Door, token: str) -> Tab:
    tab = await door.tab(token, query={"for": door.client_id("milo")}).open()
    await tab.do(f"{TRIAL}.load")
    assert tab.trial["seen"] == "Milo Park"
    return tab


async def test_signing_out_elsewhere_clears_an_open_tab(door: Door) -> None:
    token = await door.sign_in("gina")
    tab, other = await _gina(door, token), await door.tab_of("gina")
    async with door.database.unit_of_work() as work:
        now = work.now
    await door.change_session(token, ended_at=now, ended_because="signed_out")
    await tab.until(lambda: tab.page.get("ended") is True, WITHIN)
    assert tab.page["ended_because"] == "signed_out"
    assert tab.trial["seen"] == ""
    await tab.until(lambda: not tab.client.connected, WITHIN)
    with pytest.raises(Refused):
        await door.tab(token).connect()
    await other.do(f"{MORE}.echo", word="still here")


async def test_idling_covers_an_open_tab_and_keeps_its_words(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await door.age_session(token, timedelta(minutes=31))
    await tab.until(lambda: tab.page.get("ended") is True, WITHIN)
    assert tab.page["ended_because"] == "idle"
    assert tab.trial["seen"] == "Milo Park", "the browser keeps what it shows, covered"
    assert tab.page["account_id"] == str(door.cast.accounts["gina"].id)


async def test_a_click_after_the_end_does_nothing(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    before = await door.rows("account")
    await door.age_session(token, timedelta(minutes=31))
    await tab.send(f"{TRIAL}.rename", name="marker")
    await tab.until(lambda: tab.page.get("ended") is True, WITHIN)
    assert await door.rows("account") == before
    assert "marker" not in tab.text


async def test_an_old_session_ends_however_busy(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    async with door.database.unit_of_work() as work:
        long_ago = work.now - timedelta(hours=12, seconds=1)
    await door.change_session(token, created_at=long_ago)
    await tab.send(f"{TRIAL}.load")
    await tab.until(lambda: tab.page.get("ended") is True, WITHIN)


async def test_a_revoked_grant_ends_at_the_next_click(door: Door) -> None:
    tab = await _gina(door, await door.sign_in("gina"))
    await _set_grants(door, ended=True)
    try:
        await tab.do(f"{TRIAL}.load")
        assert tab.trial["seen"] == ""
        assert tab.page["refusal"] != ""
    finally:
        await _set_grants(door, ended=False)
    await tab.do(f"{TRIAL}.load")
    assert tab.trial["seen"] == "Milo Park"


async def test_a_revoked_grant_empties_a_reconnecting_tab(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await tab.close()
    await _set_grants(door, ended=True)
    try:
        again = door.tab(token, query=tab.query)
        again.token = tab.token
        await again.open()
        await again.settle()
        assert again.trial.get("seen", "") == ""
    finally:
        await _set_grants(door, ended=False)


async def test_home_says_what_ended_where_nothing_else_is_left(door: Door) -> None:
    pete = await door.tab_of("pete")
    await pete.do(f"{HOME}.load")
    assert pete.state[HOME]["closed"] == ""
    await _set_grants(door, ended=True, contact="pete")
    try:
        await pete.do(f"{HOME}.load")
        assert pete.state[HOME]["people"] == []
        assert pete.state[HOME]["closed"].startswith("Your access to payments for Milo Park has ended.")
    finally:
        await _set_grants(door, ended=False, contact="pete")
    await pete.do(f"{HOME}.load")
    assert pete.state[HOME]["closed"] == ""


async def _set_grants(door: Door, *, ended: bool, contact: str = "gina") -> None:
    async with door.database.unit_of_work() as work:
        await work.exec(
            update(Grant)
            .where(col(Grant.contact_id) == door.cast.contacts[contact].id)
            .where(col(Grant.client_id) == door.cast.clients["milo"].id)
            .values(ended_at=work.now if ended else None)
        )


@pytest.mark.parametrize("by", ["click", "move", "first page load"])
async def test_what_somebody_does_keeps_the_session_awake(door: Door, by: str) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await door.age_session(token, timedelta(minutes=10))
    before = await _touched(door, token)
    if by == "click":
        await tab.do(f"{TRIAL}.load")
    elif by == "move":
        await tab.do(MOVE)
        await tab.settle()
    else:
        again = await door.tab(token, query=tab.query).open()
        await again.settle()
    assert await _touched(door, token) > before


async def test_a_touch_is_noted_once_a_minute(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await door.age_session(token, timedelta(seconds=50))
    before = await _touched(door, token)
    await tab.do(f"{TRIAL}.load")
    assert await _touched(door, token) == before


@pytest.mark.parametrize("by", ["reconnect", "poll", "live update", "public handler"])
async def test_what_nobody_does_keeps_no_session_awake(door: Door, by: str) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await door.age_session(token, timedelta(minutes=10))
    before = await _touched(door, token)
    if by == "reconnect":
        await tab.do(HYDRATE)
        await tab.settle()
    elif by == "poll":
        await tab.do(f"{TRIAL}.reload")
    elif by == "public handler":
        await tab.settle()
    else:
        casey = await door.tab_of("casey")
        count = tab.trial["count"]
        await casey.do(f"{TRIAL}.rename", name=door.client_id("milo"))
        await tab.until(lambda: tab.trial["count"] == count + 1)
        await casey.do(f"{TRIAL}.rename", name="Casey Lin")
    assert await _touched(door, token) == before


async def test_a_forged_mark_does_not_make_a_reconnect_somebodys_doing(door: Door) -> None:
    token = await door.sign_in("gina")
    tab = await _gina(door, token)
    await door.age_session(token, timedelta(minutes=10))
    before = await _touched(door, token)
    forged = tab.event(HYDRATE)
    forged["router_data"]["portico_by_user"] = True
    await tab.send_raw(forged)
    await tab.settle()
    await tab.settle()
    assert await _touched(door, token) == before
