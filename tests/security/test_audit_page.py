"""The record over a bare socket: administrators read their own practice's, others nothing, and nonsense is refused."""

from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

STATE = f"{PAGE}.portal___practice___record___state____audit_state"
SETTINGS = f"{PAGE}.portal___practice___settings___state____settings_state"


def rows(tab: Tab) -> list[dict[str, Any]]:
    return list(tab.state.get(STATE, {}).get("rows", []))


async def changed(door: Door) -> None:
    """Let there be an entry in Harbor's record."""
    avery = await door.tab_of("avery")
    for value in (False, True):
        await avery.do(f"{SETTINGS}.change", name="notify_created", value=value)


@pytest.mark.parametrize("name", ["tess", "frank", "gina", "lena"])
async def test_only_administrators_of_the_practice_read_its_record(door: Door, name: str) -> None:
    await changed(door)
    other = await door.tab_of(name, query={"practice": "harbor"})
    for handler, sent in (("load", {}), ("find", {"fields": {}}), ("verify", {}), ("show_older", {})):
        await other.do(f"{STATE}.{handler}", **sent)
        assert rows(other) == []
        assert "unchanged and in order" not in other.text
    avery = await door.tab_of("avery", query={"practice": "harbor"})
    await avery.do(f"{STATE}.load")
    assert rows(avery)[0]["actor"] == "Avery Stone"
    await avery.do(f"{STATE}.verify")
    assert "unchanged and in order" in avery.text


@pytest.mark.parametrize(
    "fields",
    [
        {"organization_id": "lakeside"},
        {"show": "everything"},
        {"person": ["x"]},
        {"client": "x" * 500},
        "x",
        None,
    ],
)
async def test_nonsense_is_refused_in_words(door: Door, fields: Any) -> None:
    await changed(door)
    avery = await door.tab_of("avery")
    await avery.do(f"{STATE}.find", fields=fields)
    assert avery.refused
    assert "Something went wrong" not in avery.text
    await avery.do(f"{STATE}.find", fields={"show": "looks", "client": "%'; --", "person": "nobody", "action": "x"})
    assert "Something went wrong" not in avery.text
