"""Forms as they come from elsewhere, and worse: no crash, nothing lost in silence, a named reason for each refusal."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import Invalid
from portal.intake import words
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.findings import Reason
from portal.intake.fhir.reading import read_questionnaire
from portal.intake.presenting import page_views
from portal.intake.rules_progress import missing_answers
from portal.intake.rules_visibility import items_that_apply
from tests.intake.desk import Desk, code, form_of, question, text, when, yes
from tests.intake.robot import fill

HL7 = "http://hl7.org/fhir/StructureDefinition/"


def named(*items: dict[str, Any], **more: Any) -> set[tuple[Reason, str, str]]:
    """What an import of these items names."""
    _, findings = compile_form(form_of(*items, **more))
    return {(finding.reason, finding.name, finding.path) for finding in findings}


def test_what_is_no_element_of_the_standard_is_named() -> None:
    old = question("a", "choice", option=[{"valueCoding": {"code": "1"}}], required="yes", maxLength="10")
    assert named(old, items=[], _title={"extension": []}) == {
        (Reason.ELEMENT, "option", "a"),
        (Reason.ELEMENT, "required", "a"),
        (Reason.ELEMENT, "maxLength", "a"),
        (Reason.ELEMENT, "items", ""),
        (Reason.NO_OPTIONS, "", "a"),
    }
    assert named(question("a"), contained=[{"resourceType": "Library", "id": "sums"}]) == {
        (Reason.CONTAINED, "Library/sums", "")
    }


def test_an_extension_is_named_wherever_it_stands() -> None:
    def odd(number: int) -> dict[str, Any]:
        return {"extension": [{"url": f"urn:odd:{number}", "extension": [{"url": "inner"}]}]}

    item = question(
        "a",
        "choice",
        _text=odd(1),
        answerOption=[{"valueCoding": {"code": "x", **odd(2)}, **odd(3)}, {"valueString": "y", "_valueString": odd(4)}],
        enableWhen=[{**when("b", "exists", answerBoolean=True), **odd(5)}],
        code=[odd(6)],
    )
    found = named(item, question("b"), _title=odd(7), identifier=[odd(8)])
    assert found == {(Reason.EXTENSION, f"urn:odd:{n}", "a" if n < 7 else "") for n in range(1, 9)}


def test_choices_that_cannot_be_offered_are_counted() -> None:
    tea = {"valueString": "Tea"}
    assert named(question("a", "choice", answerOption=[tea, tea, {"valueDecimal": 1.5}, {"valueString": " "}])) == {
        (Reason.OPTIONS, "3", "a")
    }
    assert named(question("a", "decimal", answerOption=[{"valueDecimal": 1.5}])) == {(Reason.OPTIONS, "1", "a")}
    many = [{"valueInteger": number} for number in range(2_001)]
    assert named(question("a", "choice", answerOption=many)) == {(Reason.OPTIONS, "1", "a")}


@pytest.mark.parametrize(
    "more",
    [
        {"compose": {"include": [{"concept": [{"code": "a"}]}, {"system": "urn:s", "filter": [{}]}]}},
        {"compose": {"include": [{"concept": [{"code": "a"}]}, {"valueSet": ["urn:other"]}]}},
        {"compose": {"include": [{"concept": [{"code": "a"}]}], "exclude": [{"concept": [{"code": "a"}]}]}},
        {"expansion": {"total": 7, "contains": [{"code": "a"}]}},
    ],
)
def test_a_value_set_that_lists_a_part_is_named(more: dict[str, Any]) -> None:
    asked = question("a", "choice", answerValueSet="#set")
    brought = [{"resourceType": "ValueSet", "id": "set", **more}]
    assert named(asked, contained=brought) == {(Reason.PARTIAL_OPTIONS, "#set", "a")}


def test_looks_that_are_not_ours_are_named() -> None:
    slider = {
        "url": HL7 + "questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"code": "slider"}, {"code": "radio-button"}]},
    }
    assert named(question("a", "integer", extension=[slider])) == {(Reason.CONTROL, "slider", "a")}
    assert named(question("a", "boolean", repeats=True)) == {(Reason.ONCE, "", "a")}
    hidden = {"url": HL7 + "questionnaire-hidden", "valueBoolean": True}
    assert named(question("a", required=True, extension=[hidden])) == {(Reason.CONCEALED, "", "a")}


BOTH = "minValue, maxValue"


def limit(name: str, **value: Any) -> dict[str, Any]:
    return {"url": HL7 + name, **value}


@pytest.mark.parametrize(
    ("kind", "more", "name"),
    [
        ("integer", [limit("minValue", valueInteger=9), limit("maxValue", valueInteger=1)], BOTH),
        ("date", [limit("minValue", valueDate="2026-02-01"), limit("maxValue", valueDate="2026-01-01")], BOTH),
        ("string", [limit("minLength", valueInteger=9_000)], "minLength"),
        ("string", [limit("questionnaire-minOccurs", valueInteger=2)], "minOccurs"),
    ],
)
def test_limits_that_nobody_can_keep_block_nobody(kind: str, more: list[Any], name: str) -> None:
    assert named(question("a", kind, required=True, extension=more)) == {(Reason.LIMITS, name, "a")}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("date", [{"valueDate": "next week"}]),
        ("url", [{"valueUri": "javascript:alert(1)"}]),
        ("string", [{"valueString": "one"}, {"valueString": "two"}]),
        ("time", [{"valueTime": "25:00:00"}]),
        ("integer", [{"valueInteger": 3_000_000_000}]),
    ],
)
def test_what_stands_there_from_the_start_has_to_be_an_answer(kind: str, values: list[Any]) -> None:
    form, findings = compile_form(form_of(question("a", kind, initial=values)))
    assert form.items[0].initial in ((), ({"valueString": "one"},))
    assert [finding.reason for finding in findings] == [Reason.INITIAL]


def test_conditions_that_can_never_hold_are_named() -> None:
    asked = [
        question("yes", "boolean"),
        question("pick", "choice", answerOption=[{"valueCoding": {"code": "a"}}]),
        question("open", "open-choice", answerOption=[{"valueString": "Tea"}]),
        question("number", "integer"),
        question("silent", readOnly=True),
        {"linkId": "group", "type": "group", "item": [question("in")]},
    ]
    never = [
        when("yes", answerString="true"),
        when("pick", answerCoding={"code": "b"}),
        when("pick", ">", answerInteger=1),
        when("number", answerBoolean=True),
        when("silent", "exists", answerBoolean=True),
        when("group", "exists", answerBoolean=True),
        when("$status", answerString="completed"),
    ]
    may = [
        when("yes", answerBoolean=True),
        when("pick", answerString="a"),
        when("open", answerString="Coffee"),
        when("number", ">=", answerDecimal=1.5),
        when("silent", "!=", answerString="x"),
        when("group", "exists", answerBoolean=False),
    ]
    lines = [question(f"never-{n}", enableWhen=[line]) for n, line in enumerate(never)]
    lines += [question(f"may-{n}", enableWhen=[line]) for n, line in enumerate(may)]
    found = {path for reason, _, path in named(*asked, *lines) if reason is Reason.NEVER}
    assert found == {f"never-{number}" for number in range(len(never))}


def test_a_required_group_needs_an_answer_and_a_repeated_one_its_entries() -> None:
    twice = [limit("questionnaire-minOccurs", valueInteger=2)]
    form, _ = compile_form(
        form_of(
            {"linkId": "one", "type": "group", "required": True, "item": [question("a"), question("b")]},
            {"linkId": "many", "type": "group", "repeats": True, "extension": twice, "item": [question("c")]},
        )
    )

    def missing(**answers: Any) -> list[tuple[str, str]]:
        found = missing_answers(form, items_that_apply(form, answers), answers)
        return [(one.item.path, one.sentence) for one in found]

    short = ("c", words.at_least_entries(2))
    assert missing() == [("a", words.REQUIRED_GROUP), short]
    assert missing(b=text("x")) == [short]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"resourceType": "Questionnaire", "item": [], "item": []}', "twice"),
        (b'{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string", "maxLength": 1e999}]}', "JSON"),
        (b"<Questionnaire xmlns='http://hl7.org/fhir'/>", "JSON"),
        (b'{"resourceType": "Bundle", "entry": []}', "Bundle"),
        (b'{"resourceType": "Questionnaire", "group": {"question": []}}', "no items"),
    ],
)
def test_what_is_refused_is_refused_with_a_reason(raw: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        compile_form(read_questionnaire(raw)[1])
    assert said in refused.value.sentence
    assert "Nothing was imported." in refused.value.sentence


def test_a_linkid_like_an_entry_of_another_item_is_refused() -> None:
    with pytest.raises(Invalid, match="entry of another item"):
        compile_form(form_of(question("a"), question("a#7")))
    compile_form(form_of(question("b#7"), question("# 1")))


NASTY = [
    "__proto__",
    "constructor",
    "a b\tc",
    "toString",
    "<b>",
    "ключ",
    "0",
    "a.b",
    "$status",
    "x" * 255,
    "'\"`",
    "🙂",
    "0|a",
]


async def test_linkids_of_any_kind_are_answered_and_signed(desk: Desk) -> None:
    items = [question(path, enableWhen=[when(NASTY[0], "!=", answerString="no")]) for path in NASTY[1:]]
    sheet = await desk.send("milo", form_of(question(NASTY[0]), *items))
    gina = await desk.forms("gina", "milo")
    assert await fill(desk, gina, sheet, {}) == set(NASTY)
    await desk.sign(gina, sheet)


async def test_questions_under_a_text_are_asked(desk: Desk) -> None:
    told = {"linkId": "told", "type": "display", "text": "Read this", "item": [question("below", required=True)]}
    picked = question("pick", "choice", answerOption=[{"valueCoding": {"code": "1"}}], item=[question("deep")])
    sheet = await desk.send("milo", form_of(told, picked))
    gina = await desk.forms("gina", "milo")
    assert await fill(desk, gina, sheet, {"pick": code("1")}) == {"below", "pick", "deep"}
    await desk.sign(gina, sheet)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    *("prefix", "text", "enableWhen", "enableBehavior", "required", "repeats", "readOnly", "maxLength", "initial"),
    *("answerOption", "answerValueSet", "extension", "modifierExtension", "code", "_text", "item"),
)
ITEMS = st.builds(
    lambda link, kind, more: {"linkId": link, "type": kind, **more},
    st.sampled_from(["a", "b", "c"]) | st.text(min_size=1, max_size=4),
    st.sampled_from(["group", "display", "string", "choice", "date", "quantity", "attachment", "reference", "odd"]),
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ITEMS, max_size=4), st.dictionaries(st.text(max_size=6), JSON, max_size=3))
def test_anything_is_a_form_or_refused_in_words(items: list[dict[str, Any]], more: dict[str, Any]) -> None:
    body = json.dumps({**more, "resourceType": "Questionnaire", "item": items})
    try:
        text_kept, questionnaire = read_questionnaire(body.encode())
        form, findings = compile_form(questionnaire)
    except Invalid as refused:
        if not refused.sentence.endswith("Nothing was imported."):
            raise
        return
    assert json.loads(text_kept) == json.loads(body)
    page_views(form)
    items_that_apply(form, {"a": yes(), "b": text("x")})
    assert all(words.REPORT[finding.reason].format(name=finding.name) for finding in findings)
