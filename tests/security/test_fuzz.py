"""Every handler, fed with anything: by a stranger it shows and changes nothing, by anybody it breaks nothing."""

import inspect
import os
from collections.abc import AsyncIterator
from itertools import groupby
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.access.actor import StaffTask
from portal.access.permissions import scope_of
from portal.models import Role
from portal.ui.policy import policy_of
from tests.security.conftest import Door
from tests.security.tab import Tab
from tests.security.test_registry import OWN

HANDLERS = sorted(name for name in OWN if policy_of(OWN[name].handler.fn) is not None)
PAGES = [list(names) for _, names in groupby(HANDLERS, lambda name: name.rpartition(".")[0])]
"""The handlers of each state: few enough that trying each of them once is no flood."""
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "5"))
"""How many times each handler is fed; `make torture` feeds it far more often."""
OTHERS = ("Milo", "Park", "Casey", "Lin", "Tara", "Omar", "Haddad", "Quinn", "Ellis", "Gina")
BROKEN = "tell your practice this number"
NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(["", "\x00", "../../etc/passwd", "%s", "{{7*7}}", "<img src=x onerror=x>", "0", "-1", "1e400"])
    | st.sampled_from(["0191b3a0-0000-7000-8000-000000000000", "name; DROP TABLE account", "x" * 5000]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
FUZZ = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def _state(names: list[str]) -> str:
    return names[0].split(".")[-2].rpartition("____")[2]


def _arguments(name: str) -> list[str]:
    return list(inspect.signature(OWN[name].handler.fn).parameters)[1:]


def _payloads(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Right names with any values, now and then one too many or too few."""
    exact = st.fixed_dictionaries(dict.fromkeys(_arguments(name), NESTED))
    return exact | st.dictionaries(st.sampled_from([*_arguments(name), "self", "work", "access", "for"]), NESTED)


async def _feed(tab: Tab, name: str, payload: dict[str, Any]) -> None:
    await tab.send_raw(tab.event(name) | {"payload": payload})
    await tab.settle()
    assert "Traceback" not in tab.text
    assert BROKEN not in tab.text, "an argument was not parsed"


async def _rows_of_others(door: Door, name: str) -> dict[str, list[Any]]:
    """Everything in the database but what belongs to one account."""
    account = door.cast.accounts[name].id
    own = (str(account), account.hex)
    rows = await door.rows()
    return {table: [row for row in kept if not any(key in repr(row) for key in own)] for table, kept in rows.items()}


@pytest.fixture
async def untouched(door: Door) -> AsyncIterator[None]:
    """Nobody's rows change but Morgan's."""
    before = await _rows_of_others(door, "morgan")
    yield
    assert await _rows_of_others(door, "morgan") == before


@pytest.mark.parametrize("names", PAGES, ids=_state)
@given(data=st.data())
@FUZZ
async def test_a_stranger_gets_nothing(door: Door, untouched: None, names: list[str], data: st.DataObject) -> None:
    """Morgan is a client of the same practice and has nothing to do with Milo."""
    ids = {"for": door.client_id("milo"), "practice": "harbor", "client_id": door.client_id("milo")}
    tab = await door.tab_of("morgan", query=ids)
    tab.frames.clear()
    for name in names:
        await _feed(tab, name, data.draw(_payloads(name)))
    assert [other for other in OTHERS if other in tab.text] == []
    await tab.close()


def _who_may(name: str) -> str:
    """Somebody of the cast who may call a handler."""
    need = policy_of(OWN[name].handler.fn).need  # type: ignore[union-attr]
    if not isinstance(need, StaffTask):
        return "gina"
    return "tess" if scope_of(Role.THERAPIST, need) else "avery"


@pytest.mark.parametrize("names", PAGES, ids=_state)
@given(data=st.data())
@FUZZ
async def test_who_may_call_it_can_break_nothing(door: Door, names: list[str], data: st.DataObject) -> None:
    tabs: dict[str, Tab] = {}
    for name in names:
        who = _who_may(name)
        query = {"for": door.client_id("milo")} if who == "gina" else {"practice": "harbor"}
        tab = tabs.get(who) or tabs.setdefault(who, await door.tab_of(who, query=query))
        await _feed(tab, name, data.draw(_payloads(name)))
    for tab in tabs.values():
        await tab.close()
