"""What is an answer to which question, and the sentence when it is not."""

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.errors import Invalid
from portal.intake import words
from portal.intake.answer_words import answer_in_words
from portal.intake.fhir.compiling import compile_form
from portal.intake.operations import AnswerOperation
from portal.intake.rules_answers import check_answer
from portal.intake.rules_signing import check_typed_name
from tests.intake.desk import code, form_of, question, text

HL7 = "http://hl7.org/fhir/StructureDefinition/"
OPTIONS = [{"valueCoding": {"code": each, "display": each.upper()}} for each in "abc"]


def check(kind: str, value: Any, **more: Any) -> Any:
    form, _ = compile_form(form_of(question("x", kind, **more)))
    return check_answer(form.items[0], value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("string", text("Zoë 🌱 <b>")),
        ("text", text("two\nlines")),
        ("boolean", [{"valueBoolean": False}]),
        ("integer", [{"valueInteger": -3}]),
        ("decimal", [{"valueDecimal": 1.25}]),
        ("date", [{"valueDate": "2024-02-29"}]),
        ("url", [{"valueUri": "https://example.org/a?b=c"}]),
        ("string", []),
        ("dateTime", [{"valueDateTime": "2026-11-24T10:30:00-05:00"}]),
        ("time", [{"valueTime": "23:59:00"}]),
        ("quantity", [{"valueQuantity": {"value": 70.5, "unit": "kg"}}]),
    ],
)
def test_an_answer_that_fits_is_kept_as_it_is(kind: str, value: Any) -> None:
    assert check(kind, value) == value


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("string", [{"valueString": 3}], words.NEEDS_TEXT),
        ("string", [{"valueInteger": 3}], words.NEEDS_TEXT),
        ("string", [{"typed": "x"}], words.NEEDS_TEXT),
        ("string", [{"valueString": {"valueString": "x"}}], words.NEEDS_TEXT),
        ("string", [*text("a"), *text("b")], words.ONE_ANSWER),
        ("string", text("x" * 4_001), words.text_too_long(4_000)),
        ("text", text("x" * 20_001), words.text_too_long(20_000)),
        ("boolean", [{"valueBoolean": "true"}], words.NEEDS_YES_OR_NO),
        ("boolean", [{"valueBoolean": 1}], words.NEEDS_YES_OR_NO),
        ("integer", [{"valueInteger": True}], words.NEEDS_WHOLE_NUMBER),
        ("integer", [{"valueInteger": 1.5}], words.NEEDS_WHOLE_NUMBER),
        ("integer", [{"valueInteger": 2**31}], words.NUMBER_TOO_LARGE),
        ("decimal", [{"valueDecimal": "1.5"}], words.NEEDS_NUMBER),
        ("decimal", [{"valueDecimal": float("nan")}], words.NUMBER_TOO_LARGE),
        ("decimal", [{"valueDecimal": 1e13}], words.NUMBER_TOO_LARGE),
        ("date", [{"valueDate": "2025-02-29"}], words.NEEDS_DATE),
        ("date", [{"valueDate": "2025-2-9"}], words.NEEDS_DATE),
        ("date", [{"valueDate": "٢٠٢٥-٠٢-٠٩"}], words.NEEDS_DATE),
        ("date", [{"valueDate": 20250209}], words.NEEDS_DATE),
        ("date", [{"valueDate": "0025-02-09"}], words.CHECK_YEAR),
        ("url", [{"valueUri": "javascript:alert(1)"}], words.NEEDS_ADDRESS),
        ("url", [{"valueUri": "https://"}], words.NEEDS_ADDRESS),
        ("url", [{"valueUri": "https://[::1"}], words.NEEDS_ADDRESS),
        ("display", text("x"), words.NOT_ASKED),
        ("group", text("x"), words.NOT_ASKED),
        ("attachment", text("x"), words.NEEDS_FILE),
        ("attachment", [{"valueAttachment": {"url": "https://example.org/x"}}], words.NEEDS_FILE),
        ("attachment", [{"valueAttachment": {"url": "/files/../x"}}], words.NEEDS_FILE),
        ("dateTime", [{"valueDateTime": "2026-11-24T10:30:00"}], words.NEEDS_MOMENT),
        ("dateTime", [{"valueDateTime": "2026-11-31T10:30:00Z"}], words.NEEDS_MOMENT),
        ("dateTime", [{"valueDateTime": "2026-11-24"}], words.NEEDS_MOMENT),
        ("time", [{"valueTime": "24:00"}], words.NEEDS_TIME),
        ("time", [{"valueTime": "9:30"}], words.NEEDS_TIME),
        ("quantity", [{"valueQuantity": {"value": "70", "unit": "kg"}}], words.NEEDS_NUMBER),
        ("quantity", [{"valueQuantity": {"value": 70, "unit": "x" * 41}}], words.NEEDS_UNIT),
        ("quantity", [{"valueQuantity": {"value": 70, "comparator": "<"}}], words.NEEDS_NUMBER),
        ("reference", [{"valueReference": {"reference": "Patient/1"}}], words.NOT_ASKED),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_a_sentence(kind: str, value: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(kind, value)
    assert refused.value.sentence == sentence


def test_hidden_and_read_only_questions_take_no_answer() -> None:
    for more in ({"readOnly": True}, {"extension": [{"url": HL7 + "questionnaire-hidden", "valueBoolean": True}]}):
        with pytest.raises(Invalid, match=words.NOT_ASKED):
            check("string", text("x"), **more)
    assert check("string", text("x")) == text("x")


def test_limits_are_named() -> None:
    number = [{"url": HL7 + "minValue", "valueInteger": 0}, {"url": HL7 + "maxValue", "valueInteger": 10}]
    day = [{"url": HL7 + "minValue", "valueDate": "2026-01-01"}, {"url": HL7 + "maxValue", "valueDate": "2026-12-31"}]
    assert check("integer", [{"valueInteger": 10}], extension=number)
    assert check("date", [{"valueDate": "2026-12-31"}], extension=day)
    with pytest.raises(Invalid, match="0 or more"):
        check("integer", [{"valueInteger": -1}], extension=number)
    with pytest.raises(Invalid, match="10 or less"):
        check("decimal", [{"valueDecimal": 10.1}], extension=number)
    with pytest.raises(Invalid, match="2026-01-01 or a later day"):
        check("date", [{"valueDate": "2025-12-31"}], extension=day)
    with pytest.raises(Invalid, match="2026-12-31 or an earlier day"):
        check("date", [{"valueDate": "2027-01-01"}], extension=day)
    with pytest.raises(Invalid, match="under 3 characters"):
        check("string", text("abcd"), maxLength=3)


def test_a_unit_is_one_that_the_form_offers() -> None:
    url = HL7 + "questionnaire-unitOption"
    units = [
        {"url": url, "valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg", "display": "kilograms"}},
        {"url": url, "valueCoding": {"code": "lb"}},
    ]
    (kept,) = check("quantity", [{"valueQuantity": {"value": 70, "unit": "kilograms"}}], extension=units)
    coded = {"value": 70, "unit": "kilograms", "system": "http://unitsofmeasure.org", "code": "kg"}
    assert kept == {"valueQuantity": coded}
    with pytest.raises(Invalid, match=words.NEEDS_UNIT):
        check("quantity", [{"valueQuantity": {"value": 70, "unit": "stone"}}], extension=units)
    with pytest.raises(Invalid, match="50 or less"):
        limit = {"url": HL7 + "maxValue", "valueQuantity": {"value": 50}}
        check("quantity", [{"valueQuantity": {"value": 70, "unit": "lb"}}], extension=[*units, limit])


