"""A form that was taken back, or ran out, is sent once more."""

import json
from uuid import UUID

import pytest
from sqlmodel import select, update

from portal.access.actor import StaffTask
from portal.errors import Conflict, Invalid, NotFound
from portal.intake.building import service_building
from portal.intake.handling import service_again
from portal.intake.service import Signers
from portal.models import AssignmentSigner, AssignmentStatus, Form, FormVersion, SignerRule
from tests.intake.desk import Desk, form_of, question
from tests.intake.test_life import act, row, send


async def publish_anew(desk: Desk, sheet: UUID) -> UUID:
    """Publish another version of a sheet's form; return its id."""
    access = await desk.staff("tess", StaffTask.SEND_FORMS)
    old = (await row(desk, sheet)).form_version_id
    async with desk.writing() as work:
        form_id = (await work.exec(select(FormVersion.form_id).where(FormVersion.id == old))).one()
        text_of_it = json.dumps(form_of(question("name"), question("why"), question("since")))
        draft = await service_building.open_draft(work, access, form_id=form_id)
        draft = await service_building.put_draft(work, access, form_id=form_id, base=draft.revision, text=text_of_it)
        await service_building.publish_draft(work, access, form_id=form_id, base=draft.revision)
        query = select(FormVersion.id).where(FormVersion.form_id == form_id, FormVersion.number == 2)
        return (await work.exec(query)).one()


async def again(desk: Desk, who: str, sheet: UUID) -> UUID:
    access = await desk.staff(who, StaffTask.SEND_FORMS)
    async with desk.writing() as work:
        return await service_again.send_again(work, access, assignment_id=sheet)


async def test_a_form_that_ended_is_sent_again_in_its_newest_version_to_the_same_people(desk: Desk) -> None:
    pete = desk.cast.contacts["pete"].id
    sheet = await send(desk, signers=Signers(client=False, contacts=(pete,), rule=SignerRule.ALL, only=True))
    with pytest.raises(Conflict, match="as it is now"):
        await again(desk, "tess", sheet)
    await act(desk, "revoke_sheet", "tess", sheet, seen=0)
    for who in ("noah", "theo"):
        with pytest.raises(NotFound):
            await again(desk, who, sheet)
    newer = await publish_anew(desk, sheet)
    second = await row(desk, await again(desk, "tess", sheet))
    assert (second.status, second.form_version_id) == (AssignmentStatus.SENT, newer)
    assert (second.signer_rule, second.only_signers, second.due_on) == (SignerRule.ALL, True, None)
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(AssignmentSigner.contact_id).where(AssignmentSigner.assignment_id == second.id)
        assert (await work.exec(query)).all() == [pete]
    assert (await row(desk, sheet)).status is AssignmentStatus.REVOKED
    with pytest.raises(Conflict, match="waits on the client's list"):
        await again(desk, "frank", sheet)
    assert (await desk.sheet(await desk.forms("pete", "milo"), second.id)).editable


async def test_a_form_that_is_not_in_use_is_not_sent_again(desk: Desk) -> None:
    sheet = await send(desk)
    await act(desk, "revoke_sheet", "tess", sheet, seen=0)
    async with desk.writing() as work:
        await work.exec(update(Form).values(archived_at=work.now))
    with pytest.raises(Invalid, match="not in use any more"):
        await again(desk, "tess", sheet)
