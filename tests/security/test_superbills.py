"""Superbills over a bare socket: no diagnosis reaches whoever may only pay, nor staff without a part in it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

OWN = f"{PAGE}.portal___billing___superbills___own___state____own_superbill_state"
DESK = f"{PAGE}.portal___billing___superbills___desk___state____superbill_state"
SETUP = f"{PAGE}.portal___billing___superbills___setup___state____setup_state"
BILLING = f"{PAGE}.portal___billing___paying___state____billing_state"
CODE = "F93.8"
TABLES = ("client_diagnosis", "access_log", "membership", "service", "organization", "audit_event")


async def on_page(door: Door, who: str, client: str = "milo") -> Tab:
    """Somebody on a client's page for staff, whether they may be there or not."""
    tab = await door.tab_of(who, path=f"/practice/clients/{door.client_id(client)}", query={"practice": "harbor"})
    tab.parts = {"client_id": door.client_id(client)}
    return tab


async def diagnose(tab: Tab, door: Door, codes: str = CODE) -> None:
    async with door.database.unit_of_work(writes=False) as work:
        day = (work.now - timedelta(days=40)).date().isoformat()
    await tab.do(f"{DESK}.save", sent={"first_day": day, "codes": codes})


@pytest.fixture
async def tess(door: Door) -> Tab:
    tab = await on_page(door, "tess")
    await diagnose(tab, door)
    assert CODE in tab.text, "the control: Milo's therapist enters it and reads it"
    return tab


@pytest.mark.parametrize("person", ["pete", "casey", "tara", "quinn"])
async def test_who_may_not_take_one_gets_nothing_of_it(door: Door, tess: Tab, person: str) -> None:
    del tess
    before = await door.rows(*TABLES)
    tab = await door.tab_of(person, query={"for": door.client_id("milo")})
    for handler in (f"{BILLING}.load", f"{OWN}.load", f"{OWN}.reload"):
        await tab.do(handler)
    await tab.do(f"{OWN}.ask", sent={"first": "2026-01-01", "last": "2026-02-01"})
    assert not tab.state.get(OWN, {}).get("shown")
    assert tab.page["notice_tone"] == "problem"
    tab.parts = {"client_id": door.client_id("milo")}
    await tab.do(f"{DESK}.load")
    await tab.do(f"{DESK}.show", wish=True)
    await diagnose(tab, door, "F32.1")
    assert CODE not in tab.text
    assert "superbill.pdf" not in tab.text
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize("person", ["bea", "frank", "noah", "lena"])
async def test_staff_without_a_part_in_it_read_and_enter_no_diagnosis(door: Door, tess: Tab, person: str) -> None:
    before = await door.rows(*TABLES)
    tab = await on_page(door, person)
    await tab.do(f"{DESK}.load")
    assert bool(tab.state.get(DESK, {}).get("loaded")) is (person == "bea")
    await tab.do(f"{DESK}.show", wish=True)
    assert tab.page["notice_tone"] == "problem"
    await diagnose(tab, door, "F32.1")
    assert CODE not in tab.text
    assert await door.rows(*TABLES) == before
    await tess.do(f"{DESK}.show", wish=True)
    assert [row["codes"] for row in tess.state[DESK]["rows"]] == [CODE]


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        ("ask", {"first": "x", "last": "2026-01-01"}),
        ("ask", {"first": "2026-01-01", "last": "2026-01-02", "client_id": "casey"}),
        ("ask", {}),
        ("save", {"first_day": "2026-01-01", "codes": "F41.1" * 60}),
        ("save", {"first_day": "0001-01-01", "codes": "F41.1"}),
        ("save", {"first_day": "2026-01-01", "codes": "F41.1", "client_id": "casey"}),
        ("save", {"first_day": {"a": 1}, "codes": 7}),
    ],
)
async def test_nonsense_changes_nothing(door: Door, tess: Tab, handler: str, sent: dict[str, Any]) -> None:
    before = await door.rows("client_diagnosis", "audit_event")
    await tess.do(f"{DESK}.{handler}", sent=sent)
    assert tess.page["notice_tone"] == "problem"
    assert "Something went wrong" not in tess.text
    assert await door.rows("client_diagnosis", "audit_event") == before


@pytest.mark.parametrize("person", ["tess", "bea", "frank", "lena", "pete"])
async def test_only_administrators_change_what_superbills_say(door: Door, person: str) -> None:
    member = str(door.cast.staff["noah"].id)
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("save_clinician", {"membership_id": member, "licence": "LCSW, NY 1", "npi": "1679576722"}),
        ("save_practice", {"ein": "12-3456789", "npi": "", "address": f"{person} Street", "video_place": "10"}),
    ]
    before = await door.rows("membership", "organization", "audit_event")
    tab = await door.tab_of(person, path="/practice/superbills", query={"practice": "harbor"})
    for handler, sent in deeds:
        await tab.do(f"{SETUP}.{handler}", sent=sent)
        assert tab.refused
    assert await door.rows("membership", "organization", "audit_event") == before
    avery = await door.tab_of("avery", path="/practice/superbills", query={"practice": "harbor"})
    for handler, sent in deeds:
        await avery.do(f"{SETUP}.{handler}", sent=sent)
        assert avery.page["notice_tone"] == "info"
    assert await door.rows("membership", "organization", "audit_event") != before