def test_texts_are_held_against_length_and_a_simple_pattern() -> None:
    zip_code = [{"url": HL7 + "regex", "valueString": r"\d{5}(-\d{4})?"}, {"url": HL7 + "minLength", "valueInteger": 5}]
    plain = [{"url": HL7 + "regex", "valueString": r"[0-9]{5}"}, {"url": HL7 + "minLength", "valueInteger": 5}]
    assert check("string", text("12345"), extension=plain)
    with pytest.raises(Invalid, match=words.NEEDS_PATTERN):
        check("string", text("1234x"), extension=plain)
    with pytest.raises(Invalid, match="at least 5 characters"):
        check("string", text("123"), extension=plain)
    assert check("string", text("1234x"), extension=zip_code), "a pattern with groups is named and left out"
    for bomb in (r"(a+)+$", r"a*a*a*a*b", "[", "x" * 101):
        form, findings = compile_form(form_of(question("x", extension=[{"url": HL7 + "regex", "valueString": bomb}])))
        assert (form.items[0].pattern, [one.reason.value for one in findings]) == ("", ["pattern"])


def test_a_question_that_repeats_takes_several_answers_up_to_its_limit() -> None:
    most = [{"url": HL7 + "questionnaire-maxOccurs", "valueInteger": 2}]
    both = [*text("one"), *text("two")]
    assert check("string", both, repeats=True) == both
    assert check("date", [{"valueDate": "2026-01-01"}, {"valueDate": ""}], repeats=True) == [
        {"valueDate": "2026-01-01"}
    ]
    with pytest.raises(Invalid, match="2 entries at most"):
        check("string", [*both, *text("three")], repeats=True, extension=most)


def test_an_open_choice_keeps_other_words_after_the_options() -> None:
    chosen = check("open-choice", [*text("Maté"), *code("a")], repeats=True, answerOption=OPTIONS)
    assert chosen == [OPTIONS[0], *text("Maté")]
    with pytest.raises(Invalid, match=words.NEEDS_OPTION):
        check("open-choice", [{"valueInteger": 3}], answerOption=OPTIONS)


