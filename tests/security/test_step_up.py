"""Confirming who one is over a bare socket: without it nothing happens, and afterwards exactly what was asked for."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.models import OrganizationSetting
from portal.settings.catalog import SettingName
from portal.ui.policy import policy_of
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.test_messages import THREAD, at, outgoing
from tests.security.test_registry import OWN

TEAM = f"{PAGE}.portal___practice___staff___state____team_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"
FACTOR = f"{PAGE}.portal___accounts___second_factor___state____second_factor_state"
SETTINGS = f"{PAGE}.portal___practice___settings___state____settings_state"
NEEDS_IT = {
    "grant_state.give",
    "grant_state.change",
    "help_state.start",
    "team_state.invite",
    "team_state.change_role",
    "team_state.give_access",
    "connection_state.connect",
    "connection_state.disconnect",
    "corrections_state.refund",
    "corrections_state.export",
    "second_factor_state.begin",
    "second_factor_state.confirm",
    "second_factor_state.renew",
    "second_factor_state.switch_off",
}
"""What is done only by who has just shown who they are. Taking one away is a decision."""


def declared() -> set[str]:
    policies = {name: policy_of(OWN[name].handler.fn) for name in OWN}
    return {name.rsplit("____", 1)[1] for name, policy in policies.items() if policy and policy.step_up}


def test_what_matters_most_declares_it() -> None:
    assert declared() >= NEEDS_IT


async def tab_long_after(door: Door, name: str, minutes: int = 11) -> tuple[Tab, str]:
    """A tab whose owner gave the password some time ago, and its session's token."""
    token = await door.sign_in(name)
    async with door.database.unit_of_work() as work:
        before = work.now - timedelta(minutes=minutes)
    await door.change_session(token, stepped_up_at=before)
    tab = door.tab(token, path="/practice/team", query={"practice": "harbor"})
    return await tab.open(), token


async def confirm(door: Door, token: str) -> None:
    async with door.database.unit_of_work() as work:
        moment = work.now
    await door.change_session(token, stepped_up_at=moment)


def role_of(door: Door, name: str, role: str) -> dict[str, Any]:
    return {"fields": {"membership_id": str(door.cast.staff[name].id), "role": role}}


async def test_a_role_is_changed_after_confirming_and_not_before(door: Door) -> None:
    before = await door.rows("membership", "audit_event")
    tab, token = await tab_long_after(door, "avery")
    await tab.do(f"{TEAM}.change_role", **role_of(door, "frank", "biller"))
    assert tab.page["step_up_asked"] == 1
    assert tab.page["step_up_code"] is False
    assert tab.page["notice"] == ""
    await tab.do(f"{SHELL}.confirmed")
    await tab.until(lambda: tab.page["step_up_asked"] == 2)  # saying so is not enough
    assert await door.rows("membership", "audit_event") == before
    await confirm(door, token)
    await tab.do(f"{SHELL}.confirmed")
    await tab.until(lambda: tab.page["notice"] != "")
    assert tab.page["notice_tone"] == "info", tab.page["notice"]
    changed = await door.rows("membership")
    assert changed["membership"] != before["membership"]
    await tab.do(f"{SHELL}.confirmed")
    await tab.settle()
    assert await door.rows("membership") == changed, "what waited is done once"
    await tab.do(f"{TEAM}.change_role", **role_of(door, "frank", "front_desk"))
    assert await door.rows("membership") == {"membership": before["membership"]}


async def test_leaving_it_or_moving_on_forgets_what_waited(door: Door) -> None:
    before = await door.rows("membership")
    tab, token = await tab_long_after(door, "avery")
    await tab.do(f"{TEAM}.change_role", **role_of(door, "frank", "biller"))
    await tab.do(f"{SHELL}.not_now")
    await confirm(door, token)
    await tab.do(f"{SHELL}.confirmed")
    await tab.settle()
    assert await door.rows("membership") == before
    await door.change_session(token, stepped_up_at=None)
    await tab.do(f"{TEAM}.change_role", **role_of(door, "frank", "biller"))
    tab.path = "/practice/settings"
    await confirm(door, token)
    await tab.do(f"{SHELL}.confirmed")
    await tab.settle()
    assert await door.rows("membership") == before, "it was asked for on another page"


async def test_who_may_not_is_refused_without_being_asked(door: Door) -> None:
    before = await door.rows("membership")
    tab, _ = await tab_long_after(door, "tess")
    await tab.do(f"{TEAM}.change_role", **role_of(door, "tess", "admin"))
    assert tab.page["step_up_asked"] == 0
    assert tab.refused
    assert await door.rows("membership") == before


@pytest.mark.parametrize("minutes", [11, -1])
async def test_neither_an_old_nor_a_future_proof_counts(door: Door, minutes: int) -> None:
    tab, _ = await tab_long_after(door, "avery", minutes)
    await tab.do(f"{TEAM}.invite", fields={"name": "Eve", "email": "eve@mail.example", "role": "admin"})
    assert tab.page["step_up_asked"] == 1


