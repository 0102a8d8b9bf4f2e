"""From a file to a form: what is understood, and what is named."""

from typing import Any

import pytest

from portal.intake import words
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.findings import Reason
from portal.intake.fhir.form import Form, Kind
from portal.intake.presenting import page_views
from portal.intake.rules_visibility import items_that_apply
from tests.intake.desk import form_of, question, when

HL7 = "http://hl7.org/fhir/StructureDefinition/"


def compiled(*items: dict[str, Any], **more: Any) -> Form:
    return compile_form(form_of(*items, **more))[0]


def found(*items: dict[str, Any], **more: Any) -> set[tuple[Reason, str, str]]:
    return {(one.reason, one.name, one.path) for one in compile_form(form_of(*items, **more))[1]}


def control(code: str) -> dict[str, Any]:
    return {"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": code}]}}


def test_every_top_level_group_is_a_page_and_loose_items_gather() -> None:
    form = compiled(
        question("a"),
        question("b"),
        {"linkId": "g", "type": "group", "text": "Group", "item": [question("c")]},
        question("d"),
        {"linkId": "h", "type": "group", "item": [question("e")]},
    )
    assert [(page.path, page.title, [form.items[place].path for place in page.items]) for page in form.pages] == [
        ("", "A form", ["a", "b"]),
        ("g", "Group", ["c"]),
        ("", "Part 3", ["d"]),
        ("h", "Part 4", ["e"]),
    ]
    assert [item.page for item in form.items] == [0, 0, 1, 1, 2, 3, 3]


def test_a_type_that_is_none_is_named_and_never_blocks() -> None:
    item = question("x", "hologram", required=True)
    form = compiled(item, question("y"))
    assert (form.items[0].kind, form.items[0].is_asked, form.items[0].required) == (Kind.NOTE, False, False)
    assert found(item) == {(Reason.TYPE, "hologram", "x")}
    assert [view.kind for view in page_views(form)[0].items] == ["note", "string"]


@pytest.mark.parametrize("kind", ["attachment", "quantity", "time", "dateTime"])
def test_every_type_of_the_standard_is_asked(kind: str) -> None:
    item = question("x", kind, required=True)
    assert (compiled(item).items[0].is_asked, compiled(item).items[0].required) == (True, True)
    assert found(item) == set()


def test_a_reference_is_shown_and_never_asked() -> None:
    named = {"reference": "Practitioner/1", "display": "Dr. One"}
    item = question("x", "reference", required=True, initial=[{"valueReference": named}])
    form = compiled(item)
    assert (form.items[0].kind, form.items[0].is_asked) == (Kind.REFERENCE, False)
    assert found(item) == {(Reason.FIXED, "", "x")}
    assert [view.kind for view in page_views(form)[0].items] == ["fixed"]


def test_options_of_every_value_type() -> None:
    values = [
        {"valueString": "one"},
        {"valueInteger": 2},
        {"valueDate": "2026-01-01"},
        {"valueTime": "10:00:00"},
        {"valueCoding": {"system": "s", "code": "c", "display": "Coded"}},
        {"valueReference": {"reference": "Practitioner/1", "display": "Dr. One"}},
    ]
    item = compiled(question("x", "choice", answerOption=[*values, values[0], {"valueQuantity": {}}, 3])).items[0]
    assert [option.label for option in item.options] == ["one", "2", "2026-01-01", "10:00:00", "Coded", "Dr. One"]
    assert [option.value for option in item.options] == values


def test_a_contained_value_set_gives_the_options() -> None:
    concepts = [{"code": "a", "display": "Alpha"}, {"code": "b"}]
    composed = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"system": "s", "concept": concepts}]}}
    item = compiled(question("x", "choice", answerValueSet="#v"), contained=[composed]).items[0]
    assert [(option.value, option.label) for option in item.options] == [
        ({"valueCoding": {"system": "s", "code": "a", "display": "Alpha"}}, "Alpha"),
        ({"valueCoding": {"system": "s", "code": "b"}}, "b"),
    ]


def test_a_choice_without_choices_is_asked_as_text_and_named() -> None:
    remote = question("x", "choice", answerValueSet="http://example.org/vs")
    assert compiled(remote).items[0].kind is Kind.STRING
    assert found(remote) == {(Reason.REMOTE_OPTIONS, "http://example.org/vs", "x")}
    assert found(question("x", "choice")) == {(Reason.NO_OPTIONS, "", "x")}


def test_an_open_choice_takes_its_options_and_other_words() -> None:
    item = question("x", "open-choice", answerOption=[{"valueString": "Tea"}, {"valueString": "Coffee"}])
    assert (compiled(item).items[0].kind, compiled(item).items[0].is_open) == (Kind.CHOICE, True)
    assert found(item) == set()


