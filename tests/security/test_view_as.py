"""View as, over a bare socket: one client, one pair of eyes, nothing changed but what says that somebody looked."""

import inspect
from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.test_registry import OWN

HOME = f"{PAGE}.portal___home___state____home_state"
FORMS = f"{PAGE}.portal___intake___state____forms_state"
FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"
ACCOUNT = f"{PAGE}.portal___accounts___state____account_state"
TODAY = f"{PAGE}.portal___practice___state____today_state"
FEED = f"{PAGE}.portal___scheduling___feed___state____feed_state"
LOOKED = {"audit_event", "audit_head", "access_log"}
"""What may change while somebody only looks; the session is the looker's own."""
SOME_ID = "0191b3a0-0000-7000-8000-000000000000"


async def viewing(door: Door, staff: str, client: str, whom: str, **more: Any) -> Tab:
    """A tab of a staff member at the address of a view."""
    return await door.tab_of(staff, query={"for": door.client_id(client), "as": whom}, **more)


def contact(door: Door, name: str) -> str:
    return str(door.cast.contacts[name].id)


async def changed(door: Door, before: dict[str, list[Any]]) -> set[str]:
    after = await door.rows()
    return {name for name in after if after[name] != before[name]} - {"session"}


def payload(name: str) -> dict[str, Any]:
    """Something for every parameter that a handler takes from the browser."""
    _, *taken = inspect.signature(OWN[name].handler.fn).parameters
    return dict.fromkeys(taken, SOME_ID)


async def test_tess_sees_what_gina_sees_of_milo_and_nothing_else(door: Door) -> None:
    """Therapists see their own appointments only, so the family's list of appointments is no part of the view."""
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    await gina.do(f"{HOME}.load")
    tess = await viewing(door, "tess", "milo", contact(door, "gina"))
    for handler in (f"{SHELL}.load", f"{HOME}.load", f"{FORMS}.load", f"{FORMS}.reload"):
        await tess.do(handler)
    theirs = gina.state[HOME]["people"][0]["todos"]
    seen = tess.state[HOME]["people"]
    assert [person["heading"] for person in seen] == ["For Milo"]
    forms = {"Standard Intake Questionnaire", "Informed Consent for Psychotherapy"}
    assert {todo["title"] for todo in seen[0]["todos"]} == forms
    assert {todo["title"] for todo in theirs if todo["kind"] == "form"} == forms
    assert "Appointment with Tess Rivera" in {todo["title"] for todo in theirs}
    assert tess.state[SHELL]["viewing"]["name"] == "Gina Park"
    assert tess.state[SHELL]["viewing"]["on_behalf_of"] == "Milo Park"
    assert tess.state[SHELL]["links"] == ["home", "forms"]
    assert [name for name in ("Tara", "Pete", "gina@mail", "Casey", "Omar") if name in tess.text] == []


async def test_an_administrator_sees_all_that_gina_sees_of_milo_but_her_conversations(door: Door) -> None:
    """An administrator is in none of them."""
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    avery = await viewing(door, "avery", "milo", contact(door, "gina"))
    for tab in (gina, avery):
        await tab.do(f"{HOME}.load")
        await tab.do(f"{HOME}.weigh")
    theirs, seen = (
        [todo["title"] for todo in tab.state[HOME]["people"][0]["todos"] if todo["kind"] != "messages"]
        for tab in (gina, avery)
    )
    assert seen == theirs
    assert "conversation" not in avery.text
    assert "Appointment with Tess Rivera" in seen


async def test_no_handler_changes_anything_under_a_view(door: Door) -> None:
    """Every handler there is, with an argument for each of its parameters; a few to a tab, or it is a flood."""
    names = sorted(name for name in OWN if not name.endswith(".setvar"))
    parts = {"client_id": door.client_id("milo"), "assignment_id": (await door.assignments("milo"))[0]}
    before = await door.rows()
    for place in range(0, len(names), 20):
        tab = await viewing(door, "avery", "milo", contact(door, "gina"))
        tab.parts = parts
        for name in names[place : place + 20]:
            await tab.do(name, **payload(name))
        await tab.do(f"{FILL}.sign", fields={"typed_name": "Gina Park", "agreed": True})
        assert "Something went wrong" not in tab.text
        assert [other for other in ("Tara", "Quinn", "Omar", "Morgan") if other in tab.text] == []
        await tab.close()
    assert await changed(door, before) <= LOOKED


@pytest.mark.parametrize("state", [ACCOUNT, TODAY])
async def test_pages_of_the_login_and_of_staff_are_no_part_of_a_view(door: Door, state: str) -> None:
    tab = await viewing(door, "avery", "milo", contact(door, "gina"))
    await tab.do(f"{state}.load")
    assert tab.page["refusal"] != ""
    assert not tab.state.get(state, {}).get("loaded")
    tab.query = {}
    await tab.do(f"{state}.load")
    assert tab.page["refusal"] == ""
    assert tab.state[state]["loaded"] is True


