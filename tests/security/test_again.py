"""A page that connects anew: what was opened stays open, for the same session, at the same address, where allowed."""

import json

import pytest
from sqlmodel import col, update

from portal.models import Grant, Permission
from tests.security.conftest import MEMBER_ID as SECRET
from tests.security.conftest import Door
from tests.security.tab import HYDRATE, MOVE, PAGE, Tab
from tests.security.test_step_up import FACTOR, SHELL, confirm, tab_long_after

OWN = f"{PAGE}.portal___insurance___own___state____insurance_state"
CLIENT = f"{PAGE}.portal___practice___client___state____client_state"
WHY = f"{PAGE}.portal___practice___client___state_why____why_state"


async def with_open_form(door: Door, policies: dict[str, str]) -> Tab:
    """Gina, with the form for Milo's insurance open."""
    tab = await door.tab_of("gina", path="/billing", query={"for": door.client_id("milo")})
    await tab.do(f"{OWN}.edit", policy=policies["milo"])
    assert tab.state[OWN]["editing"] == policies["milo"]
    assert tab.state[OWN]["form"]["member_id"] == SECRET
    tab.frames.clear()
    return tab


async def again(tab: Tab) -> None:
    """Connect anew as a browser does whose line was cut, and wait until the page says that it is whole."""
    before = tab.page["place"]
    await tab.do(HYDRATE)
    await tab.until(lambda: tab.page["place"] not in {before, ""})
    await tab.settle()


async def test_what_is_open_stays_open_and_is_never_told_to_close(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    await again(tab)
    assert tab.state[OWN]["editing"] == policies["milo"]
    assert tab.state[OWN]["form"]["member_id"] == SECRET
    assert tab.root["is_hydrated"] is True
    told = [json.loads(frame)["delta"] for frame in tab.frames if '"delta"' in frame]
    assert {delta[OWN]["editing_rx_state_"] for delta in told if "editing_rx_state_" in delta.get(OWN, {})} == {
        policies["milo"]
    }


async def test_the_browser_hears_of_everything_at_once(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    known = json.dumps(tab.state, sort_keys=True)
    tab.state.clear()
    await tab.do(HYDRATE)
    await tab.until(lambda: tab.page.get("place"))
    assert set(json.loads(known)) <= set(tab.state)
    assert tab.state[OWN]["editing"] == policies["milo"]


async def test_a_line_that_blinks_twice_closes_nothing(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    for _ in range(3):
        await tab.send(HYDRATE)
    await again(tab)
    assert tab.state[OWN]["editing"] == policies["milo"]


async def test_who_leaves_before_the_page_is_filled_takes_nothing_along(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    await tab.send(HYDRATE)
    tab.path, tab.query = "/home", {"for": door.client_id("milo")}
    await tab.do(MOVE)
    await tab.until(lambda: "/home" in tab.page["place"])
    assert (tab.state[OWN]["editing"], tab.state[OWN]["form"]) == ("", {})


async def test_at_another_address_everything_is_empty_first(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    tab.query = {"for": door.client_id("tara")}
    await again(tab)
    assert tab.state[OWN]["editing"] == ""
    assert SECRET not in "\n".join(tab.frames)


async def test_a_move_to_the_same_address_begins_anew(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    await tab.do(HYDRATE)
    await tab.do(MOVE)
    await tab.settle()
    assert tab.state[OWN]["editing"] == ""


async def test_what_ended_meanwhile_is_gone(door: Door, policies: dict[str, str]) -> None:
    tab = await with_open_form(door, policies)
    mine = update(Grant).where(
        col(Grant.permission) == Permission.INSURANCE, col(Grant.client_id) == door.cast.clients["milo"].id
    )
    async with door.database.unit_of_work() as work:
        await work.exec(mine.values(ended_at=work.now))
    try:
        await again(tab)
        assert (tab.state[OWN]["editing"], tab.state[OWN]["form"], tab.state[OWN]["policies"]) == ("", {}, [])
        assert SECRET not in "\n".join(tab.frames)
    finally:
        async with door.database.unit_of_work() as work:
            await work.exec(mine.values(ended_at=None))


async def test_what_another_page_showed_is_not_sent_again(door: Door) -> None:
    tab = door.tab(await door.sign_in("tess"), path="/practice/clients/[client_id]")
    tab.parts = {"client_id": door.client_id("milo")}
    await tab.open()
    await tab.do(f"{CLIENT}.load")
    await tab.do(f"{WHY}.ask", contact_id="")
    assert "Milo Park" in tab.text
    tab.path, tab.parts = "/practice", {}
    tab.frames.clear()
    await tab.do(MOVE)
    await tab.settle()
    assert tab.state[WHY]["title"] == "", "a panel that no page fills closes on the way"
    await again(tab)
    assert "What Milo Park" not in tab.text
    assert tab.state[CLIENT]["client"]["name"] == ""


@pytest.mark.parametrize("who", ["gina", "pete"])
async def test_another_session_finds_nothing(door: Door, policies: dict[str, str], who: str) -> None:
    tab = await with_open_form(door, policies)
    other = door.tab(await door.sign_in(who), path="/billing", query={"for": door.client_id("milo")})
    other.token = tab.token
    await tab.close()
    await other.connect(auth={"event": other.event(HYDRATE)})
    await other.settle()
    assert other.state.get(OWN, {}).get("editing", "") == ""


async def test_what_waits_for_the_password_waits_on(door: Door) -> None:
    tab, token = await tab_long_after(door, "avery")
    tab.path = "/account"
    await tab.do(MOVE)
    await tab.until(lambda: "/account" in tab.page["place"])
    await tab.do(f"{FACTOR}.begin")
    asked = tab.page["step_up_asked"]
    await again(tab)
    assert tab.page["step_up_asked"] == asked
    await confirm(door, token)
    await tab.do(f"{SHELL}.confirmed")
    await tab.until(lambda: tab.state[FACTOR]["secret"])