def test_what_the_standard_extensions_say() -> None:
    form = compiled(
        question(
            "x",
            "integer",
            extension=[
                {"url": HL7 + "minValue", "valueInteger": 1},
                {"url": HL7 + "maxValue", "valueInteger": 9},
                {"url": HL7 + "questionnaire-unit", "valueCoding": {"display": "hours"}},
            ],
            item=[{"linkId": "help", "type": "display", "text": "Count well.", "extension": [control("help")]}],
        ),
        question(
            "hidden", extension=[{"url": HL7 + "questionnaire-hidden", "valueBoolean": True}], item=[question("in")]
        ),
        question("list", "choice", answerOption=[{"valueString": "a"}], extension=[control("drop-down")]),
        question("agree", "boolean", extension=[{"url": "urn:portico:permissible-value", "valueBoolean": True}]),
    )
    first = form.items[0]
    assert (first.minimum, first.maximum, first.unit, first.help) == ("1", "9", "hours", "Count well.")
    assert [item.is_concealed for item in form.items] == [False, True, True, True, False, False]
    assert [(view.path, view.control) for view in page_views(form)[0].items] == [
        ("x", ""),
        ("list", "select"),
        ("agree", "checkbox"),
    ]
    assert form.items[5].must_be_true


def test_a_read_only_item_is_shown_when_it_says_something_and_never_asked() -> None:
    items = (
        question("empty", readOnly=True, required=True),
        question("filled", readOnly=True, initial=[{"valueString": "as it is"}]),
    )
    form = compiled(*items)
    assert not any(item.is_asked for item in form.items)
    (view,) = page_views(form)[0].items
    assert (view.kind, view.text) == ("fixed", "Question filled")
    assert found(*items) == {(Reason.READ_ONLY, "", "empty")}


def test_what_cannot_be_acted_upon_is_named() -> None:
    expression = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    assert found(
        question(
            "x",
            extension=[{"url": expression}, {"url": "https://example.org/odd"}],
            modifierExtension=[{"url": "https://example.org/not"}],
        ),
        question("again", repeats=True, item=[question("below")]),
        {"linkId": "no-text", "type": "boolean"},
        question("start", "integer", initial=[{"valueString": "seven"}]),
    ) == {
        (Reason.EXPRESSION, expression, "x"),
        (Reason.EXTENSION, "https://example.org/odd", "x"),
        (Reason.MODIFIER, "https://example.org/not", "x"),
        (Reason.REPEATS, "", "again"),
        (Reason.NO_TEXT, "", "no-text"),
        (Reason.INITIAL, "", "start"),
    }


def test_conditions_that_lead_nowhere_are_named() -> None:
    def conditional(link: str, *lines: Any, **more: Any) -> dict[str, Any]:
        return question(link, enableWhen=list(lines), **more)

    assert found(
        question("q", "boolean"),
        conditional("dotted", when("page.q", answerBoolean=True)),
        conditional("status", when("$status", "!=", answerString="completed")),
        conditional("gone", when("nowhere", answerBoolean=True)),
        conditional("odd", when("q", "~", answerBoolean=True)),
        conditional("amount", when("q", answerAttachment={"url": "x"})),
        conditional("two", when("q", answerBoolean=True), when("q", "exists", answerBoolean=True)),
        conditional("self", when("self", answerString="x")),
    ) == {
        (Reason.DOTTED, "page.q", "dotted"),
        (Reason.STATUS, "$status", "status"),
        (Reason.MISSING, "nowhere", "gone"),
        (Reason.CONDITION, "~", "odd"),
        (Reason.CONDITION, "=", "amount"),
        (Reason.BEHAVIOR, "", "two"),
        (Reason.CIRCULAR, "self", "self"),
    }


def test_a_circle_is_named_and_does_not_depend_on_the_order() -> None:
    one = question("one", enableWhen=[when("two", "!=", answerString="x")])
    two = question("two", enableWhen=[when("one", "!=", answerString="x")])
    for items in ((one, two), (two, one)):
        form = compiled(*items)
        assert {reason for reason, _, _ in found(*items)} == {Reason.CIRCULAR}
        apply = items_that_apply(form, {"one": [{"valueString": "x"}]})
        assert {item.path: applies for item, applies in zip(form.items, apply, strict=True)} == {
            "one": True,
            "two": False,
        }


def test_every_reason_has_its_sentence() -> None:
    assert set(words.REPORT) == set(Reason)
    assert all(sentence.format(name="x").endswith((".", ")")) for sentence in words.REPORT.values())
