"""Every handler, fed with anything: by a stranger it shows and changes nothing, by anybody it breaks nothing."""

import inspect
from collections.abc import AsyncIterator
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
EXAMPLES = 12
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
async def stranger(door: Door) -> AsyncIterator[Tab]:
    """Morgan is a client of the same practice and has nothing to do with Milo; nobody's rows may change."""
    before = await _rows_of_others(door, "morgan")
    ids = {"for": door.client_id("milo"), "practice": "harbor", "client_id": door.client_id("milo")}
    tab = await door.tab_of("morgan", query=ids)
    tab.frames.clear()
    yield tab
    assert [other for other in OTHERS if other in tab.text] == []
    assert await _rows_of_others(door, "morgan") == before


@pytest.mark.parametrize("name", HANDLERS)
@given(data=st.data())
@FUZZ
async def test_a_stranger_gets_nothing(stranger: Tab, name: str, data: st.DataObject) -> None:
    await _feed(stranger, name, data.draw(_payloads(name)))


@pytest.fixture
async def gina(door: Door) -> Tab:
    return await door.tab_of("gina", query={"for": door.client_id("milo")})


@pytest.fixture
async def tess(door: Door) -> Tab:
    return await door.tab_of("tess", query={"practice": "harbor"})


@pytest.fixture
async def avery(door: Door) -> Tab:
    return await door.tab_of("avery", query={"practice": "harbor"})


@pytest.mark.parametrize("name", HANDLERS)
@given(data=st.data())
@FUZZ
async def test_who_may_call_it_can_break_nothing(
    gina: Tab, tess: Tab, avery: Tab, name: str, data: st.DataObject
) -> None:
    need = policy_of(OWN[name].handler.fn).need  # type: ignore[union-attr]
    staff = tess if isinstance(need, StaffTask) and scope_of(Role.THERAPIST, need) else avery
    await _feed(staff if isinstance(need, StaffTask) else gina, name, data.draw(_payloads(name)))
