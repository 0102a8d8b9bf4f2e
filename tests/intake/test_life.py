"""The life of a form that was sent: all or any signers, comments, returns, countersignatures, reminders, alerts."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import PracticeAccess, StaffTask
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import service
from portal.intake.handling import changes, reminding, service_life
from portal.intake.service import Signers
from portal.models import AssignmentStatus, FormAssignment, FormResponse, OutboxMail, SignerRule
from tests.intake.desk import Desk, form_of, question, text

FORM = form_of(question("name"), question("why"))
CONSENT = form_of(
    question("name"),
    extension=[
        {
            "url": "urn:portico:signatures",
            "extension": [{"url": "rule", "valueCode": "all"}, {"url": "countersign", "valueBoolean": True}],
        }
    ],
)


async def send(desk: Desk, form: dict[str, Any] = FORM, client: str = "milo", signers: Signers | None = None) -> UUID:
    tess, report = await desk.staff("tess", StaffTask.SEND_FORMS), await desk.bring_in(form)
    async with desk.writing() as work:
        return await service.send_form(
            work,
            tess,
            client_id=desk.client_id(client),
            form_version_id=UUID(report.form_version_id),
            signers=signers,
            due_on=tess.today,
        )


async def row(desk: Desk, sheet: UUID) -> FormAssignment:
    async with desk.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(FormAssignment).where(FormAssignment.id == sheet))).one()


async def mails(desk: Desk, kind: str) -> list[str]:
    async with desk.database.unit_of_work(writes=False) as work:
        found = (await work.exec(select(OutboxMail.to_address).where(OutboxMail.kind == kind))).all()
    return sorted(found)


async def fill(desk: Desk, who: str, sheet: UUID, client: str = "milo") -> None:
    access = await desk.forms(who, client)
    await desk.save(access, sheet, "name", text("Milo"))
    await desk.sign(access, sheet)


async def act(desk: Desk, name: str, who: str, sheet: UUID, **more: Any) -> Any:
    task = StaffTask.SEND_FORMS if name in ("revoke_sheet", "remind") else StaffTask.READ_ANSWERS
    access = await desk.staff(who, task)
    async with desk.writing() as work:
        return await getattr(service_life, name)(work, access, assignment_id=sheet, **more)


async def test_all_named_signers_sign_the_same_answers(desk: Desk) -> None:
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    sheet = await send(desk, signers=Signers(client=False, contacts=(gina, pete), rule=SignerRule.ALL))
    await fill(desk, "gina", sheet)
    assert (await row(desk, sheet)).status is AssignmentStatus.SIGNING
    assert await mails(desk, "form_submitted") == []
    access = await desk.forms("pete", "milo")
    with pytest.raises(Conflict):
        await desk.save(access, sheet, "name", text("Somebody else"), base=1)
    again = await desk.sign(await desk.forms("gina", "milo"), sheet)
    signed = await desk.sign(access, sheet)
    assert signed.sha256 == again.sha256
    assert (await row(desk, sheet)).status is AssignmentStatus.SUBMITTED
    view = await desk.read(await desk.staff("tess"), sheet)
    assert {one.name for one in view.signatures} == {"Gina Park", "Pete Park"}
    assert await mails(desk, "form_submitted") == ["tess@harbor.example"]
    with pytest.raises((NotPermitted, NotFound)):
        await desk.forms("pete", "milo")


async def test_with_any_the_first_signature_is_enough(desk: Desk) -> None:
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    sheet = await send(desk, signers=Signers(client=False, contacts=(gina, pete), rule=SignerRule.ANY))
    await fill(desk, "pete", sheet)
    assert (await row(desk, sheet)).status is AssignmentStatus.SUBMITTED


async def test_the_last_two_signatures_at_once_complete_the_form_once(desk: Desk) -> None:
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    sheet = await send(desk, signers=Signers(client=False, contacts=(gina, pete), rule=SignerRule.ALL))
    await fill(desk, "gina", sheet)
    access = await desk.forms("pete", "milo")
    outcomes = await asyncio.gather(desk.sign(access, sheet), desk.sign(access, sheet), return_exceptions=True)
    assert [one for one in outcomes if isinstance(one, BaseException)] == []
    assert (await row(desk, sheet)).status is AssignmentStatus.SUBMITTED
    assert len(await mails(desk, "form_submitted")) == 1


async def test_a_part_for_one_is_not_there_for_the_others(desk: Desk) -> None:
    """Tara's part and her mother's part of a packet never show each other."""
    tara = await send(desk, client="tara", signers=Signers(client=True, only=True))
    access = await desk.forms("tara", "tara")
    assert (await desk.sheet(access, tara)).id == str(tara)
    gina = desk.cast.contacts["gina"].id
    mother = await send(desk, client="milo", signers=Signers(client=False, contacts=(gina,), only=True))
    assert (await desk.sheet(await desk.forms("gina", "milo"), mother)).id == str(mother)
    parents = await send(desk, form_of(question("p")), "tara", Signers(client=False, contacts=(gina,), only=True))
    async with desk.database.unit_of_work(writes=False) as work:
        listed = {view.id for view in await service.list_assignments(work, access)}
        subjects = await desk.subjects("tara")
        todos = await service.list_todos(work, subjects.clients, account_id=desk.cast.accounts["tara"].id)
    assert listed == {view.id for view in todos} == {str(tara)}
    for call in (desk.sheet(access, parents), desk.save(access, parents, "p", text("x")), desk.sign(access, parents)):
        with pytest.raises(NotFound):
            await call
    named = await desk.forms("gina", "tara")
    assert (await desk.sheet(named, parents)).id == str(parents)
    with pytest.raises(NotFound):
        await desk.sheet(named, tara)


async def test_a_returned_form_is_corrected_and_both_versions_stay(desk: Desk) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    seen = (await row(desk, sheet)).revision
    with pytest.raises(Invalid, match="what has to be corrected"):
        await act(desk, "return_sheet", "tess", sheet, seen=seen, text=" ")
    await act(desk, "comment_on", "tess", sheet, path="name", text="<b>Full</b> name, please")
    await act(desk, "return_sheet", "tess", sheet, seen=seen, text="")
    assert (await row(desk, sheet)).status is AssignmentStatus.RETURNED
    assert await mails(desk, "form_returned") == ["gina@mail.example"]
    access = await desk.forms("gina", "milo")
    await desk.save(access, sheet, "name", text("Milo Park"), base=1)
    await desk.sign(access, sheet)
    async with desk.database.unit_of_work(writes=False) as work:
        states = (await work.exec(select(FormResponse.number).where(FormResponse.assignment_id == sheet))).all()
    assert sorted(states) == [1, 2]


async def test_a_countersignature_completes_and_locks_and_there_is_only_one(desk: Desk) -> None:
    sheet = await send(desk, CONSENT)
    await fill(desk, "gina", sheet)
    found, view = await row(desk, sheet), await desk.read(await desk.staff("tess"), sheet)
    assert found.needs_countersign
    wanted = {"seen": found.revision, "fingerprint": view.sha256, "typed_name": "Tess Rivera", "agreed": True}
    with pytest.raises(Conflict):
        await act(desk, "complete_sheet", "tess", sheet, seen=found.revision)
    for wrong, kind in (
        ({"typed_name": "Gina Park"}, Invalid),
        ({"agreed": False}, Invalid),
        ({"fingerprint": "0" * 64}, Conflict),
        ({"seen": found.revision - 1}, Conflict),
    ):
        with pytest.raises(kind):
            await act(desk, "countersign", "tess", sheet, **{**wanted, **wrong})
    outcomes = await asyncio.gather(
        act(desk, "countersign", "tess", sheet, **wanted),
        act(desk, "countersign", "avery", sheet, **{**wanted, "typed_name": "Avery Stone"}),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, Conflict) for one in outcomes) == [False, True]
    assert (await row(desk, sheet)).status is AssignmentStatus.COMPLETED
    with pytest.raises(Conflict):
        await act(desk, "return_sheet", "tess", sheet, seen=found.revision + 1, text="x")


@pytest.mark.parametrize("safe", [True, False])
async def test_return_against_countersign(desk: Desk, monkeypatch: pytest.MonkeyPatch, safe: bool) -> None:
    """Two of the staff at once: one wins. With the comparison off, a form is returned and complete at once."""
    sheet = await send(desk, CONSENT)
    await fill(desk, "gina", sheet)
    found, view = await row(desk, sheet), await desk.read(await desk.staff("tess"), sheet)
    if not safe:

        async def force(work: Any, access: PracticeAccess, assignment_id: UUID, **more: Any) -> bool:
            return True

        async def any_sheet(work: Any, access: PracticeAccess, assignment_id: UUID, statuses: Any) -> Any:
            return await service_life.queries.find_sheet(work, access, assignment_id)

        monkeypatch.setattr(changes, "move", force)
        monkeypatch.setattr(service_life, "_to_handle", any_sheet)
    outcomes = await asyncio.gather(
        act(desk, "return_sheet", "avery", sheet, seen=found.revision, text="Once more"),
        act(
            desk,
            "countersign",
            "tess",
            sheet,
            seen=found.revision,
            fingerprint=view.sha256,
            typed_name="Tess Rivera",
            agreed=True,
        ),
        return_exceptions=True,
    )
    assert sum(one is None for one in outcomes) == (1 if safe else 2), outcomes


async def test_who_may_do_what(desk: Desk) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    seen = (await row(desk, sheet)).revision
    for who in ("noah", "theo"):
        for name, more in (
            ("comment_on", {"path": "", "text": "x"}),
            ("return_sheet", {"seen": seen, "text": "x"}),
            ("complete_sheet", {"seen": seen}),
            ("revoke_sheet", {"seen": seen}),
            ("remind", {}),
        ):
            with pytest.raises(NotFound):
                await act(desk, name, who, sheet, **more)
    with pytest.raises(NotPermitted):
        await act(desk, "return_sheet", "frank", sheet, seen=seen, text="x")
    with pytest.raises(NotPermitted):
        await act(desk, "return_sheet", "bea", sheet, seen=seen, text="x")
    with pytest.raises(Invalid):
        await act(desk, "comment_on", "tess", sheet, path="nowhere", text="x")
    await act(desk, "complete_sheet", "tess", sheet, seen=seen)


async def test_a_form_that_was_taken_back_is_gone_for_the_client(desk: Desk) -> None:
    sheet = await send(desk)
    await act(desk, "revoke_sheet", "frank", sheet, seen=0)
    with pytest.raises(NotFound):
        await desk.sheet(await desk.forms("gina", "milo"), sheet)
    with pytest.raises(Conflict):
        await act(desk, "remind", "frank", sheet)


async def test_a_reminder_by_hand_goes_to_those_who_are_asked_once_a_day(desk: Desk) -> None:
    pete = desk.cast.contacts["pete"].id
    sheet = await send(desk, signers=Signers(client=False, contacts=(pete,)))
    assert await act(desk, "remind", "tess", sheet) == 1
    with pytest.raises(Conflict):
        await act(desk, "remind", "tess", sheet)
    assert await mails(desk, "form_reminder") == ["pete@mail.example"]


async def test_the_job_reminds_once_and_lets_old_forms_expire(desk: Desk) -> None:
    sheet = await send(desk)

    async def look() -> int:
        async with desk.writing() as work:
            return await reminding.look_after_due_forms(work, desk.cast.harbor.id)

    assert await look() == 0, "it was sent just now"
    async with desk.writing() as work:
        found = (await work.exec(select(FormAssignment).where(FormAssignment.id == sheet))).one()
        found.sent_at = work.now - timedelta(days=2)
        found.due_on = (await desk.staff("tess")).today + timedelta(days=1)
        work.add(found)
    assert sum(await asyncio.gather(look(), look(), look())) == 1, "also by several workers at once"
    assert await look() == 0
    assert await mails(desk, "form_reminder") == ["gina@mail.example"]
    async with desk.writing() as work:
        found = (await work.exec(select(FormAssignment).where(FormAssignment.id == sheet))).one()
        found.due_on = work.now.date() - timedelta(days=90)
        work.add(found)
    assert sum(await asyncio.gather(look(), look(), look())) == 1
    assert await look() == 0
    assert (await row(desk, sheet)).status is AssignmentStatus.EXPIRED
    with pytest.raises(NotFound):
        await desk.sheet(await desk.forms("gina", "milo"), sheet)
