"""Requests to join, switches, contacts who become clients and kept messages over a bare socket."""

from typing import Any

import pytest

from portal.kit.ids import new_id
from portal.models import InvitationTemplate, JoinRequest
from tests.security.conftest import Door
from tests.security.tab import Tab
from tests.security.test_clients_page import PREFIX, TABLES, page_of

JOIN = f"{PREFIX}___joining___state____joining_state"
COUNT = f"{PREFIX}___joining___state_count____waiting_state"
LETTERS = f"{PREFIX}___letters___state____letters_state"
SWITCH = f"{PREFIX}___client___state_switches____switch_state"
CONVERT = f"{PREFIX}___client___state_convert____convert_state"
IMPORT = f"{PREFIX}___importing___state____import_state"
EXPORT = f"{PREFIX}___clients___state_export____export_state"
ALL = (*TABLES, "join_request", "invitation_template")
HIDE = "hide_location"


async def wait(door: Door, slug: str = "harbor") -> str:
    """Let somebody who looks like Milo, with a note, wait for a decision; return the request's id."""
    practice, milo = getattr(door.cast, slug), door.cast.clients["milo"]
    request = JoinRequest(
        organization_id=practice.id,
        given_name="Zebulon",
        family_name="Quirk",
        email="zebulon@new.example",
        birth_date=milo.birth_date,
        created_at=milo.created_at,
    )
    async with door.database.unit_of_work() as work:
        work.add(request)
    return str(request.id)


async def keep(door: Door) -> str:
    """Let Harbor keep a message; return its id."""
    row = InvitationTemplate(
        organization_id=door.cast.harbor.id,
        name=f"Words {new_id()}",
        body="Secret words",
        changed_at=door.cast.clients["milo"].created_at,
    )
    async with door.database.unit_of_work() as work:
        work.add(row)
    return str(row.id)


def decisions(door: Door, request: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{JOIN}.same_person", {"request_id": request, "client_id": door.client_id("milo"), "take_email": True}),
        (f"{JOIN}.new_client", {"request_id": request, "despite": ""}),
        (f"{JOIN}.reject", {"request_id": request}),
    ]


@pytest.mark.parametrize("who", ["tess", "bea", "lena", "gina"])
async def test_who_may_not_decide_sees_no_stranger_and_decides_nothing(door: Door, who: str) -> None:
    request = await wait(door)
    before = await door.rows(*ALL)
    tab = await door.tab_of(who)
    tab.frames.clear()
    for handler, sent in [
        (f"{JOIN}.load", {}),
        (f"{JOIN}.reload", {}),
        (f"{COUNT}.load", {}),
        *decisions(door, request),
    ]:
        await tab.do(handler, **sent)
    assert [word for word in ("Zebulon", "zebulon", "asks to join", "ask to join") if word in tab.text] == []
    assert await door.rows(*ALL) == before
    frank = await door.tab_of("frank")
    await frank.do(f"{JOIN}.load")
    assert "Zebulon Quirk" in frank.text
    await frank.do(f"{JOIN}.reject", request_id=request)
    assert frank.page["notice_tone"] == "info"


async def test_a_stranger_is_decided_once_and_never_as_another_practices_client(door: Door) -> None:
    request = await wait(door)
    frank = await door.tab_of("frank")
    before = await door.rows(*ALL)
    await frank.do(f"{JOIN}.same_person", request_id=request, client_id=door.client_id("quinn"))
    assert await door.rows(*ALL) == before
    await frank.do(f"{JOIN}.reject", request_id=request)
    decided = await door.rows(*ALL)
    for handler, sent in decisions(door, request):
        await frank.do(handler, **sent)
        assert "Somebody has decided this already." in frank.page["notice"]
    assert await door.rows(*ALL) == decided


@pytest.mark.parametrize("who", ["tess", "frank", "bea", "lena", "gina"])
async def test_only_the_administrator_switches_on_the_clients_page(door: Door, who: str) -> None:
    before = await door.rows(*ALL)
    tab = await page_of(door, who, "milo")
    for name, step in (("insurance_info", 0), (HIDE, 2)):
        await tab.do(f"{SWITCH}.switch", name=name, on=False, step=step)
        assert tab.refused
    assert await door.rows(*ALL) == before
    if who in {"lena", "gina"}:
        assert "Display Insurance Info" not in tab.text
    avery = await page_of(door, "avery", "milo")
    await avery.do(f"{SWITCH}.switch", name="insurance_info", on=False)
    assert await door.rows("client_restriction") != before["client_restriction"]
    await avery.do(f"{SWITCH}.switch", name="insurance_info", on=True)
    assert await door.rows("client_restriction") == {"client_restriction": before["client_restriction"]}


