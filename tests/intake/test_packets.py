"""Packets: several forms at once, each to its own signers; all of them arrive, or none."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.errors import Invalid, NotFound
from portal.intake import service
from portal.intake.service import Signers
from portal.intake.service_packet import PacketPart, send_packet
from portal.models import FormAssignment, SignerRule
from portal.practice.packet.views import read_packet
from tests.intake.desk import Desk, form_of, question


async def versions(desk: Desk) -> list[UUID]:
    return [UUID((await desk.bring_in(form_of(question(name)))).form_version_id) for name in ("a", "b")]


async def test_the_questionnaire_goes_to_either_and_the_consent_to_both(desk: Desk) -> None:
    """Milo's parents: one questionnaire that either may sign, one consent that both have to sign."""
    either, both = await versions(desk)
    gina, pete = (desk.cast.contacts[name].id for name in ("gina", "pete"))
    tess = await desk.staff("tess", StaffTask.SEND_FORMS)
    parts = [
        PacketPart(either),
        PacketPart(both, Signers(client=False, contacts=(gina, pete), rule=SignerRule.ALL, only=True)),
    ]
    async with desk.writing() as work:
        one, other = await send_packet(work, tess, client_id=desk.client_id("milo"), parts=parts)
    async with desk.database.unit_of_work(writes=False) as work:
        found = (await work.exec(select(FormAssignment).where(col(FormAssignment.id).in_([one, other])))).all()
    assert len({row.packet for row in found}) == 1
    assert {row.only_signers for row in found} == {True, False}
    async with desk.database.unit_of_work(writes=False) as work:
        listed = {view.id for view in await service.list_assignments(work, await desk.forms("pete", "milo"))}
    assert listed == {str(other)}, "Pete sees the one form he is asked to sign"


async def test_all_of_a_packet_is_sent_or_nothing(desk: Desk) -> None:
    one, _ = await versions(desk)
    tess = await desk.staff("tess", StaffTask.SEND_FORMS)
    bad: list[tuple[list[PacketPart], type[Exception]]] = [
        ([], Invalid),
        ([PacketPart(one), PacketPart(one)], Invalid),
        ([PacketPart(one), PacketPart(uuid4())], NotFound),
        ([PacketPart(one), PacketPart(one, Signers(client=False, contacts=(uuid4(),)))], Invalid),
    ]
    for parts, refusal in bad:
        with pytest.raises(refusal):
            async with desk.writing() as work:
                await send_packet(work, tess, client_id=desk.client_id("milo"), parts=parts)
    with pytest.raises(NotFound):
        async with desk.writing() as work:
            await send_packet(work, tess, client_id=desk.client_id("morgan"), parts=[PacketPart(one)])
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(FormAssignment.id))).all() == []


def test_the_fields_are_read_strictly() -> None:
    form, who = uuid4(), uuid4()
    parts, due = read_packet(
        {
            f"form:{form}": "on",
            f"sign:{form}:client": "on",
            f"sign:{form}:{who}": "on",
            f"all:{form}": "on",
            "due_on": "",
        }
    )
    assert due is None
    assert parts == [PacketPart(form, Signers(client=True, contacts=(who,), rule=SignerRule.ALL))]
    bad: list[Any] = [
        {"form:x": "on"},
        {"king": "on"},
        {f"form:{form}": "on", f"sign:{form}:king": "on"},
        {f"form:{form}": "on", f"only:{form}": "on"},
        {f"form:{form}": "on", "due_on": "soon"},
        [],
        None,
        {f"form:{form}": 1},
    ]
    for fields in bad:
        with pytest.raises(Invalid):
            read_packet(fields)
