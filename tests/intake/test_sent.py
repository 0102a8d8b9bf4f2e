"""What was sent stays readable for those on the client's side who may see the form, and for nobody else."""

from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from portal.access.actor import ClientAccess
from portal.audit.looks import kind_of_look, record_look
from portal.errors import Conflict, NotFound, NotPermitted
from portal.intake import service
from portal.intake.views_reading import ReadView
from portal.models import AccessLog
from tests.intake.desk import Desk, form_of, question, text

FORM = form_of({"linkId": "page", "type": "group", "text": "About", "item": [question("name", required=True)]})


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    """Milo's form, answered by his mother and not signed yet."""
    sheet = await desk.send("milo", FORM)
    await desk.save(await desk.forms("gina", "milo"), sheet, "name", text("Milo Park"))
    return sheet


async def read(desk: Desk, access: ClientAccess, sheet: UUID) -> ReadView:
    async with desk.database.unit_of_work(writes=False) as work:
        return await service.read_own_sheet(work, access, assignment_id=sheet)


async def test_mother_reads_what_she_signed(desk: Desk, sheet: UUID) -> None:
    gina = await desk.forms("gina", "milo")
    signed = await desk.sign(gina, sheet, "Gina Park")
    with desk.counting() as statements:
        view = await read(desk, gina, sheet)
    assert len(statements) == 3
    assert [(line.label, line.answers) for line in view.sections[0].lines] == [("Question name", ["Milo Park"])]
    assert [(one.typed_name, one.capacity) for one in view.signatures] == [
        ("Gina Park", "mother, on behalf of Milo Park")
    ]
    assert (view.sha256, view.is_intact, view.submitted_by) == (signed.sha256, True, "Gina Park")


async def test_nothing_is_read_before_it_was_sent(desk: Desk, sheet: UUID) -> None:
    gina = await desk.forms("gina", "milo")
    with pytest.raises(Conflict):
        await read(desk, gina, sheet)
    await desk.sign(gina, sheet)
    assert (await read(desk, gina, sheet)).status == "submitted"


async def test_form_of_somebody_else_is_not_there(desk: Desk, sheet: UUID) -> None:
    gina = await desk.forms("gina", "milo")
    await desk.sign(gina, sheet)
    assert (await read(desk, gina, sheet)).client_name == "Milo Park"
    for other in (
        await desk.forms("gina", "gina"),
        await desk.forms("casey", "casey"),
        await desk.forms("tara", "tara"),
    ):
        with pytest.raises(NotFound):
            await read(desk, other, sheet)
    with pytest.raises(NotFound):
        await read(desk, gina, uuid4())
    with pytest.raises(NotPermitted):
        await desk.forms("pete", "milo")


async def looks(desk: Desk) -> list[tuple[UUID, UUID | None]]:
    async with desk.database.unit_of_work(writes=False) as work:
        return [(row.account_id, row.object_id) for row in (await work.exec(select(AccessLog))).all()]


async def test_who_looks_for_somebody_else_is_written_down_once(desk: Desk, sheet: UUID) -> None:
    gina = await desk.forms("gina", "milo")
    for _ in range(2):
        async with desk.writing() as work:
            await record_look(work, gina, kind=kind_of_look(gina, "answers"), object_id=sheet)
    assert await looks(desk) == [(gina.actor.account_id, sheet)]


async def test_who_looks_at_their_own_leaves_no_trace(desk: Desk) -> None:
    assert kind_of_look(await desk.forms("casey", "casey"), "answers") == ""
    gina = await desk.forms("gina", "milo")
    assert kind_of_look(gina, "answers") == "answers"
    assert kind_of_look(gina, "") == ""
