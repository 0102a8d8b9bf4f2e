"""Groups that are filled in several times: added, removed, brought back, and each with conditions of its own."""

import json
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from sqlmodel import select

from portal.access.actor import ClientAccess
from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.repeating import expand, numbers_of, path_in
from portal.intake.fhir.response import build_response, read_answers
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import open_document
from portal.intake.views import AnswerConflict
from portal.models import FormResponse
from tests.intake.desk import Desk, form_of, operation, question, text, when, yes
from tests.intake.test_visibility import ABOUT

MEDICINES = form_of(
    {
        "linkId": "page",
        "type": "group",
        "text": "Medicines",
        "item": [
            question("any", "boolean"),
            {
                "linkId": "medicine",
                "type": "group",
                "text": "Medicine",
                "repeats": True,
                "enableWhen": [when("any", answerBoolean=True)],
                "item": [
                    question("name", required=True),
                    question("regular", "boolean"),
                    question("dose", "quantity", enableWhen=[when("regular", answerBoolean=True)]),
                    {
                        "linkId": "effect",
                        "type": "group",
                        "repeats": True,
                        "item": [
                            question("what"),
                            question("bad", "boolean", enableWhen=[when("what", "exists", answerBoolean=True)]),
                        ],
                    },
                ],
            },
            question("doctor", enableWhen=[when("regular", answerBoolean=True)]),
        ],
    }
)


def instances(*numbers: int) -> list[dict[str, Any]]:
    return [{"valueInteger": number} for number in numbers]


@pytest.fixture
async def gina(desk: Desk) -> ClientAccess:
    return await desk.forms("gina", "milo")


@pytest.fixture
async def sheet(desk: Desk, gina: ClientAccess) -> UUID:
    sheet = await desk.send("milo", MEDICINES)
    await desk.save(gina, sheet, "any", yes())
    return sheet


def test_the_form_is_a_valid_questionnaire() -> None:
    Questionnaire.model_validate(MEDICINES)
    assert compile_form(MEDICINES)[1] == []


async def test_an_instance_is_added_and_has_conditions_of_its_own(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    added = await desk.save(gina, sheet, "medicine", instances(0, 7))
    assert {"medicine#7", "name#7", "effect#7.0", "what#7.0"} <= set(added.shown)
    assert set(added.hidden) == {"dose#7", "bad#7.0"}
    shown = await desk.save(gina, sheet, "regular#7", yes())
    assert (shown.shown, shown.hidden) == (["dose#7", "doctor"], [])
    hidden = set((await desk.sheet(gina, sheet)).hidden)
    assert "dose" in hidden
    assert "dose#7" not in hidden


async def test_a_question_outside_sees_every_instance(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "medicine", instances(0, 7))
    assert "doctor" in (await desk.save(gina, sheet, "regular#7", yes())).shown
    assert "doctor" in (await desk.save(gina, sheet, "medicine", instances(0), base=1)).hidden


async def test_what_is_removed_comes_back_as_it_was(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "medicine", instances(0, 7))
    await desk.save(gina, sheet, "name#7", text("Sertraline"))
    await desk.save(gina, sheet, "medicine", instances(0), base=1)
    assert "name#7" not in {answer.path for answer in (await desk.sheet(gina, sheet)).answers}
    with pytest.raises(Invalid, match=words.NOT_ASKED):
        await desk.save(gina, sheet, "name#7", text("x"), base=1)
    await desk.save(gina, sheet, "medicine", instances(0, 7), base=2)
    kept = {answer.path: answer.value for answer in (await desk.sheet(gina, sheet)).answers}
    assert kept["name#7"] == text("Sertraline")


@pytest.mark.parametrize(
    "value",
    [instances(0, 0), instances(-1), instances(2**31), [{"valueInteger": True}], text("0"), instances(*range(51))],
)
async def test_what_is_no_list_of_instances_is_refused(desk: Desk, gina: ClientAccess, sheet: UUID, value: Any) -> None:
    with pytest.raises(Invalid):
        await desk.save(gina, sheet, "medicine", value)
    await desk.save(gina, sheet, "medicine", instances(0, 1))


async def test_two_who_add_at_once_are_told(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "medicine", instances(0, 7))
    answer = await desk.apply(gina, sheet, operation("medicine", instances(0, 9)))
    assert isinstance(answer, AnswerConflict)
    assert (answer.label, answer.mine, answer.theirs) == ("Medicine", instances(0, 9), instances(0, 7))


async def test_only_what_is_there_is_missing_signed_and_read(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "medicine", instances(7, 9))
    assert [one.path for one in (await desk.review(gina, sheet)).missing] == ["name#7", "name#9"]
    await desk.save(gina, sheet, "name#7", text("One"))
    await desk.save(gina, sheet, "name#9", text("Two"))
    await desk.save(gina, sheet, "effect#9", instances(0, 3))
    await desk.save(gina, sheet, "what#9.3", text("Tired"))
    await desk.sign(gina, sheet)
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormResponse))).one()
        document = json.loads(open_document(work.ring, row.id, row.document))
    QuestionnaireResponse.model_validate(document)
    groups = [item for item in document["item"][0]["item"] if item["linkId"] == "medicine"]
    assert [group["item"][0]["answer"] for group in groups] == [text("One"), text("Two")]
    view = await desk.read(await desk.staff("tess"), sheet)
    read = [(line.label, line.answers) for line in view.sections[0].lines if line.answers or line.kind == "group"]
    assert read[1:] == [
        ("Medicine 1", []),
        ("Question name", ["One"]),
        ("Medicine 2", []),
        ("Question name", ["Two"]),
        ("Question what", ["Tired"]),
    ]


def test_a_response_is_read_back_as_it_was_written() -> None:
    form, _ = compile_form(MEDICINES)
    answers = {
        "any": yes(),
        "medicine": instances(0, 1),
        "name": text("One"),
        "name#1": text("Two"),
        "effect#1": instances(0, 1),
        "what#1.0": text("Tired"),
        "what#1.1": text("Dizzy"),
    }
    expanded = expand(form, lambda path: numbers_of(answers.get(path)))
    response = build_response(expanded, items_that_apply(expanded, answers), answers, ABOUT)
    found = read_answers(response, form)
    assert {path: list(value) for path, value in found.items() if path not in form.repetitions} | {
        "medicine": list(found["medicine"])
    } == answers


def test_paths_of_instances_never_meet() -> None:
    paths = [path_in("x", numbers) for numbers in ((), (0,), (7,), (0, 3), (3, 0), (7, 3))]
    assert paths == ["x", "x", "x#7", "x#0.3", "x#3.0", "x#7.3"]


async def test_a_group_of_thousands_is_not_multiplied_without_end(desk: Desk, gina: ClientAccess) -> None:
    many = [question(f"q{number}") for number in range(400)]
    sheet = await desk.send("milo", form_of({"linkId": "g", "type": "group", "repeats": True, "item": many}))
    await desk.save(gina, sheet, "g", instances(*range(6)))
    with pytest.raises(Invalid, match="entries at most"):
        await desk.save(gina, sheet, "g", instances(*range(12)), base=1)