async def test_an_address_takes_two_agreements(door: Door) -> None:
    before = await door.rows("client_restriction")
    avery = await page_of(door, "avery", "milo")
    for step in (0, 1):
        await avery.do(f"{SWITCH}.switch", name=HIDE, on=False, step=step)
        assert await door.rows("client_restriction") == before
    assert "Milo Park" in avery.text


async def test_a_client_is_never_switched_on_where_the_practice_is_off(door: Door) -> None:
    before = await door.rows(*ALL)
    lena = await page_of(door, "lena", "quinn")
    for on in (True, False):
        await lena.do(f"{SWITCH}.switch", name="online_payments", on=on)
        assert "off for the whole practice" in lena.page["notice"]
    assert await door.rows(*ALL) == before


@pytest.mark.parametrize("who", ["noah", "bea", "lena", "gina"])
async def test_who_does_not_reach_a_client_makes_nobody_of_the_network_a_client(door: Door, who: str) -> None:
    before = await door.rows(*ALL)
    pete = {"contact_id": str(door.cast.contacts["pete"].id)}
    tab = await page_of(door, who, "milo")
    for fields in (pete, {**pete, "who": "new"}, {**pete, "who": door.client_id("morgan")}):
        await tab.do(f"{CONVERT}.convert", fields=fields)
        assert tab.refused
    assert await door.rows(*ALL) == before


@pytest.mark.parametrize("who", ["bea", "lena", "gina"])
async def test_another_practices_messages_are_neither_read_nor_changed(door: Door, who: str) -> None:
    kept = await keep(door)
    before = await door.rows(*ALL)
    tab = await door.tab_of(who)
    tab.frames.clear()
    await tab.do(f"{LETTERS}.load")
    await tab.do(f"{LETTERS}.save", fields={"template_id": kept, "name": "Mine", "body": "Mine"})
    assert tab.refused
    await tab.do(f"{LETTERS}.delete", template_id=kept)
    assert tab.refused
    assert "Secret words" not in tab.text
    assert await door.rows(*ALL) == before
    tess = await door.tab_of("tess")
    await tess.do(f"{LETTERS}.load")
    assert "Secret words" in tess.text


async def _stale(door: Door, who: str) -> Tab:
    token = await door.sign_in(who)
    await door.change_session(token, stepped_up_at=None)
    return await door.tab(token).open()


async def test_the_list_leaves_only_after_a_fresh_proof(door: Door) -> None:
    tab = await _stale(door, "avery")
    tab.frames.clear()
    await tab.do(f"{EXPORT}.export")
    assert "export.csv" not in tab.text
    assert tab.page["step_up_asked"] == 1
    fresh = await door.tab_of("avery")
    await fresh.do(f"{EXPORT}.export")
    assert "/practice/clients/export.csv" in fresh.text


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (f"{JOIN}.same_person", {"request_id": "x", "client_id": "y"}),
        (f"{JOIN}.same_person", {"request_id": str(new_id()), "client_id": str(new_id()), "take_email": "yes"}),
        (f"{JOIN}.new_client", {"request_id": str(new_id()), "despite": "x y"}),
        (f"{JOIN}.reject", {"request_id": {"$ne": ""}}),
        (f"{SWITCH}.switch", {"name": "king", "on": False}),
        (f"{SWITCH}.switch", {"name": "client_sign_up", "on": False}),
        (f"{SWITCH}.switch", {"name": "insurance_info", "on": "no"}),
        (f"{SWITCH}.switch", {"name": HIDE, "on": False, "step": 99}),
        (f"{CONVERT}.convert", {"fields": {"contact_id": str(new_id()), "account_id": str(new_id())}}),
        (f"{CONVERT}.convert", {"fields": {"contact_id": str(new_id()), "who": "king"}}),
        (f"{LETTERS}.save", {"fields": {"name": "x", "body": "{nobody}"}}),
        (f"{LETTERS}.save", {"fields": {"name": "x", "body": "y", "organization_id": str(new_id())}}),
        (f"{LETTERS}.delete", {"template_id": 1}),
    ],
)
async def test_nonsense_changes_nothing(door: Door, handler: str, sent: dict[str, Any]) -> None:
    before = await door.rows(*ALL)
    tab = await page_of(door, "avery", "milo")
    await tab.do(handler, **sent)
    assert tab.refused
    assert "Something went wrong" not in tab.text
    assert await door.rows(*ALL) == before


async def test_a_therapist_takes_no_list_in(door: Door) -> None:
    tess, frank = await door.tab_of("tess"), await door.tab_of("frank")
    for tab, refused in ((tess, True), (frank, False)):
        await tab.do(f"{IMPORT}.load")
        assert bool(tab.page["refusal"]) is refused
