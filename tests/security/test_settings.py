"""Settings over a bare socket: administrators change their own practice, others nothing, and nonsense is refused."""

from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

STATE = f"{PAGE}.portal___practice___settings___state____settings_state"
CHANGE = f"{STATE}.change"
HISTORY = f"{PAGE}.portal___practice___settings___state_history____history_state"
TABLES = ("organization_setting", "audit_event")


def state_of(tab: Tab) -> dict[str, Any]:
    return tab.state.get(STATE, {})


@pytest.mark.parametrize("name", ["tess", "bea", "frank", "gina"])
async def test_only_an_administrator_changes_settings_over_the_socket(door: Door, name: str) -> None:
    before = await door.rows(*TABLES)
    tab = await door.tab_of(name, query={"practice": "harbor"})
    await tab.do(CHANGE, name="secure_messaging", value=False, step=1)
    assert tab.refused
    assert await door.rows(*TABLES) == before
    await tab.do(f"{STATE}.load")
    assert bool(state_of(tab).get("features")) == (name != "gina"), "who works there may see how it stands"
    assert state_of(tab)["may_change"] is False
    await tab.do(f"{HISTORY}.load")
    assert not tab.state.get(HISTORY, {}).get("history")
    avery = await door.tab_of("avery", query={"practice": "harbor"})
    await avery.do(CHANGE, name="secure_messaging", value=False, step=1)
    assert await door.rows(*TABLES) != before
    await avery.do(f"{HISTORY}.load")
    assert avery.state[HISTORY]["history"][0]["who"] == "Avery Stone"
    await avery.do(CHANGE, name="secure_messaging", value=True)


async def test_another_practice_stays_as_it_is(door: Door) -> None:
    before = await door.rows(*TABLES)
    avery = await door.tab_of("avery", query={"practice": "lakeside"})
    await avery.do(CHANGE, name="insurance_info", value=False)
    assert avery.page["refusal"] != ""
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "fax_machine", "value": True},
        {"name": "insurance_info", "value": 1},
        {"name": "insurance_info", "value": "false"},
        {"name": "insurance_info", "value": False, "step": -1},
        {"name": "insurance_info", "value": False, "organization_id": "lakeside"},
        {"name": "request_notice_hours", "value": 10**30},
        {"name": "request_notice_hours", "value": True},
        {"name": {"insurance_info": 1}, "value": False},
    ],
)
async def test_nonsense_changes_nothing(door: Door, sent: dict[str, Any]) -> None:
    before = await door.rows(*TABLES)
    avery = await door.tab_of("avery")
    await avery.do(CHANGE, **sent)
    assert avery.refused
    assert "Something went wrong" not in avery.text
    assert await door.rows(*TABLES) == before


async def test_an_address_is_not_shown_before_it_was_asked_twice(door: Door) -> None:
    avery = await door.tab_of("avery")
    before = await door.rows(*TABLES)
    for step in (0, 1):
        await avery.do(CHANGE, name="hide_location", value=False, step=step)
        assert state_of(avery)["asked"]["step"] == step
        assert await door.rows(*TABLES) == before
    await avery.do(CHANGE, name="hide_location", value=False, step=2)
    assert await door.rows(*TABLES) != before
    await avery.do(CHANGE, name="hide_location", value=True)
