"""The staff's pages of forms over a bare socket: another practice's form, somebody else's client, the wrong role."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, select

from portal.models import Form, FormAssignment, FormVersion
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

LIBRARY = f"{PAGE}.portal___practice___forms___state____library_state"
BUILDER = f"{PAGE}.portal___practice___building___state____builder_state"
PREVIEW = f"{PAGE}.portal___practice___building___state_preview____preview_state"
PACKET = f"{PAGE}.portal___practice___packet___state____packet_state"
HANDLING = f"{PAGE}.portal___intake___answers___state_handling____handling_state"
COURSE = f"{PAGE}.portal___intake___answers___state_course____course_state"
COSIGN = f"{PAGE}.portal___intake___filling___state_cosign____cosign_state"
TODAY = f"{PAGE}.portal___practice___state____today_state"
TABLES = (
    "form",
    "form_version",
    "form_draft",
    "form_assignment",
    "form_comment",
    "form_countersignature",
    "form_signature",
    "crisis_alert",
    "audit_event",
)
NOBODY = "0191b3a0-0000-7000-8000-000000000000"
OPERATION = {"operation_id": NOBODY, "path": "q", "base_revision": 0, "value": [], "instance": 0}


async def form_at(door: Door, practice: UUID) -> str:
    """A form of a practice, with its newest version."""
    async with door.database.unit_of_work(writes=False) as work:
        query = select(Form.id).where(col(Form.organization_id) == practice, col(Form.key) == "phq-9")
        return str((await work.exec(query)).one())


async def signed_sheet(door: Door) -> str:
    """The sheet that Casey signed, for Tess to read."""
    async with door.database.unit_of_work(writes=False) as work:
        query = select(FormAssignment.id).where(
            col(FormAssignment.client_id) == door.cast.clients["casey"].id, col(FormAssignment.status) == "submitted"
        )
        return str((await work.exec(query.limit(1))).one())


async def page_at(door: Door, who: str, path: str, **parts: str) -> Tab:
    tab = door.tab(await door.sign_in(who), path=path)
    tab.parts = parts
    return await tab.open()


def edits(form_id: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{BUILDER}.load", {}),
        (f"{BUILDER}.change", {"step": {"do": "title", "value": "Eve"}}),
        (f"{BUILDER}.publish", {}),
        (f"{BUILDER}.discard", {}),
        (f"{BUILDER}.choose", {"path": "phq-9-1"}),
        (f"{PREVIEW}.load", {}),
        (f"{PREVIEW}.save", {"operation": OPERATION}),
        (f"{LIBRARY}.duplicate", {"form_id": form_id}),
        (f"{LIBRARY}.archive", {"form_id": form_id}),
        (f"{LIBRARY}.restore", {"form_id": form_id}),
    ]


@pytest.mark.parametrize("who", ["bea", "lena", "gina", "pete"])
async def test_a_form_is_built_by_who_sends_forms_in_its_own_practice(door: Door, who: str) -> None:
    form_id = await form_at(door, door.cast.harbor.id)
    before = await door.rows(*TABLES)
    tab = await page_at(door, who, "/practice/forms/[form_id]", form_id=form_id)
    for handler, sent in edits(form_id):
        await tab.do(handler, **sent)
        assert tab.refused, handler
    assert "PHQ-9" not in tab.text
    assert await door.rows(*TABLES) == before


async def test_a_form_of_another_practice_is_not_there(door: Door) -> None:
    theirs = await form_at(door, door.cast.lakeside.id)
    before = await door.rows(*TABLES)
    tab = await page_at(door, "tess", "/practice/forms/[form_id]", form_id=theirs)
    for handler, sent in edits(theirs):
        await tab.do(handler, **sent)
        assert tab.refused, handler
    assert await door.rows(*TABLES) == before
    own = await page_at(door, "tess", "/practice/forms/[form_id]", form_id=await form_at(door, door.cast.harbor.id))
    await own.do(f"{BUILDER}.load")
    assert "PHQ-9" in own.text


@pytest.mark.parametrize("who", ["noah", "bea", "frank", "theo", "gina", "casey"])
async def test_a_signed_form_is_handled_by_who_may_read_it(door: Door, who: str) -> None:
    sheet = await signed_sheet(door)
    before = await door.rows(*TABLES)
    tab = await page_at(door, who, "/practice/answers/[assignment_id]", assignment_id=sheet)
    tab.frames.clear()
    for handler, sent in (
        (f"{HANDLING}.load", {}),
        (f"{COURSE}.load", {}),
        (f"{HANDLING}.comment", {"fields": {"text": "x"}}),
        (f"{HANDLING}.give_back", {"fields": {"text": "x"}}),
        (f"{HANDLING}.countersign", {"fields": {"typed_name": "Tess Rivera", "agreed": "on"}}),
        (f"{HANDLING}.complete", {}),
        (f"{HANDLING}.show_version", {"number": 1}),
        (f"{TODAY}.acknowledge", {"alert_id": NOBODY}),
    ):
        await tab.do(handler, **sent)
        assert tab.refused, handler
    assert "Signed and sent" not in tab.text
    assert await door.rows(*TABLES) == before
    tess = await page_at(door, "tess", "/practice/answers/[assignment_id]", assignment_id=sheet)
    await tess.do(f"{HANDLING}.load")
    assert "Signed and sent" in tess.text


@pytest.mark.parametrize("who", ["noah", "bea", "lena", "gina"])
async def test_nobody_sends_a_packet_beyond_their_reach(door: Door, who: str) -> None:
    async with door.database.unit_of_work(writes=False) as work:
        query = select(FormVersion.id).where(col(FormVersion.organization_id) == door.cast.harbor.id)
        version = (await work.exec(query.limit(1))).one()
    before = await door.rows(*TABLES)
    tab = await page_at(door, who, "/practice/clients/[client_id]/packet", client_id=door.client_id("milo"))
    for handler, sent in ((f"{PACKET}.load", {}), (f"{PACKET}.send", {"fields": {f"form:{version}": "on"}})):
        await tab.do(handler, **sent)
        assert tab.refused
    assert "Gina Park, mother" not in tab.text
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (f"{BUILDER}.change", {"step": {"do": "king"}}),
        (f"{BUILDER}.change", {"step": {"do": "text", "path": "x", "value": {"$ne": 1}}}),
        (f"{BUILDER}.change", {"step": {"do": "add", "kind": "king", "after": ""}}),
        (f"{BUILDER}.choose", {"path": 7}),
        (f"{BUILDER}.rewind", {"forward": "yes"}),
        (f"{LIBRARY}.find", {"fields": {"query": "x", "organization_id": "y"}}),
        (f"{LIBRARY}.begin", {"fields": {"title": ""}}),
        (f"{LIBRARY}.begin", {"fields": {"title": "x", "key": "phq-9"}}),
        (f"{LIBRARY}.archive", {"form_id": {"$ne": ""}}),
        (f"{LIBRARY}.archive", {"form_id": NOBODY}),
        (f"{PREVIEW}.save", {"operation": {"path": "x"}}),
    ],
)
async def test_nonsense_changes_nothing(door: Door, handler: str, sent: dict[str, Any]) -> None:
    form_id = await form_at(door, door.cast.harbor.id)
    before = await door.rows(*TABLES)
    tab = await page_at(door, "avery", "/practice/forms/[form_id]", form_id=form_id)
    await tab.do(f"{BUILDER}.load")
    await tab.do(handler, **sent)
    assert tab.refused
    assert "Something went wrong" not in tab.text
    assert await door.rows(*TABLES) == before


async def test_the_files_go_through_the_same_door(door: Door) -> None:
    form_id, sheet = await form_at(door, door.cast.harbor.id), await signed_sheet(door)
    expected = {
        "tess": (200, 200),
        "avery": (200, 200),
        "frank": (200, 404),
        "noah": (200, 404),
        "bea": (404, 404),
        "lena": (404, 404),
        "gina": (404, 404),
        "casey": (404, 200),
    }
    for who, (export, document) in expected.items():
        cookies = {"portico_session": await door.sign_in(who)}
        async with httpx.AsyncClient(base_url=door.base, cookies=cookies) as browser:
            file = await browser.get(f"/practice/forms/{form_id}/questionnaire.json")
            pdf = await browser.get(f"/forms/{sheet}/document.pdf")
            foreign = await browser.post(
                "/practice/forms/import", content="{}", headers={"Origin": "https://evil.example"}
            )
        assert (file.status_code == 200, pdf.status_code == 200) == (export == 200, document == 200), who
        assert foreign.status_code == 403
        if document == 200:
            assert pdf.content.startswith(b"%PDF-")
            assert pdf.headers["cache-control"] == "no-store"
    async with httpx.AsyncClient(base_url=door.base) as stranger:
        assert (await stranger.get(f"/forms/{sheet}/document.pdf")).status_code in (303, 401)