def test_choices_are_the_forms_own_each_once_in_its_order() -> None:
    chosen = check("choice", code("c", "a", "c"), repeats=True, answerOption=OPTIONS)
    assert chosen == [OPTIONS[0], OPTIONS[2]]
    assert check("choice", code("b"), answerOption=OPTIONS) == [OPTIONS[1]]
    with pytest.raises(Invalid, match=words.ONE_ANSWER):
        check("choice", code("a", "b"), answerOption=OPTIONS)
    for wrong in (code("z"), text("A"), [{"valueCoding": {}}], [{"valueCoding": "a"}], [{"valueInteger": 0}]):
        with pytest.raises(Invalid, match=words.NEEDS_OPTION):
            check("choice", wrong, answerOption=OPTIONS)


def test_answers_in_words() -> None:
    values = [
        {"valueBoolean": True},
        {"valueBoolean": False},
        OPTIONS[0],
        *text("x"),
        {"valueInteger": 3},
        {"valueDate": "2017-05-03"},
    ]
    assert answer_in_words(values) == ["Yes", "No", "A", "x", "3", "3 May 2017"]
    values = [
        {"valueDateTime": "2026-11-24T10:30:00-05:00"},
        {"valueTime": "09:05:00"},
        {"valueQuantity": {"value": 70.5, "unit": "kg"}},
        {"valueReference": {"reference": "Practitioner/1", "display": "Dr. One"}},
        {"valueAttachment": {"url": "/files/1", "title": "card.jpg"}},
    ]
    spoken = ["24 November 2026, 10:30 (UTC-05:00)", "09:05", "70.5 kg", "Dr. One", "card.jpg"]
    assert answer_in_words(values) == spoken


def operation(**values: Any) -> AnswerOperation:
    plain = {"operation_id": str(uuid4()), "path": "a", "base_revision": 0, "value": []}
    return AnswerOperation.model_validate(plain | values)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("x", words.NOT_AN_ANSWER),
        ({"valueString": "x"}, words.NOT_AN_ANSWER),
        (["x"], words.NOT_AN_ANSWER),
        ([{}], words.NOT_AN_ANSWER),
        ([{"a": 1, "b": 2}], words.NOT_AN_ANSWER),
        ([{"valueInteger": 10**30}], words.NOT_AN_ANSWER),
        ([{"valueDecimal": float("inf")}], words.NOT_AN_ANSWER),
        ([{"valueCoding": {str(n): n for n in range(20)}}], words.NOT_AN_ANSWER),
        ([{"valueCoding": {"code": {"deep": 1}}}], words.NOT_AN_ANSWER),
        ([{"valueString": None}], words.NOT_AN_ANSWER),
        (text("x" * 5_000_000), words.text_too_long(20_000)),
        (text("\x00"), words.STRANGE_CHARACTERS),
        (text("\ud800"), words.STRANGE_CHARACTERS),
        (text("x") * 201, words.TOO_MANY_CHOICES),
    ],
)
def test_what_is_no_answer_at_all_is_refused_before_anything_is_asked(value: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        operation(value=value)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    "values",
    [
        {"operation_id": "1"},
        {"path": ""},
        {"path": "x" * 501},
        {"path": 3},
        {"instance": 1},
        {"base_revision": -1},
        {"base_revision": True},
        {"base_revision": 10**30},
        {"client_id": str(uuid4())},
        {"author_id": str(uuid4())},
    ],
)
def test_an_operation_holds_nothing_else(values: dict[str, Any]) -> None:
    operation()
    with pytest.raises(ValidationError):
        operation(**values)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["valueString", "valueCoding", "valueInteger"]), JSON, max_size=2), max_size=3
    )
)
def test_whatever_is_sent_is_kept_well_formed_or_refused_with_a_sentence(value: Any) -> None:
    kinds = ("string", "boolean", "integer", "decimal", "date", "url", "choice", "group")
    for kind in kinds:
        with suppress(Invalid):
            kept = check(kind, operation(value=value).value, answerOption=OPTIONS if kind == "choice" else [])
            json.dumps(kept).encode()


@pytest.mark.parametrize("typed", ["Gina Park", " gina   PARK ", "Gína Park", "Gina M. Park", "Park, Gina"])
def test_ones_own_name_may_be_written_in_many_ways(typed: str) -> None:
    assert check_typed_name(typed, "Gina Park", "Milo Park", is_client=False)


def test_a_name_in_any_script_signs() -> None:
    assert check_typed_name("王 秀英", "王 秀英", "王 小明", is_client=False) == "王 秀英"
    assert check_typed_name("Casey Lin", "Casey Lin", "Casey Lin", is_client=True) == "Casey Lin"