async def test_the_second_factor_is_not_touched_without_confirming(door: Door) -> None:
    before = await door.rows("account", "recovery_code")
    tab, _ = await tab_long_after(door, "gina")
    for handler, sent in (
        ("begin", {}),
        ("confirm", {"fields": {"code": "123456"}}),
        ("renew", {}),
        ("switch_off", {}),
    ):
        await tab.do(f"{FACTOR}.{handler}", **sent)
    assert tab.page["step_up_asked"] == 4
    assert await door.rows("account", "recovery_code") == before
    assert tab.state[FACTOR]["secret"] == ""


async def test_asking_the_team_for_codes_needs_confirming_and_a_code_of_one_s_own(door: Door) -> None:
    before = await door.rows("organization_setting")
    tab, token = await tab_long_after(door, "avery")
    sent = {"name": "staff_second_factor", "value": True}
    await tab.do(f"{SETTINGS}.change", **sent)
    assert tab.page["step_up_asked"] == 1
    await confirm(door, token)
    await tab.do(f"{SHELL}.confirmed")
    await tab.until(lambda: "for yourself first" in tab.page["notice"])
    assert await door.rows("organization_setting") == before


@pytest.fixture
async def asked_for_codes(door: Door) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """A function that lets Harbor ask its team for a code at sign-in, until the test ends."""
    made: list[UUID] = []

    async def ask() -> None:
        async with door.database.unit_of_work() as work:
            practice, name = door.cast.harbor.id, SettingName.STAFF_SECOND_FACTOR
            row = OrganizationSetting(organization_id=practice, name=name, value="true", changed_at=work.now)
            work.add(row)
        made.append(row.id)

    yield ask
    async with door.database.unit_of_work() as work:
        for row_id in made:
            await work.delete(await work.get_one(OrganizationSetting, row_id))


async def test_staff_without_a_code_are_not_told_what_there_is_to_do(
    door: Door,
    thread: str,
    asked_for_codes: Callable[[], Awaitable[None]],
) -> None:
    """Neither a page that was open when the practice began to ask, nor one that opens afterwards."""
    before = await door.tab_of("tess", path="/practice", query={"practice": "harbor"})
    await before.do(f"{SHELL}.load")
    assert before.state[SHELL]["waiting_messages"] > 0
    assert {"today", "clients", "inbox"} <= set(before.state[SHELL]["links"])
    await asked_for_codes()
    await before.do(f"{SHELL}.reload")
    after = await door.tab_of("tess", path="/practice", query={"practice": "harbor"})
    await after.do(f"{SHELL}.load")
    for tab in (before, after):
        frame = tab.state[SHELL]
        assert (frame["links"], frame["waiting_messages"], frame["waiting_requests"]) == ([], 0, 0)
        assert (frame["person"], frame["practice"]) == ("Tess Rivera", "Harbor Counseling")
    numbers = [len(tab.frames) for tab in (before, after)]
    gina = await at(door, "gina", thread, "milo")
    await gina.do(f"{THREAD}.load")
    await gina.do(f"{THREAD}.send", message=outgoing(thread, "another one"))
    for tab, number in zip((before, after), numbers, strict=True):
        await tab.settle()
        assert [frame for frame in tab.frames[number:] if "echoed" not in frame] == []


async def test_staff_without_a_code_find_the_practice_closed_and_their_own_pages_open(door: Door) -> None:
    """The gate decides, at the next click, in every tab; the other practice and one's own account stay open."""
    tess = await door.tab_of("tess", query={"practice": "harbor"})
    theo = await door.tab_of("theo", query={"practice": "lakeside"})
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    today = f"{PAGE}.portal___practice___state____today_state.load"
    trial = f"{PAGE}.tests___security___door_state____trial_state"
    async with door.database.unit_of_work() as work:
        name, now, practice = SettingName.STAFF_SECOND_FACTOR, work.now, door.cast.harbor.id
        row = OrganizationSetting(organization_id=practice, name=name, value="true", changed_at=now)
        work.add(row)
    try:
        for handler in (today, f"{trial}.read"):
            await tess.do(handler)
            assert "asks everybody on its team for a code" in tess.page["refusal"]
            assert tess.page["refusal_to"] == "/account?set-up=second-factor"
        assert tess.trial["seen"] == ""
        await theo.do(f"{trial}.read")
        assert theo.trial["seen"] == "Lakeside Therapy"
        await gina.do(f"{trial}.load")
        assert gina.trial["seen"] == "Milo Park"
        tess.query = {}
        await tess.do(f"{FACTOR}.load")
        assert tess.state[FACTOR]["required_by"] == "Harbor Counseling"
    finally:
        async with door.database.unit_of_work() as work:
            await work.delete(await work.get_one(OrganizationSetting, row.id))
    tess.query = {"practice": "harbor"}
    await tess.do(f"{trial}.read")
    assert tess.trial["seen"] == "Harbor Counseling"
