"""Signing: complete or not at all, by the person whose session it is, frozen for good."""

import json
from uuid import UUID

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from sqlmodel import select

from portal.access.actor import ClientAccess, StaffTask
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import service, words
from portal.intake.fhir.canonical import fingerprint
from portal.intake.sealing import open_document
from portal.intake.service import Signers
from portal.models import (
    AssignmentStatus,
    AuditEvent,
    FormAssignment,
    FormResponse,
    FormSignature,
    OutboxMail,
    Permission,
)
from tests.intake.desk import Desk, form_of, operation, question, text, when, yes

FORM = form_of(
    question("name", required=True),
    question("smokes", "boolean"),
    question("brand", required=True, enableWhen=[when("smokes", answerBoolean=True)]),
    url="https://forms.example/consent",
    version="3",
)


@pytest.fixture
async def gina(desk: Desk) -> ClientAccess:
    return await desk.forms("gina", "milo")


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    return await desk.send("milo", FORM)


async def document(desk: Desk, assignment_id: UUID) -> tuple[dict[str, object], FormResponse]:
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormResponse).where(FormResponse.assignment_id == assignment_id))).one()
        return json.loads(open_document(work.ring, row.id, row.document)), row


async def test_gina_signs_as_mother_and_the_sheet_is_frozen(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    done = await desk.sign(gina, sheet, "gina  PARK")
    assert done.signed_as == "mother, on behalf of Milo Park"
    response, row = await document(desk, sheet)
    assert response["questionnaire"] == "https://forms.example/consent|3"
    assert response["subject"] == {"display": "Milo Park", "reference": f"Patient/{desk.client_id('milo')}"}
    assert response["author"] == {"display": "Gina Park", "reference": f"RelatedPerson/{desk.cast.contacts['gina'].id}"}
    assert response["item"] == [{"answer": text("Milo"), "linkId": "name", "text": "Question name"}]
    assert row.sha256 == done.sha256
    QuestionnaireResponse.model_validate(response)


async def test_somebody_of_age_signs_for_themselves(desk: Desk) -> None:
    sheet = await desk.send("casey", FORM)
    casey = await desk.forms("casey", "casey")
    await desk.save(casey, sheet, "name", text("Casey"))
    assert (await desk.sign(casey, sheet)).signed_as == "client"
    response, _ = await document(desk, sheet)
    assert response["author"] == response["subject"]


async def test_nothing_incomplete_is_ever_signed(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    with pytest.raises(Invalid, match=words.STILL_MISSING):
        await desk.sign(gina, sheet)
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "smokes", yes())
    review = await desk.review(gina, sheet)
    assert [(missing.path, missing.sentence) for missing in review.missing] == [("brand", words.PLEASE_ANSWER)]
    with pytest.raises(Invalid, match=words.STILL_MISSING):
        await desk.sign(gina, sheet)
    await desk.save(gina, sheet, "smokes", yes(False), base=1)
    assert (await desk.review(gina, sheet)).missing == []
    await desk.sign(gina, sheet)


async def test_a_blank_form_is_not_signed_even_if_nothing_is_required(desk: Desk, gina: ClientAccess) -> None:
    blank = await desk.send("milo", form_of(question("a"), question("b")))
    with pytest.raises(Invalid, match=words.NOTHING_ANSWERED):
        await desk.sign(gina, blank)
    await desk.save(gina, blank, "b", text("x"))
    await desk.sign(gina, blank)


async def test_a_text_without_questions_can_be_signed(desk: Desk, gina: ClientAccess) -> None:
    notice = await desk.send("milo", form_of(question("read-me", "display")))
    assert (await desk.sign(gina, notice)).sha256


async def test_an_answer_that_no_longer_applies_is_left_out(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "smokes", yes())
    await desk.save(gina, sheet, "brand", text("secret brand"))
    await desk.save(gina, sheet, "smokes", yes(False), base=1)
    await desk.sign(gina, sheet)
    response, _ = await document(desk, sheet)
    assert "secret brand" not in json.dumps(response)


@pytest.mark.parametrize("name", ["", "   ", "Milo Park", "Pete Smith", "x" * 300])
async def test_somebody_elses_name_or_none_is_refused(desk: Desk, gina: ClientAccess, sheet: UUID, name: str) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    with pytest.raises(Invalid):
        await desk.sign(gina, sheet, name)
    with pytest.raises(Invalid, match=words.PLEASE_CONFIRM):
        await desk.sign(gina, sheet, agreed=False)
    await desk.sign(gina, sheet, "Gina M. Park")


async def test_signing_again_returns_the_signature_and_changes_nothing(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    assert await desk.sign(gina, sheet) == await desk.sign(gina, sheet)


async def test_only_who_is_asked_to_sign_signs(desk: Desk) -> None:
    """Pete, who may only pay, is named signer of one form: he sees that form alone, until it is signed."""
    avery = await desk.staff("avery", StaffTask.SEND_FORMS)
    report, other = await desk.bring_in(FORM), await desk.send("milo", form_of(question("x"), title="Other"))
    async with desk.writing() as work:
        sheet = await service.send_form(
            work,
            avery,
            client_id=desk.client_id("milo"),
            form_version_id=UUID(report.form_version_id),
            signers=Signers(client=False, contacts=(desk.cast.contacts["pete"].id,)),
        )
    gina, pete = await desk.forms("gina", "milo"), await desk.forms("pete", "milo")
    await desk.save(gina, sheet, "name", text("Milo"))
    assert not (await desk.sheet(gina, sheet)).can_sign
    with pytest.raises(NotPermitted, match=words.SIGNED_BY_OTHERS):
        await desk.sign(gina, sheet)
    with pytest.raises(NotFound):
        await desk.sheet(pete, other)
    with pytest.raises(NotFound):
        await desk.apply(pete, other, operation("x", text("y")))
    async with desk.database.unit_of_work(writes=False) as work:
        assert [view.id for view in await service.list_assignments(work, pete)] == [str(sheet)]
    assert (await desk.sign(pete, sheet)).signed_as == "father, on behalf of Milo Park"
    with pytest.raises(NotPermitted):
        await desk.forms("pete", "milo")
    with pytest.raises(Conflict, match=words.CLOSED):
        await desk.sign(gina, sheet)


async def test_sealed_and_told_and_written_down(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    heard: list[frozenset[str]] = []

    async def listen(topics: frozenset[str]) -> None:
        heard.append(topics)

    await desk.save(gina, sheet, "name", text("private words"))
    desk.database.listeners.append(listen)
    with desk.counting() as statements:
        done = await desk.sign(gina, sheet)
    assert len(statements) <= 13
    assert {f"forms:{desk.cast.harbor.id}", f"client:{desk.client_id('milo')}"} <= heard[0]
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormResponse))).one()
        signature = (await work.exec(select(FormSignature))).one()
        mail = (await work.exec(select(OutboxMail))).one()
        events = [found for found in await work.exec(select(AuditEvent)) if found.action == "form.submitted"]
        assignment = await work.get_one(FormAssignment, sheet)
    assert b"private" not in row.document
    assert b"Gina" not in signature.name
    assert b"mother" not in signature.capacity
    assert (signature.account_id, signature.contact_id) == (gina.actor.account_id, desk.cast.contacts["gina"].id)
    assert (mail.kind, mail.to_address) == ("form_submitted", "tess@harbor.example")
    assert [event.actor_id for event in events] == [gina.actor.account_id]
    assert done.sha256 in events[0].detail
    assert "private" not in events[0].detail
    assert (assignment.status, assignment.submitted_at) == (AssignmentStatus.SUBMITTED, desk.clock.now)