@pytest.mark.parametrize(
    ("who", "client", "whom"),
    [
        ("bea", "milo", "gina"),
        ("frank", "milo", "gina"),
        ("noah", "milo", "gina"),
        ("lena", "milo", "gina"),
        ("gina", "milo", "gina"),
        ("pete", "milo", "gina"),
        ("tess", "tara", "pete"),
        ("tess", "gina", "gina"),
        ("avery", "quinn", "gina"),
    ],
)
async def test_a_forged_view_finds_nothing_and_leaves_no_trace(door: Door, who: str, client: str, whom: str) -> None:
    before = await door.rows()
    tab = await viewing(door, who, client, contact(door, whom))
    tab.frames.clear()
    for handler in (f"{SHELL}.load", f"{HOME}.load", f"{FORMS}.load"):
        await tab.do(handler)
    assert tab.page["refusal"] != ""
    assert tab.state[HOME].get("people", []) == []
    assert tab.state[SHELL]["viewing"]["name"] == ""
    assert "Standard Intake" not in tab.text
    assert await changed(door, before) == set()


@pytest.mark.parametrize("whom", ["nonsense", "%00", "1" * 400, SOME_ID])
async def test_nonsense_for_eyes_is_not_found(door: Door, whom: str) -> None:
    tab = await viewing(door, "avery", "milo", whom)
    await tab.do(f"{HOME}.load")
    assert tab.page["refusal"] != ""
    assert "Something went wrong" not in tab.text


async def test_each_view_is_written_down_in_the_name_of_who_looked(door: Door) -> None:
    async def rows(statement: str) -> list[tuple[str, str]]:
        async with door.database.unit_of_work(writes=False) as work:
            found: Any = (await (await work.connection()).exec_driver_sql(statement)).all()
            return [(str(row[0]).replace("-", ""), str(row[1]).replace("-", "")) for row in found]

    chain = "SELECT actor_id, object_id FROM audit_event WHERE action = 'client.viewed_as' ORDER BY sequence"
    avery = str(door.cast.accounts["avery"].id).replace("-", "")
    tara, gina = door.client_id("tara").replace("-", ""), contact(door, "gina").replace("-", "")
    before = len(await rows(chain))
    tab = await viewing(door, "avery", "tara", door.client_id("tara"))
    for _ in range(2):
        await tab.do(f"{HOME}.load")
    tab.query = {"for": door.client_id("tara"), "as": contact(door, "gina")}
    await tab.do(f"{HOME}.load")
    await tab.do(f"{HOME}.reload")
    written = (await rows(chain))[before:]
    assert set(written) == {(avery, tara), (avery, gina)}
    assert len(written) <= 4, "once a quarter of an hour for each pair of eyes"
    assert (avery, "view_as") in await rows("SELECT account_id, kind FROM access_log")


async def test_a_form_that_is_being_filled_in_stays_theirs(door: Door) -> None:
    """Staff read what was sent; through somebody's eyes they read no more."""
    parts = {"assignment_id": (await door.assignments("milo"))[0]}
    gina = door.tab(await door.sign_in("gina"), path="/forms/[assignment_id]", query={"for": door.client_id("milo")})
    gina.parts = parts
    await gina.open()
    await gina.do(f"{FILL}.load")
    assert gina.state[FILL]["sheet"] is not None
    tess = await viewing(door, "tess", "milo", contact(door, "gina"), path="/forms/[assignment_id]")
    tess.parts = parts
    for handler in ("load", "reload", "look_over"):
        await tess.do(f"{FILL}.{handler}")
        assert tess.state[FILL].get("sheet") is None
        assert not tess.state[FILL].get("review")
        assert "once it is signed and sent" in tess.page["refusal"]


async def test_the_calendar_panel_of_who_has_no_login_holds_nothing(door: Door) -> None:
    """Milo has no login, so that there is nothing he would see; his mother's address is not shown as his."""
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    await gina.do(f"{FEED}.make")
    assert gina.state[FEED]["since"] != ""
    seen = await viewing(door, "avery", "milo", contact(door, "gina"))
    await seen.do(f"{FEED}.open")
    assert (seen.state[FEED]["since"], seen.state[FEED]["address"]) == (gina.state[FEED]["since"], "")
    milo = await viewing(door, "avery", "milo", door.client_id("milo"))
    await milo.do(f"{FEED}.open")
    assert "Something went wrong" not in milo.text
    assert "login" in milo.page["refusal"]
    assert not milo.state.get(FEED, {}).get("is_open")
    assert gina.state[FEED]["since"] not in milo.text
    await gina.do(f"{FEED}.end")
