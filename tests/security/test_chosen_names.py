"""The name of a login is its owner's to choose: nobody signs, writes or looks under the name of somebody else."""

import json
from collections.abc import Awaitable, Callable

from sqlmodel import select

from portal.models import AuditEvent
from tests.security.conftest import Door
from tests.security.tab import PAGE
from tests.security.test_forms_staff_page import page_at, signed_sheet
from tests.security.test_messages import GLASS, STAFF, THREAD, at, outgoing

ANSWERS = f"{PAGE}.portal___intake___answers___state____answers_state"
AUDIT = f"{PAGE}.portal___practice___record___state____audit_state"
LOOKS = f"{PAGE}.portal___clients___own___state____own_looks_state"
OTHER = "Ivy Nobody"
Rename = Callable[[str, str], Awaitable[None]]


async def looks_of_casey(door: Door) -> str:
    casey = await door.tab_of("casey")
    await casey.do(f"{LOOKS}.load")
    return json.dumps(casey.state[LOOKS])


async def test_a_message_is_from_whom_the_practice_knows(door: Door, thread: str, rename: Rename) -> None:
    await rename("gina", "Tess Rivera")
    gina = await at(door, "gina", thread, "milo")
    await gina.do(f"{THREAD}.load")
    await gina.do(f"{THREAD}.send", message=outgoing(thread, "Milo can stop taking them."))
    tess = await at(door, "tess", thread)
    await tess.do(f"{STAFF}.load")
    assert tess.state[STAFF]["messages"][-1]["author"] == "Gina Park"


async def test_who_opens_a_conversation_does_it_under_their_own_name(door: Door, thread: str, rename: Rename) -> None:
    await rename("avery", OTHER)
    tab = door.tab(await door.sign_in("avery"), path="/practice/clients/[client_id]")
    tab.parts = {"client_id": door.client_id("milo")}
    await tab.open()
    await tab.do(f"{GLASS}.open", fields={"thread": thread, "reason": "A check of the record"})
    gina = await at(door, "gina", thread, "milo")
    await gina.do(f"{THREAD}.load")
    told = json.dumps(gina.state[THREAD]["messages"][-1])
    assert "Avery Stone" in told
    assert OTHER not in told


async def test_who_looked_stays_who_they_were(door: Door, rename: Rename) -> None:
    sheet = await signed_sheet(door)
    tess = await page_at(door, "tess", "/practice/answers/[assignment_id]", assignment_id=sheet)
    await tess.do(f"{ANSWERS}.load")
    before = await looks_of_casey(door)
    assert "Tess Rivera" in before
    await rename("tess", OTHER)
    assert await looks_of_casey(door) == before


async def test_the_record_of_the_practice_keeps_its_names(door: Door, rename: Rename) -> None:
    await rename("avery", OTHER)
    async with door.database.unit_of_work(writes=False) as work:
        query = select(AuditEvent.id).where(AuditEvent.actor_id == door.cast.accounts["avery"].id)
        assert (await work.exec(query)).first()
    tab = await door.tab_of("avery", query={"practice": "harbor"})
    await tab.do(f"{AUDIT}.load")
    rows = json.dumps(tab.state[AUDIT]["rows"])
    assert "Avery Stone" in rows
    assert OTHER not in rows
