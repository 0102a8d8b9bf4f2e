"""The PDF of a form: tagged, the same each time, never markup; and telling a changed one from the right one."""

import json
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text as sql
from sqlmodel import select

from portal.errors import NotFound, NotPermitted
from portal.intake.document import service_document as documents
from portal.intake.document.typesetting import typeset, typeset_now
from portal.intake.handling import service_life
from portal.models import AccessLog, FormResponse
from tests.intake.desk import Desk, form_of, question, text
from tests.intake.test_life import CONSENT, act, fill, row, send

EVIL = '#panic("x") *b* $x$ `c` <script>alert(1)</script> \\ ] [ 李雷 שלום Łukasz'


async def gathered(desk: Desk, sheet: UUID, who: str = "tess") -> documents.Material:
    access = await desk.staff(who)
    async with desk.writing() as work:
        return await documents.gather_for_staff(work, access, assignment_id=sheet)


async def test_the_same_sheet_makes_the_same_tagged_pdf_and_words_are_never_markup(desk: Desk) -> None:
    sheet = await send(desk, form_of({**question("name"), "text": EVIL}, title=EVIL))
    gina = await desk.forms("gina", "milo")
    await desk.save(gina, sheet, "name", text(EVIL))
    await desk.sign(gina, sheet)
    material = await gathered(desk, sheet)
    one, other = await typeset(material.data, material.moment), await typeset(material.data, material.moment)
    assert one == other
    assert one.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in one or b"StructTreeRoot" in one
    found = await row(desk, sheet)
    assert documents.read_mark(one) == (sheet, 1, material.data["mark"].split(":")[3])
    assert found.id == sheet
    assert EVIL in json.dumps(material.data, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")


async def test_it_says_who_signed_as_what_and_who_countersigned(desk: Desk) -> None:
    sheet = await send(desk, CONSENT)
    await fill(desk, "gina", sheet)
    found, view = await row(desk, sheet), await desk.read(await desk.staff("tess"), sheet)
    await act(
        desk,
        "countersign",
        "tess",
        sheet,
        seen=found.revision,
        fingerprint=view.sha256,
        typed_name="Tess Rivera",
        agreed=True,
    )
    material = await gathered(desk, sheet)
    said = json.dumps(material.data, ensure_ascii=False)
    for words in ("Gina Park", "mother, on behalf of Milo Park", "Tess Rivera", "therapist, Harbor Counseling"):
        assert words in said
    assert "Street" not in said, "the address of a location never stands in it"
    access = await desk.forms("gina", "milo")
    async with desk.writing() as work:
        theirs = await documents.gather_for_client(work, access, assignment_id=sheet)
    assert theirs.data["scores"] == []
    assert theirs.data["mark"] == material.data["mark"]


async def test_who_may_not_read_the_form_gets_no_pdf_and_every_look_is_written_down(desk: Desk) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    for who, refusal in (("noah", NotFound), ("theo", NotFound), ("frank", NotPermitted)):
        with pytest.raises(refusal):
            await gathered(desk, sheet, who)
    async with desk.writing() as work:
        with pytest.raises(NotFound):
            await documents.gather_for_client(work, await desk.forms("tara", "tara"), assignment_id=sheet)
    await gathered(desk, sheet)
    async with desk.database.unit_of_work(writes=False) as work:
        looks = (await work.exec(select(AccessLog.account_id).where(AccessLog.object_id == sheet))).all()
    assert looks == [desk.cast.accounts["tess"].id]


async def test_verify_confirms_the_right_one_and_finds_a_changed_one(desk: Desk) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    material = await gathered(desk, sheet)
    pdf = typeset_now(material.data, material.moment)
    async with desk.database.unit_of_work(writes=False) as work:
        verdicts = await documents.verify_sheet(work, assignment_id=sheet, number=1)
    assert all(verdict.is_intact for verdict in verdicts)
    assert any(typeset_now(one.material.data, one.material.moment) == pdf for one in verdicts)
    changed = pdf.replace(b"%%EOF", b"%%EOF ")
    assert all(typeset_now(one.material.data, one.material.moment) != changed for one in verdicts)
    async with desk.writing() as work:
        await work.exec(sql("UPDATE form_response SET sha256 = :other").bindparams(other="0" * 64))  # type: ignore[call-overload]  # plain SQL, as an intruder would
    async with desk.database.unit_of_work(writes=False) as work:
        assert not (await documents.verify_sheet(work, assignment_id=sheet))[0].is_intact
        with pytest.raises(NotFound):
            await documents.verify_sheet(work, assignment_id=UUID(int=1))


async def test_both_states_of_a_returned_form_can_be_read(desk: Desk) -> None:
    sheet = await send(desk)
    await fill(desk, "gina", sheet)
    seen = (await row(desk, sheet)).revision
    tess = await desk.staff("tess")
    async with desk.writing() as work:
        await service_life.comment_on(work, tess, assignment_id=sheet, path="name", text="Full name, please")
        await service_life.return_sheet(work, tess, assignment_id=sheet, seen=seen, text="Nearly there")
    gina = await desk.forms("gina", "milo")
    view = await desk.sheet(gina, sheet)
    assert [(one.path, one.text, one.author) for one in view.remarks] == [
        ("name", "Full name, please", "Tess Rivera"),
        ("", "Nearly there", "Tess Rivera"),
    ] or {one.path for one in view.remarks} == {"", "name"}
    assert (await desk.read(tess, sheet)).sha256, "staff read on what was signed"
    await desk.save(gina, sheet, "name", text("Milo Park"), base=1)
    await desk.sign(gina, sheet)
    assert (await desk.sheet(gina, sheet)).remarks == []
    async with desk.database.unit_of_work(writes=False) as work:
        states = (await work.exec(select(FormResponse.number).where(FormResponse.assignment_id == sheet))).all()
    assert sorted(states) == [1, 2]


def test_200_questions_take_less_than_300_ms() -> None:
    lines = [{"label": f"Question {n}", "kind": "string", "level": n % 3, "answers": ["Answer"]} for n in range(200)]
    data: dict[str, Any] = {
        "title": "A",
        "practice": "B",
        "about": "C",
        "footer": "D",
        "mark": "E",
        "none": "-",
        "sections": [{"title": "S", "lines": lines}],
        "scores": [],
        "signatures": [],
        "fingerprint": "F",
        "words": {"signatures": "a", "scores": "b", "fingerprint": "c", "fingerprint_help": "d"},
    }
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    typeset_now(data, moment)
    took = []
    for number in range(3):
        begin = perf_counter()
        typeset_now({**data, "title": f"A{number}"}, moment)
        took.append(perf_counter() - begin)
    assert min(took) < 0.3
