"""Staff: what arrived, reading it, sending one."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from portal.access.actor import PracticeAccess, StaffTask
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import service
from portal.intake.service import Signers
from portal.models import AccessLog, FormResponse
from tests.intake.desk import Desk, form_of, question, text, yes

FORM = form_of(
    {
        "linkId": "page",
        "type": "group",
        "text": "About",
        "item": [question("name", required=True), question("well", "boolean"), question("open", "text")],
    },
    title="Questions",
)
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    """Milo's form, signed by his mother."""
    sheet = await desk.send("milo", FORM)
    gina = await desk.forms("gina", "milo")
    await desk.save(gina, sheet, "name", text(XSS))
    await desk.save(gina, sheet, "well", yes())
    await desk.sign(gina, sheet)
    return sheet


async def arrivals(desk: Desk, person: str, task: StaffTask = StaffTask.TODAY) -> list[Any]:
    access = await desk.staff(person, task)
    async with desk.database.unit_of_work(writes=False) as work:
        return await service.list_arrivals(work, access)


async def test_a_form_arrives_at_those_who_may_see_it(desk: Desk, sheet: UUID) -> None:
    (arrival,) = await arrivals(desk, "tess")
    assert (arrival.assignment_id, arrival.client_name, arrival.title, arrival.submitted_by, arrival.can_read) == (
        str(sheet),
        "Milo Park",
        "Questions",
        "Gina Park",
        True,
    )
    assert [each.can_read for each in await arrivals(desk, "avery")] == [True]
    assert [each.can_read for each in await arrivals(desk, "frank")] == [False]
    assert await arrivals(desk, "noah") == []
    assert await arrivals(desk, "bea") == []
    assert await arrivals(desk, "theo") == []
    assert await arrivals(desk, "lena") == []


async def test_tess_reads_what_was_signed_and_that_is_logged(desk: Desk, sheet: UUID) -> None:
    tess = await desk.staff("tess")
    with desk.counting() as statements:
        view = await desk.read(tess, sheet)
    assert len(statements) == 3
    assert [(line.label, line.answers) for line in view.sections[0].lines] == [
        ("Question name", [XSS]),
        ("Question well", ["Yes"]),
        ("Question open", []),
    ]
    assert [(one.name, one.typed_name, one.capacity) for one in view.signatures] == [
        ("Gina Park", "Gina Park", "mother, on behalf of Milo Park")
    ]
    assert view.is_intact
    assert view.sha256 == view.signatures[0].sha256
    async with desk.database.unit_of_work(writes=False) as work:
        looks = [(row.account_id, row.client_id, row.kind) for row in await work.exec(select(AccessLog))]
    assert looks == [(tess.actor.account_id, desk.client_id("milo"), "answers")]


async def test_others_read_nothing(desk: Desk, sheet: UUID) -> None:
    for person in ("noah", "theo", "lena"):
        with pytest.raises(NotFound):
            await desk.read(await desk.staff(person), sheet)
    with pytest.raises(NotPermitted):
        await desk.read(await desk.staff("frank"), sheet)
    with pytest.raises(NotPermitted):
        await desk.read(await desk.staff("tess", StaffTask.TODAY), sheet)
    assert (await desk.read(await desk.staff("avery"), sheet)).is_intact


async def test_a_form_that_is_being_filled_in_is_not_read(desk: Desk) -> None:
    sheet = await desk.send("milo", FORM)
    gina = await desk.forms("gina", "milo")
    await desk.save(gina, sheet, "name", text("half an answer"))
    with pytest.raises(Conflict):
        await desk.read(await desk.staff("tess"), sheet)
    assert await arrivals(desk, "tess") == []
    await desk.sign(gina, sheet)
    assert (await desk.read(await desk.staff("tess"), sheet)).sections


async def test_a_changed_fingerprint_is_seen(desk: Desk, sheet: UUID) -> None:
    async with desk.writing() as work:
        row = (await work.exec(select(FormResponse))).one()
        row.sha256 = "0" * 64
        work.add(row)
    assert not (await desk.read(await desk.staff("tess"), sheet)).is_intact


async def send(desk: Desk, access: PracticeAccess, client: str, version: UUID, **more: Any) -> UUID:
    async with desk.writing() as work:
        return await service.send_form(work, access, client_id=desk.client_id(client), form_version_id=version, **more)


async def test_tess_sends_a_form_to_her_clients_only(desk: Desk) -> None:
    version = UUID((await desk.bring_in(FORM)).form_version_id)
    lakeside = UUID((await desk.bring_in(FORM, desk.cast.lakeside)).form_version_id)
    tess = await desk.staff("tess", StaffTask.SEND_FORMS)
    sent = await send(desk, tess, "milo", version, due_on=date(2026, 12, 1))
    assert (await desk.sheet(await desk.forms("gina", "milo"), sent)).due_on == "2026-12-01"
    for client, wanted in (("gina", version), ("quinn", version), ("milo", lakeside), ("milo", uuid4())):
        with pytest.raises(NotFound):
            await send(desk, tess, client, wanted)
    with pytest.raises(NotPermitted):
        await send(desk, await desk.staff("tess"), "milo", version)


async def test_a_due_day_in_the_past_and_strange_signers_are_refused(desk: Desk) -> None:
    version = UUID((await desk.bring_in(FORM)).form_version_id)
    avery = await desk.staff("avery", StaffTask.SEND_FORMS)
    with pytest.raises(Invalid):
        await send(desk, avery, "milo", version, due_on=date(2026, 11, 23))
    with pytest.raises(Invalid):
        await send(desk, avery, "milo", version, signers=Signers(client=False))
    with pytest.raises(Invalid):
        await send(desk, avery, "casey", version, signers=Signers(False, (desk.cast.contacts["pete"].id,)))
    await send(desk, avery, "milo", version, due_on=date(2026, 11, 24))
