"""Naming signers from a client's page: who is asked, and who gets access to this one form for it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import func, select

from portal.access.actor import StaffTask
from portal.errors import Invalid, NotPermitted, StepUpNeeded
from portal.intake import service, words
from portal.intake.service import Signers
from portal.models import Basis, FormAssignment, Grant, Permission
from portal.practice.client.sending import read_send_form
from tests.intake.desk import Desk, form_of, question, text

FORM = form_of(question("name"))


async def _send(desk: Desk, signers: Signers, client: str = "milo") -> UUID:
    avery, report = await desk.staff("avery", StaffTask.SEND_FORMS), await desk.bring_in(FORM)
    async with desk.writing() as work:
        return await service.send_form(
            work,
            avery,
            client_id=desk.client_id(client),
            form_version_id=UUID(report.form_version_id),
            signers=signers,
        )


async def _one_form_grants(desk: Desk, assignment_id: UUID) -> set[UUID]:
    async with desk.database.unit_of_work(writes=False) as work:
        return set((await work.exec(select(Grant.contact_id).where(Grant.assignment_id == assignment_id))).all())


def test_the_dialog_is_read() -> None:
    contact = uuid4()
    given, signers = read_send_form({"form": "f", "due_on": "", "signer:client": "on", f"signer:{contact}": "on"})
    assert given.form == "f"
    assert signers == Signers(client=True, contacts=(contact,))
    assert read_send_form({"form": "f"})[1] is None
    bad: list[Any] = [{"form": "f", "signer:nobody": "on"}, {"form": "f", "other": "x"}, {"form": {}}, ["form"], None]
    for forged in bad:
        with pytest.raises(Invalid):
            read_send_form(forged)


async def test_who_has_no_access_to_forms_gets_it_for_this_one(desk: Desk) -> None:
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    sheet = await _send(desk, Signers(client=False, contacts=(gina, pete)))
    assert await _one_form_grants(desk, sheet) == {pete}
    assert (await desk.sheet(await desk.forms("pete", "milo"), sheet)).can_sign


async def test_naming_somebody_without_access_wants_to_know_who_names_them(desk: Desk) -> None:
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    report, avery = await desk.bring_in(FORM), await desk.staff("avery", StaffTask.SEND_FORMS)
    long_ago = replace(avery.actor, stepped_up_at=avery.now - timedelta(minutes=11))
    asked = {"client_id": desk.client_id("milo"), "form_version_id": UUID(report.form_version_id)}

    async def name(contact_id: UUID) -> UUID:
        async with desk.writing() as work:
            signers = Signers(client=False, contacts=(contact_id,))
            return await service.send_form(work, replace(avery, actor=long_ago), **asked, signers=signers)

    assert await _one_form_grants(desk, await name(gina)) == set(), "she may do it anyway"
    with pytest.raises(StepUpNeeded):
        await name(pete)
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(func.count()).select_from(FormAssignment))).one() == 1, "nothing is half sent"


@pytest.mark.parametrize("kind", ["not_yet", "over_with_age", "over"])
async def test_access_that_does_not_hold_today_does_not_count(desk: Desk, kind: str) -> None:
    """The mother of somebody who came of age is named: she signs this form, and sees no other."""
    today = (await desk.staff("avery", StaffTask.SEND_FORMS)).today
    async with desk.writing() as work:
        query = select(Grant).where(
            Grant.contact_id == desk.cast.contacts["gina"].id,
            Grant.client_id == desk.client_id("milo"),
            Grant.permission == Permission.FORMS,
        )
        grant = (await work.exec(query)).one()
        if kind == "not_yet":
            grant.first_day = today + timedelta(days=3)
        if kind == "over":
            grant.last_day = grant.first_day = today - timedelta(days=3)
        work.add(grant)
    if kind == "over_with_age":
        await desk.change(desk.cast.clients["milo"], birth_date=date(today.year - 30, 1, 1))
        assert grant.basis is Basis.PARENT
    with pytest.raises(NotPermitted):
        await desk.forms("gina", "milo")
    other = await desk.send("milo", form_of(question("x"), title="Other"))
    sheet = await _send(desk, Signers(client=False, contacts=(desk.cast.contacts["gina"].id,)))
    access = await desk.forms("gina", "milo")
    assert access.only_assignments == frozenset({sheet})
    assert not access.reaches(other)
    await desk.save(access, sheet, "name", text("Milo"))
    assert (await desk.sign(access, sheet)).signed_as == "mother, on behalf of Milo Park"


async def test_somebody_elses_contact_cannot_be_named(desk: Desk) -> None:
    gina = desk.cast.contacts["gina"].id
    for stranger in (uuid4(), gina):
        with pytest.raises(Invalid, match=words.NO_SUCH_SIGNER):
            await _send(desk, Signers(client=True, contacts=(stranger,)), "casey")
    assert await _send(desk, Signers(client=True), "casey")
