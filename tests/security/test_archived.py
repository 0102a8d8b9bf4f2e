"""An archived client over a bare socket: the signed forms, and nothing else."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import col, select, update

from portal.models import AssignmentStatus, Client, FormAssignment
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.test_registry import OWN
from tests.security.test_view_as import payload

HOME = f"{PAGE}.portal___home___state____home_state"
FORMS = f"{PAGE}.portal___intake___state____forms_state"
FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"
OWN_ACCESS = f"{PAGE}.portal___clients___own___state____own_access_state"


@pytest.fixture
async def archived(door: Door) -> AsyncIterator[Door]:
    """Casey's record at Harbor is closed; one form was signed before, others were not."""
    casey = door.cast.clients["casey"]

    async def close(moment: object) -> None:
        async with door.database.unit_of_work() as work:
            at = work.now if moment else None
            await work.exec(update(Client).where(col(Client.id) == casey.id).values(archived_at=at))

    await close(True)
    yield door
    await close(None)


async def forms_of(door: Door, *, signed: bool) -> list[str]:
    done = (AssignmentStatus.SUBMITTED, AssignmentStatus.COMPLETED)
    async with door.database.unit_of_work(writes=False) as work:
        rows = await work.exec(select(FormAssignment).where(FormAssignment.client_id == door.cast.clients["casey"].id))
        return [str(row.id) for row in rows if (row.status in done) == signed]


async def page_of(door: Door, assignment_id: str) -> Tab:
    tab = door.tab(await door.sign_in("casey"), path="/forms/[assignment_id]", query={"for": door.client_id("casey")})
    tab.parts = {"assignment_id": assignment_id}
    return await tab.open()


async def test_the_signed_form_is_listed_and_read(archived: Door) -> None:
    [signed], waiting = await forms_of(archived, signed=True), await forms_of(archived, signed=False)
    assert waiting
    tab = await archived.tab_of("casey", query={"for": archived.client_id("casey")})
    for handler in (f"{SHELL}.load", f"{FORMS}.load", f"{FORMS}.reload"):
        await tab.do(handler)
    assert tab.page["refusal"] == ""
    assert [row["id"] for row in tab.state[FORMS]["sent_forms"]] == [signed]
    assert tab.state[FORMS].get("open_forms", []) == []
    assert tab.state[SHELL]["links"][:2] == ["home", "forms"]
    read = await page_of(archived, signed)
    await read.do(f"{FILL}.load")
    assert read.state[FILL]["sent"]["id"] == signed
    assert read.state[FILL]["sent"]["sections"]


async def test_what_was_not_signed_is_gone(archived: Door) -> None:
    for assignment_id in await forms_of(archived, signed=False):
        tab = await page_of(archived, assignment_id)
        await tab.do(f"{FILL}.load")
        assert tab.page["refusal"] != ""
        assert tab.state[FILL].get("sheet") is None
        await tab.close()


async def test_nothing_else_opens_and_nothing_changes(archived: Door) -> None:
    """Every handler that is about a client, with something for each parameter, for a signed form and an open one."""
    names = sorted(name for name in OWN if name.startswith((FORMS, FILL, OWN_ACCESS)))
    before = await archived.rows()
    signed, open_ones = await forms_of(archived, signed=True), await forms_of(archived, signed=False)
    for assignment_id in (*signed, *open_ones[:1]):
        tab = await page_of(archived, assignment_id)
        for name in names:
            await tab.do(name, **payload(name))
        await tab.do(f"{FILL}.sign", fields={"typed_name": "Casey Lin", "agreed": True})
        was_signed = tab.state[FILL].get("sent", {}).get("id") == assignment_id
        assert (was_signed, tab.refused) == ((True, False) if assignment_id in signed else (False, True))
        assert not tab.state.get(OWN_ACCESS, {}).get("loaded")
        await tab.close()
    after = await archived.rows()
    assert {name for name in after if after[name] != before[name]} <= {"session"}


async def test_contacts_of_an_archived_client_read_nothing(archived: Door) -> None:
    tab = await archived.tab_of("gina", query={"for": archived.client_id("casey")})
    await tab.do(f"{FORMS}.load")
    assert tab.page["refusal"] != ""
    assert tab.state[FORMS].get("sent_forms", []) == []


async def test_elsewhere_the_same_person_fills_in_forms(archived: Door) -> None:
    tab = await archived.tab_of("casey", query={"for": archived.client_id("casey_lakeside")})
    await tab.do(f"{FORMS}.load")
    assert tab.page["refusal"] == ""
    assert tab.state[FORMS]["open_forms"]
