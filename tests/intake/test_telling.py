"""Who is written to when a form is sent: those who are asked for it and can open it, once for all that go together."""

from uuid import UUID

import pytest

from portal.access.actor import StaffTask
from portal.intake import service
from portal.intake.service_packet import PacketPart, send_packet
from portal.notifications.catalog import KINDS
from portal.settings.store import change_setting
from tests.intake.desk import Desk
from tests.intake.test_life import CONSENT, FORM, act, fill, mails, row, send
from tests.notifications.delivering import Recorder, deliver


async def test_one_mail_for_all_that_were_sent_together(desk: Desk) -> None:
    tess = await desk.staff("tess", StaffTask.SEND_FORMS)
    versions = [UUID((await desk.bring_in(form)).form_version_id) for form in (FORM, CONSENT)]
    async with desk.writing() as work:
        parts = [PacketPart(version) for version in versions]
        await send_packet(work, tess, client_id=desk.client_id("milo"), parts=parts)
    assert await mails(desk, "form_sent") == ["gina@mail.example"]


async def test_a_signer_of_one_form_is_told(desk: Desk) -> None:
    pete = desk.cast.contacts["pete"].id
    await send(desk, signers=service.Signers(client=False, contacts=(pete,)))
    assert await mails(desk, "form_sent") == ["pete@mail.example"]


async def switch_contacts_off(desk: Desk) -> None:
    avery = await desk.staff("avery", StaffTask.SETTINGS)
    async with desk.writing() as work:
        await change_setting(work, avery, name="contact_access", value=False, confirmed=True)


async def test_who_cannot_open_it_now_is_not_told(desk: Desk) -> None:
    await switch_contacts_off(desk)
    await send(desk)
    assert await mails(desk, "form_sent") == []


@pytest.mark.parametrize("may_open", [True, False])
async def test_a_form_that_comes_back_is_told_to_who_can_open_it_now(desk: Desk, may_open: bool) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    if not may_open:
        await switch_contacts_off(desk)
    await act(
        desk, "return_sheet", "tess", sheet, seen=(await row(desk, sheet)).revision, text="Your full name, please"
    )
    assert await mails(desk, "form_returned") == (["gina@mail.example"] if may_open else [])


@pytest.mark.parametrize("kind", ["form_sent", "form_reminder", "form_returned"])
@pytest.mark.parametrize("may_open", [True, False])
async def test_a_mail_that_waits_asks_again_who_may_open_the_form(desk: Desk, kind: str, may_open: bool) -> None:
    """For each kind of mail about a form: it was written while Gina could open it, and goes out when she can not."""
    sheet = await send(desk)
    if kind == "form_reminder":
        await act(desk, "remind", "tess", sheet)
    if kind == "form_returned":
        await fill(desk, "gina", sheet)
        revision = (await row(desk, sheet)).revision
        await act(desk, "return_sheet", "tess", sheet, seen=revision, text="Your full name, please")
    assert await mails(desk, kind) == ["gina@mail.example"]
    if not may_open:
        await switch_contacts_off(desk)
    recorder = Recorder()
    await deliver(recorder)
    got = {mail.subject.split(" · ")[0] for mail in recorder.sent if mail.to_address == "gina@mail.example"}
    assert got >= {KINDS[kind].subject} if may_open else got == set()
