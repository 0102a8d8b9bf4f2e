"""Forms and answers that nobody should send: named, refused, or taken as they are, and never in the way of others."""

import json
import time
from typing import Any
from uuid import uuid4

import pytest

from portal.access.actor import ClientAccess
from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.reading import read_questionnaire
from portal.intake.rules_visibility import items_that_apply
from tests.intake.desk import Desk, form_of, operation, question, text, when, yes
from tests.intake.robot import fill, lines_of

HTML = "<img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"


@pytest.fixture
async def gina(desk: Desk) -> ClientAccess:
    return await desk.forms("gina", "milo")


def nested(levels: int) -> dict[str, Any]:
    item: dict[str, Any] = question(f"q{levels}")
    for level in range(levels - 1, 0, -1):
        item = {
            "linkId": f"g{level}",
            "type": "group" if level % 2 else "boolean",
            "text": f"Level {level}",
            "item": [item],
        }
    return form_of(item)


async def test_a_form_of_five_hundred_questions_is_filled_in_and_signed(desk: Desk, gina: ClientAccess) -> None:
    many = [question(f"q{number}", required=number == 499) for number in range(500)]
    sheet = await desk.send("milo", form_of(*many))
    assert len(lines_of(await desk.sheet(gina, sheet))) == 500
    await desk.save(gina, sheet, "q499", text("the last one"))
    await desk.sign(gina, sheet)
    view = await desk.read(await desk.staff("tess"), sheet)
    assert sum(bool(line.answers) for line in view.sections[0].lines) == 1


async def test_fifty_levels_are_a_form_and_more_are_refused(desk: Desk, gina: ClientAccess) -> None:
    sheet = await desk.send("milo", nested(50))
    await desk.save(gina, sheet, "q50", text("deep"))
    await desk.sign(gina, sheet)
    lines = (await desk.read(await desk.staff("tess"), sheet)).sections[0].lines
    assert lines[-1].answers == ["deep"]
    with pytest.raises(Invalid, match="50 levels"):
        compile_form(nested(51))


async def test_circles_block_nobody(desk: Desk, gina: ClientAccess) -> None:
    ring = [
        question(f"c{number}", required=True, enableWhen=[when(f"c{(number + 1) % 20}", "!=", answerString="x")])
        for number in range(20)
    ]
    sheet = await desk.send("milo", form_of(*ring, question("end", required=True)))
    await fill(desk, gina, sheet, {})
    assert (await desk.review(gina, sheet)).missing == []
    await desk.sign(gina, sheet)


async def test_an_answer_to_a_question_that_does_not_apply_is_refused(desk: Desk, gina: ClientAccess) -> None:
    inner = question("inner", enableWhen=[when("smokes", answerBoolean=True)])
    sheet = await desk.send("milo", form_of(question("smokes", "boolean"), inner))
    with pytest.raises(Invalid, match=words.DOES_NOT_APPLY):
        await desk.save(gina, sheet, "inner", text("forced"))
    await desk.save(gina, sheet, "smokes", yes())
    await desk.save(gina, sheet, "inner", text("now"))
    await desk.save(gina, sheet, "smokes", yes(False), base=1)
    await desk.sign(gina, sheet)
    lines = (await desk.read(await desk.staff("tess"), sheet)).sections[0].lines
    assert [line.path for line in lines] == ["smokes"]


async def test_html_is_kept_word_for_word(desk: Desk, gina: ClientAccess) -> None:
    option = {"valueCoding": {"code": "x", "display": HTML}}
    choice = question("pick", "choice", answerOption=[option])
    sheet = await desk.send("milo", form_of({**question("say"), "text": HTML}, choice, title=HTML))
    await desk.save(gina, sheet, "say", text(HTML))
    await desk.save(gina, sheet, "pick", [option])
    await desk.sign(gina, sheet)
    view = await desk.read(await desk.staff("tess"), sheet)
    assert [(line.label, line.answers) for line in view.sections[0].lines] == [
        (HTML, [HTML]),
        ("Question pick", [HTML]),
    ]


async def test_two_tabs_and_a_second_parent_never_lose_a_word(desk: Desk, gina: ClientAccess) -> None:
    sheet = await desk.send("milo", form_of(question("one"), question("two", repeats=True)))
    for number in range(3):
        await desk.apply(gina, sheet, operation("one", text(f"tab {number}"), 0, uuid4()))
    view = await desk.sheet(gina, sheet)
    assert [(answer.path, answer.value) for answer in view.answers] == [("one", text("tab 0"))]


@pytest.mark.parametrize("shift", [-86_400, 86_400])
async def test_a_phone_whose_clock_is_a_day_off_changes_nothing(desk: Desk, gina: ClientAccess, shift: int) -> None:
    """No moment that the phone thinks it is goes to the server: an operation has an id and a revision, and no time."""
    assert set(type(operation("x", [])).model_fields) == {"operation_id", "path", "instance", "base_revision", "value"}
    sheet = await desk.send("milo", form_of(question("when", "dateTime")))
    stamp = "2026-11-23" if shift < 0 else "2026-11-25"
    saved = await desk.save(gina, sheet, "when", [{"valueDateTime": f"{stamp}T10:30:00-05:00"}])
    assert saved.saved_at.startswith("2026-11-24")


def dependents(count: int) -> dict[str, Any]:
    more = [question(f"d{number}", enableWhen=[when("lead", answerBoolean=True)]) for number in range(count)]
    return form_of(
        question("lead", "boolean"), question("plain", "boolean"), *more, *(question(f"x{n}") for n in range(60))
    )


async def test_an_answer_with_twenty_dependents_costs_no_statement_more(desk: Desk, gina: ClientAccess) -> None:
    sheet = await desk.send("milo", dependents(20))
    with desk.counting() as plain:
        await desk.save(gina, sheet, "plain", yes())
    with desk.counting() as lead:
        saved = await desk.save(gina, sheet, "lead", yes())
    assert len(saved.shown) == 20
    assert len(lead) <= len(plain)


def test_the_rules_of_a_large_form_take_no_time() -> None:
    """A chain of 500 conditions, each on the one before: one pass, whatever the order in the file."""
    chain = [
        question(f"c{number}", "boolean", enableWhen=[when(f"c{number - 1}", answerBoolean=True)])
        for number in range(1, 500)
    ]
    form, _ = compile_form(form_of(*reversed(chain), question("c0", "boolean")))
    answers = {f"c{number}": yes() for number in range(500)}
    before = time.process_time()
    assert all(items_that_apply(form, answers))
    assert time.process_time() - before < 0.1


def test_a_file_that_is_a_bomb_of_brackets_is_refused() -> None:
    with pytest.raises(Invalid):
        read_questionnaire(b"[" * 100_000)
    with pytest.raises(Invalid):
        read_questionnaire(json.dumps({"resourceType": "Questionnaire", "item": [[]]}).encode() + b"x")
