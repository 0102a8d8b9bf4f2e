"""Insurance over a bare socket: nobody sees, proposes or decides what is not theirs, whatever they send."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select, update

from portal.models import (
    Grant,
    InsuranceProposal,
    OrganizationSetting,
    Permission,
    ProposalStatus,
)
from portal.settings.catalog import SettingName
from tests.insurance.conftest import OWN
from tests.security.conftest import MEMBER_ID as SECRET
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

OWNS = f"{PAGE}.portal___insurance___own___state____insurance_state"
REVIEW = f"{PAGE}.portal___insurance___review___state____review_state"
PAYERS = f"{PAGE}.portal___insurance___review___state_payers____payers_state"
DESK = f"{PAGE}.portal___insurance___desk___state____desk_state"
BILLING = f"{PAGE}.portal___billing___paying___state____billing_state"
TABLES = ("insurance_policy", "policy_version", "insurance_proposal", "payer", "stored_file", "access_log")


def fields(**more: Any) -> dict[str, Any]:
    return {**OWN, "payer": "Aetna", "seen": "1", "operation_id": str(uuid4()), "member_id": "N1", **more}


async def of_gina(door: Door) -> Tab:
    return await door.tab_of("gina", path="/billing", query={"for": door.client_id("milo")})


async def test_pete_sees_nothing_of_it(door: Door, policies: dict[str, str]) -> None:
    pete = await door.tab_of("pete", path="/billing", query={"for": door.client_id("milo")})
    before = await door.rows(*TABLES)
    moves: list[tuple[str, dict[str, Any]]] = [
        ("load", {}),
        ("reload", {}),
        ("edit", {"policy": policies["milo"]}),
        ("suggest", {"typed": "aet"}),
        ("send", {"fields": fields()}),
        ("take_back", {"proposal": str(uuid4())}),
    ]
    for name, payload in moves:
        await pete.do(f"{OWNS}.{name}", **payload)
    for word in (SECRET, "Aetna", "0098765", "Open Choice"):
        assert word not in pete.text
    assert await door.rows(*TABLES) == before
    gina = await of_gina(door)
    await gina.do(f"{OWNS}.load")
    assert SECRET in gina.text


@pytest.mark.parametrize(
    "changed",
    [
        {"member_id": ""},
        {"member_id": {"a": 1}},
        {"front": "x"},
        {"front": "0191b3a0-0000-7000-8000-000000000000"},
        {"seen": "-1"},
        {"seen": "7"},
        {"place": "9"},
        {"operation_id": "x"},
        {"operation_id": ""},
        {"organization_id": "x"},
        {"status": "decided"},
        {"payer": "x" * 300},
        {"subscriber": "admin"},
    ],
)
async def test_a_forged_proposal_leaves_nothing(door: Door, policies: dict[str, str], changed: dict[str, Any]) -> None:
    gina = await of_gina(door)
    await gina.do(f"{OWNS}.edit", policy=policies["milo"])
    before = await door.rows(*TABLES[:-1])
    await gina.do(f"{OWNS}.send", fields=fields(**changed))
    assert gina.refused
    assert "Something went wrong" not in gina.text
    assert await door.rows(*TABLES[:-1]) == before


async def test_another_client_s_policy_is_not_there(door: Door, policies: dict[str, str]) -> None:
    gina = await of_gina(door)
    before = await door.rows(*TABLES[:-1])
    for policy in (policies["casey"], str(uuid4()), "new'", {"id": 1}, None):
        await gina.do(f"{OWNS}.edit", policy=policy)
        await gina.do(f"{OWNS}.send", fields=fields())
    assert await door.rows(*TABLES[:-1]) == before
    await gina.do(f"{OWNS}.edit", policy=policies["milo"])
    await gina.do(f"{OWNS}.send", fields=fields())
    assert await door.rows(*TABLES[:-1]) != before


@pytest.mark.parametrize("how", ["grant", "setting"])
async def test_what_ends_in_an_open_tab_ends_at_once(door: Door, policies: dict[str, str], how: str) -> None:
    gina = await of_gina(door)
    await gina.do(f"{OWNS}.load")
    assert gina.state[OWNS]["shown"] is True
    await gina.do(f"{OWNS}.edit", policy=policies["milo"])
    before = await door.rows("insurance_proposal")
    mine = update(Grant).where(
        col(Grant.permission) == Permission.INSURANCE, col(Grant.client_id) == door.cast.clients["milo"].id
    )
    setting = update(OrganizationSetting).where(
        col(OrganizationSetting.name) == SettingName.INSURANCE_INFO,
        col(OrganizationSetting.organization_id) == door.cast.harbor.id,
    )
    async with door.database.unit_of_work() as work:
        await work.exec(mine.values(ended_at=work.now) if how == "grant" else setting.values(value="false"))
    try:
        await gina.do(f"{OWNS}.send", fields=fields())
        assert gina.state[OWNS]["shown"] is False
        assert gina.state[OWNS]["policies"] == []
        assert await door.rows("insurance_proposal") == before
    finally:
        async with door.database.unit_of_work() as work:
            await work.exec(mine.values(ended_at=None))
            await work.exec(setting.values(value="true"))


async def test_only_those_who_look_after_insurance_decide(door: Door, policies: dict[str, str]) -> None:
    gina = await of_gina(door)
    await gina.do(f"{OWNS}.edit", policy=policies["milo"])
    await gina.do(f"{OWNS}.send", fields=fields(member_id="NEW-SECRET"))
    async with door.database.unit_of_work(writes=False) as work:
        query = select(InsuranceProposal).where(InsuranceProposal.status == ProposalStatus.WAITING)
        proposal = str((await work.exec(query)).one().id)
    decided = {"seen": "1", "policy": "1", "verdict-member_id": "accept"}
    before = await door.rows(*TABLES)
    for name in ("tess", "frank", "gina", "lena"):
        practice = "lakeside" if name == "lena" else "harbor"
        tab = await door.tab_of(name, path="/practice/insurance", query={"practice": practice})
        tab.parts = {"client_id": door.client_id("milo")}
        await tab.do(f"{REVIEW}.open_proposal", proposal=proposal)
        await tab.do(f"{REVIEW}.decide", fields=decided)
        await tab.do(f"{REVIEW}.accept_everything", seen=1, policy=1)
        await tab.do(f"{DESK}.load")
        await tab.do(f"{DESK}.edit", policy="new")
        await tab.do(f"{DESK}.save", fields=fields())
        await tab.do(f"{DESK}.arrange", policy=policies["milo"], place=0, seen=1)
        await tab.do(f"{DESK}.show_past", policy=policies["milo"])
        tab.parts = {}
        if name != "lena":
            await tab.do(f"{PAYERS}.add", fields={"name": "Planted Mutual"})
        assert "NEW-SECRET" not in tab.text
        assert SECRET not in tab.text
    assert await door.rows(*TABLES) == before
    bea = await door.tab_of("bea", path="/practice/insurance", query={"practice": "harbor"})
    await bea.do(f"{REVIEW}.open_proposal", proposal=proposal)
    assert "NEW-SECRET" in bea.text
    for wrong in ({"verdict-member_id": "maybe"}, {"verdict-id": "accept"}, {"seen": "9"}, {"policy": "9"}, {"x": "1"}):
        await bea.do(f"{REVIEW}.decide", fields={**decided, **wrong})
        assert bea.refused
    await bea.do(f"{REVIEW}.decide", fields=decided)
    assert bea.page["notice_tone"] == "info"


async def test_who_has_insurance_alone_gets_a_page_without_money(door: Door) -> None:
    quinn = await door.tab_of("quinn", path="/billing")
    await quinn.do(f"{BILLING}.load")
    await quinn.do(f"{OWNS}.load")
    assert quinn.state[BILLING]["may_pay"] is False
    assert quinn.state[OWNS]["shown"] is True
    assert quinn.page.get("refusal", "") == ""
    await quinn.do(f"{BILLING}.add_card", fields={"operation_id": str(uuid4())})
    assert quinn.refused
