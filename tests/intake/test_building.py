"""Building forms: drafts that nobody overwrites, versions that stay, and who may do it."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from portal.access.actor import PracticeAccess, StaffTask
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import service as intake
from portal.intake.building import queries, views
from portal.intake.building import service_building as building
from portal.intake.building import service_library as library
from portal.ui.parsing import parse
from tests.intake.desk import Desk, form_of, question
from tests.statements import statements_of

STEP: TypeAdapter[Any] = TypeAdapter(views.Step)


async def sender(desk: Desk, who: str = "tess") -> PracticeAccess:
    return await desk.staff(who, StaffTask.SEND_FORMS)


async def edit(desk: Desk, access: PracticeAccess, form_id: UUID, base: int, **step: Any) -> building.Draft:
    async with desk.writing() as work:
        draft, _ = await building.change_draft(work, access, form_id=form_id, base=base, step=parse(STEP, step))
        return draft


async def begin(desk: Desk, access: PracticeAccess, title: str = "House rules") -> UUID:
    """A form with one question, ready to be published, at revision 3."""
    async with desk.writing() as work:
        form_id = await library.create_form(work, access, title=title)
    await edit(desk, access, form_id, 1, do="add", kind="line", after="section-1")
    await edit(desk, access, form_id, 2, do="text", path="question-1", value="Your name?")
    return form_id


async def publish(desk: Desk, access: PracticeAccess, form_id: UUID, base: int) -> int:
    async with desk.writing() as work:
        return await building.publish_draft(work, access, form_id=form_id, base=base)


async def library_of(desk: Desk, access: PracticeAccess, **more: Any) -> list[library.FormRow]:
    async with desk.database.unit_of_work(writes=False) as work:
        return await library.list_library(work, access, **more)


async def test_a_form_is_begun_edited_and_published(desk: Desk) -> None:
    tess = await sender(desk)
    form_id = await begin(desk, tess)
    (row,) = await library_of(desk, tess)
    assert (row.title, row.number, row.has_draft, row.edited_by) == ("House rules", 0, True, "Tess Rivera")
    assert await publish(desk, tess, form_id, 3) == 1
    (row,) = await library_of(desk, tess)
    assert (row.number, row.has_draft) == (1, False)
    async with desk.writing() as work:
        (listing,) = await intake.list_forms(work, organization_id=tess.organization_id)
    assert listing.title == "House rules"


async def test_sheets_that_were_sent_keep_their_version(desk: Desk) -> None:
    tess = await sender(desk)
    form_id = await begin(desk, tess)
    await publish(desk, tess, form_id, 3)
    async with desk.writing() as work:
        (listing,) = await intake.list_forms(work, organization_id=tess.organization_id)
        milo = desk.cast.clients["milo"].id
        sheet = await intake.send_form(work, tess, client_id=milo, form_version_id=listing.version_id)
    (row,) = await library_of(desk, tess)
    assert row.waiting == 1
    await edit(desk, tess, form_id, 0, do="text", path="question-1", value="Your full name?")
    assert await publish(desk, tess, form_id, 1) == 2
    gina = await desk.forms("gina", "milo")
    view = await desk.sheet(gina, sheet)
    assert view.pages[0].items[0].text == "Your name?"
    (row,) = await library_of(desk, await sender(desk, "noah"))
    assert row.waiting == 0, "Milo is not Noah's client"


async def test_two_who_edit_one_draft_do_not_overwrite_each_other(desk: Desk) -> None:
    tess, avery = await sender(desk), await sender(desk, "avery")
    form_id = await begin(desk, tess)
    await edit(desk, avery, form_id, 3, do="title", value="Avery's rules")
    with pytest.raises(Conflict, match="Avery Stone changed this form"):
        await edit(desk, tess, form_id, 3, do="title", value="Tess's rules")
    async with desk.database.unit_of_work(writes=False) as work:
        draft = await building.open_draft(work, tess, form_id=form_id)
    assert (draft.title, draft.revision) == ("Avery's rules", 4)


@pytest.mark.parametrize("safe", [True, False])
async def test_at_the_same_moment_one_wins(desk: Desk, monkeypatch: pytest.MonkeyPatch, safe: bool) -> None:
    """With the comparison off, both edits are told that they were kept, and one is lost."""
    access = [await sender(desk), await sender(desk, "avery")]
    form_id = await begin(desk, access[0])
    if not safe:

        async def put(work: Any, form_id: UUID, base: int, values: dict[str, Any]) -> bool:
            connection = await work.plain()
            await connection.execute(queries.draft.update().where(queries.draft.c.form_id == form_id).values(**values))
            return True

        monkeypatch.setattr(queries, "swap_draft", put)
    arrived, both = 0, asyncio.Event()
    original = building.open_draft

    async def together(work: Any, who: PracticeAccess, *, form_id: UUID) -> building.Draft:
        """Let both have looked before either writes; where writers come one by one, the second looks later."""
        nonlocal arrived
        draft = await original(work, who, form_id=form_id)
        arrived += 1
        if arrived == 2 or desk.database.is_sqlite:
            both.set()
        await both.wait()
        return draft

    monkeypatch.setattr(building, "open_draft", together)
    wanted = [edit(desk, who, form_id, 3, do="title", value=who.actor.name) for who in access]
    outcomes = await asyncio.gather(*wanted, return_exceptions=True)
    kept = [one for one in outcomes if isinstance(one, building.Draft)]
    if safe:
        assert len(kept) == 1
        assert any(isinstance(one, Conflict) for one in outcomes)
    else:
        assert len(kept) == 2


async def test_what_is_not_right_is_not_published(desk: Desk) -> None:
    tess = await sender(desk)
    form_id = await begin(desk, tess)
    await edit(desk, tess, form_id, 3, do="text", path="question-1", value=" ")
    with pytest.raises(Invalid):
        await publish(desk, tess, form_id, 4)
    await edit(desk, tess, form_id, 4, do="text", path="question-1", value="Your name?")
    assert await publish(desk, tess, form_id, 5) == 1
    with pytest.raises(Invalid, match="Nothing has changed"):
        await publish(desk, tess, form_id, 0)


async def test_publishing_twice_at_once_makes_one_version(desk: Desk) -> None:
    tess, avery = await sender(desk), await sender(desk, "avery")
    form_id = await begin(desk, tess)
    outcomes = await asyncio.gather(
        publish(desk, tess, form_id, 3), publish(desk, avery, form_id, 3), return_exceptions=True
    )
    assert sorted(isinstance(one, Exception) for one in outcomes) == [False, True]
    assert any(isinstance(one, Conflict) for one in outcomes)


async def test_import_then_export_is_equal_to_the_letter(desk: Desk) -> None:
    tess = await sender(desk)
    text = json.dumps(form_of(question("a"), title="Odd one"), indent=7)
    async with desk.writing() as work:
        report = await library.import_form(work, tess, text=text)
        _, exported = await library.export_form(work, tess, form_id=UUID(report.form_id))
    assert exported == text


async def test_a_copy_is_another_form(desk: Desk) -> None:
    tess = await sender(desk)
    report = await desk.bring_in(form_of(question("a"), title="Odd one", url="urn:x", version="3"))
    async with desk.writing() as work:
        copy = await library.duplicate_form(work, tess, form_id=UUID(report.form_id))
        draft = await building.open_draft(work, tess, form_id=copy)
    assert draft.title == "Odd one (copy)"
    assert "url" not in draft.document
    assert "version" not in draft.document
    assert draft.number == 0


async def test_an_archived_form_is_neither_sent_nor_edited(desk: Desk) -> None:
    tess = await sender(desk)
    report = await desk.bring_in(form_of(question("a")))
    form_id = UUID(report.form_id)
    async with desk.writing() as work:
        await library.archive_form(work, tess, form_id=form_id)
    with pytest.raises(Conflict):
        await edit(desk, tess, form_id, 0, do="title", value="x")
    async with desk.writing() as work:
        with pytest.raises(NotFound):
            milo = desk.cast.clients["milo"].id
            await intake.send_form(work, tess, client_id=milo, form_version_id=UUID(report.form_version_id))
    assert [row.is_archived for row in await library_of(desk, tess, archived=True)] == [True]
    async with desk.writing() as work:
        await library.restore_form(work, tess, form_id=form_id)
    await edit(desk, tess, form_id, 0, do="title", value="x")


async def test_giving_a_draft_up_brings_the_published_form_back(desk: Desk) -> None:
    tess = await sender(desk)
    form_id = await begin(desk, tess)
    async with desk.writing() as work:
        with pytest.raises(Invalid):
            await building.discard_draft(work, tess, form_id=form_id, base=3)
    await publish(desk, tess, form_id, 3)
    await edit(desk, tess, form_id, 0, do="title", value="Other")
    async with desk.writing() as work:
        await building.discard_draft(work, tess, form_id=form_id, base=1)
        assert (await building.open_draft(work, tess, form_id=form_id)).title == "House rules"


async def test_another_practice_finds_nothing(desk: Desk) -> None:
    tess, theo = await sender(desk), await sender(desk, "theo")
    form_id = await begin(desk, tess)
    assert await library_of(desk, theo) == []
    calls = (
        lambda work: building.open_draft(work, theo, form_id=form_id),
        lambda work: building.publish_draft(work, theo, form_id=form_id, base=3),
        lambda work: building.discard_draft(work, theo, form_id=form_id, base=3),
        lambda work: library.duplicate_form(work, theo, form_id=form_id),
        lambda work: library.archive_form(work, theo, form_id=form_id),
        lambda work: library.restore_form(work, theo, form_id=form_id),
        lambda work: library.export_form(work, theo, form_id=form_id),
    )
    for call in calls:
        async with desk.writing() as work:
            with pytest.raises(NotFound):
                await call(work)
    assert await publish(desk, tess, form_id, 3) == 1


async def test_only_who_sends_forms_builds_them(desk: Desk) -> None:
    for who in ("avery", "tess", "frank"):
        assert await library_of(desk, await sender(desk, who)) == []
    with pytest.raises(NotPermitted):
        await sender(desk, "bea")
    reader = await desk.staff("tess", StaffTask.READ_ANSWERS)
    with pytest.raises(NotPermitted):
        await library_of(desk, reader)


async def test_markup_is_text_wherever_it_stands(desk: Desk) -> None:
    tess = await sender(desk)
    evil = "<script>alert(1)</script>"
    form_id = await begin(desk, tess, title=evil)
    draft = await edit(desk, tess, form_id, 3, do="text", path="question-1", value=evil)
    assert draft.title == evil
    assert json.loads(draft.text)["item"][0]["item"][0]["text"] == evil


async def test_statements(desk: Desk) -> None:
    tess = await sender(desk)
    form_id = await begin(desk, tess)
    with statements_of(desk.database) as statements:
        await library_of(desk, tess)
    assert len(statements) <= 2
    with statements_of(desk.database) as statements:
        await edit(desk, tess, form_id, 3, do="title", value="Other")
    assert len(statements) <= 5