async def test_the_fingerprint_is_that_of_the_document(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Zoë 🌱 \u2028"))
    done = await desk.sign(gina, sheet)
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormResponse))).one()
        assert fingerprint(open_document(work.ring, row.id, row.document)) == done.sha256


async def test_proof_of_access_for_something_else_signs_nothing(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    paying = await desk.open("gina", "milo", Permission.PAYMENTS)
    with pytest.raises(NotPermitted):
        await desk.sign(paying, sheet)
    await desk.sign(gina, sheet)


LINES = "M10 20L30 40L50 60M5 5L6 6"


async def test_a_drawn_signature_is_kept_sealed_beside_the_typed_name(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    async with desk.writing() as work:
        await service.sign_and_submit(
            work, gina, assignment_id=sheet, typed_name="Gina Park", agreed=True, drawing=LINES
        )
    (signature,) = (await desk.read(await desk.staff("tess"), sheet)).signatures
    assert (signature.typed_name, signature.drawing) == ("Gina Park", LINES)
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormSignature))).one()
    assert row.drawing is not None
    assert b"M10" not in row.drawing


@pytest.mark.parametrize(
    "drawing",
    [
        "M1 1",
        "x",
        "M1 1L2 2Z",
        "M601 1L2 2",
        "M1 201L2 2",
        'M1 1L2 2"/><script>',
        "M1 1L2 2\n",
        "M1 1" + "L2 2" * 10_000,
    ],
)
async def test_what_is_no_drawing_is_refused(desk: Desk, gina: ClientAccess, sheet: UUID, drawing: str) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    async with desk.writing() as work:
        with pytest.raises(Invalid, match="drawn"):
            await service.sign_and_submit(
                work, gina, assignment_id=sheet, typed_name="Gina Park", agreed=True, drawing=drawing
            )
    await desk.sign(gina, sheet)
