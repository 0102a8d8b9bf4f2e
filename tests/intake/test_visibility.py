"""What applies: each operator, then any form against a slow restatement of FHIR's rule, then what is frozen."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.intake.fhir.canonical import canonical_json
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.findings import Reason
from portal.intake.fhir.form import Condition, Operator
from portal.intake.fhir.response import About, build_response, read_answers
from portal.intake.rules_progress import count_answered, missing_answers, page_to_resume
from portal.intake.rules_visibility import condition_holds, items_that_apply
from tests.intake.desk import form_of, question, when

ABOUT = About("urn:x", "Patient/1", "Milo Park", "Patient/1", "Gina Park", datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize(
    ("operator", "wanted", "given_values", "holds"),
    [
        ("exists", {"valueBoolean": True}, [], False),
        ("exists", {"valueBoolean": True}, [{"valueString": "x"}], True),
        ("exists", {"valueBoolean": False}, [], True),
        ("exists", {"valueBoolean": False}, [{"valueBoolean": False}], False),
        ("=", {"valueString": "x"}, [], False),
        ("=", {"valueString": "x"}, [{"valueString": "y"}, {"valueString": "x"}], True),
        ("=", {"valueBoolean": True}, [{"valueInteger": 1}], False),
        ("=", {"valueInteger": 1}, [{"valueBoolean": True}], False),
        ("=", {"valueCoding": {"system": "s", "code": "a"}}, [{"valueCoding": {"system": "s", "code": "a"}}], True),
        ("=", {"valueCoding": {"code": "a"}}, [{"valueCoding": {"system": "s", "code": "a"}}], True),
        ("=", {"valueCoding": {"system": "t", "code": "a"}}, [{"valueCoding": {"system": "s", "code": "a"}}], False),
        ("=", {"valueCoding": {"display": "A"}}, [{"valueCoding": {"display": "A"}}], True),
        ("=", {"valueString": "Alpha"}, [{"valueCoding": {"code": "a", "display": "Alpha"}}], True),
        ("!=", {"valueString": "x"}, [], True),
        ("!=", {"valueString": "x"}, [{"valueString": "x"}], False),
        ("!=", {"valueString": "x"}, [{"valueString": "y"}], True),
        (">", {"valueInteger": 3}, [{"valueInteger": 4}], True),
        (">", {"valueInteger": 3}, [{"valueInteger": 3}], False),
        (">=", {"valueDecimal": 2.5}, [{"valueInteger": 3}], True),
        ("<", {"valueDate": "2026-01-02"}, [{"valueDate": "2026-01-01"}], True),
        ("<=", {"valueInteger": 3}, [], False),
        ("<", {"valueInteger": 3}, [{"valueString": "1"}], False),
        ("<", {"valueInteger": 3}, [{"valueBoolean": False}], False),
        ("<", {"valueDate": "2026-01-02"}, [{"valueInteger": 1}], False),
    ],
)
def test_operators(operator: str, wanted: Any, given_values: Any, holds: bool) -> None:
    assert condition_holds(Condition("q", Operator(operator), wanted), given_values) is holds


def apply_of(*items: dict[str, Any], **answers: Any) -> dict[str, bool]:
    form, _ = compile_form(form_of(*items))
    apply = items_that_apply(form, answers)
    return {item.path: applies for item, applies in zip(form.items, apply, strict=True)}


def test_any_and_all() -> None:
    lines = [when("a", answerString="x"), when("b", answerString="x")]
    items = (
        question("a"),
        question("b"),
        question("any", enableWhen=lines, enableBehavior="any"),
        question("all", enableWhen=lines, enableBehavior="all"),
    )
    one = apply_of(*items, a=[{"valueString": "x"}])
    assert (one["any"], one["all"]) == (True, False)
    both = apply_of(*items, a=[{"valueString": "x"}], b=[{"valueString": "x"}])
    assert (both["any"], both["all"]) == (True, True)


def test_what_stands_under_a_hidden_item_is_hidden_and_its_answer_is_not_seen() -> None:
    items = (
        question("a"),
        {
            "linkId": "group",
            "type": "group",
            "enableWhen": [when("a", answerString="x")],
            "item": [question("inside", item=[question("deep")])],
        },
        question("after", enableWhen=[when("inside", "exists", answerBoolean=True)]),
    )
    answers = {"inside": [{"valueString": "y"}]}
    hidden = apply_of(*items, **answers)
    assert hidden == {"a": True, "group": False, "inside": False, "deep": False, "after": False}
    assert all(apply_of(*items, a=[{"valueString": "x"}], **answers).values())


def test_a_line_that_is_not_understood_hides_nothing() -> None:
    odd = when("a", "~", answerString="x")
    false = when("a", answerString="x")
    shown = apply_of(
        question("a"),
        question("any", enableWhen=[odd, false], enableBehavior="any"),
        question("all", enableWhen=[odd, false], enableBehavior="all"),
        question("alone", enableWhen=[odd]),
    )
    assert shown == {"a": True, "any": True, "all": False, "alone": True}


def test_a_missing_question_was_never_answered() -> None:
    shown = apply_of(
        question("equal", enableWhen=[when("gone", answerString="x")]),
        question("unequal", enableWhen=[when("gone", "!=", answerString="x")]),
    )
    assert shown == {"equal": False, "unequal": True}


def test_the_status_is_in_progress() -> None:
    shown = apply_of(
        question("open", enableWhen=[when("$status", "!=", answerString="completed")]),
        question("done", enableWhen=[when("$status", answerString="completed")]),
    )
    assert shown == {"open": True, "done": False}


WORDS = st.sampled_from(["x", "y"])


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """Any form of up to twelve items: groups and questions, nested, with conditions on any of them."""
    count = draw(st.integers(1, 12))
    items: list[dict[str, Any]] = []
    for number in range(count):
        is_group = draw(st.booleans())
        item = {"linkId": f"i{number}", "text": f"Item {number}", "type": "group" if is_group else "string"}
        item["required"] = draw(st.booleans())
        lines = draw(
            st.lists(st.tuples(st.integers(0, count), st.sampled_from(["=", "!=", "exists"]), WORDS), max_size=2)
        )
        if lines:
            item["enableWhen"] = [
                {
                    "question": f"i{to}",
                    "operator": op,
                    **({"answerBoolean": True} if op == "exists" else {"answerString": word}),
                }
                for to, op, word in lines
            ]
            item["enableBehavior"] = draw(st.sampled_from(["all", "any"]))
        items.append(item)
    top: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        parent = draw(st.integers(-1, number - 1)) if number else -1
        (top if parent < 0 else items[parent].setdefault("item", [])).append(item)
    return form_of(*top)


ANSWERS = st.dictionaries(
    st.sampled_from([f"i{n}" for n in range(12)]), WORDS.map(lambda word: [{"valueString": word}])
)


def slowly(source: dict[str, Any], answers: Any) -> dict[str, bool]:
    """FHIR's rule, restated: an item applies when the one above it does and its conditions hold."""
    parents: dict[str, dict[str, Any] | None] = {}
    found: dict[str, dict[str, Any]] = {}

    def walk(items: list[dict[str, Any]], parent: dict[str, Any] | None) -> None:
        for item in items:
            parents[item["linkId"]], found[item["linkId"]] = parent, item
            walk(item.get("item", []), item)

    walk(source["item"], None)

    def applies(link: str) -> bool:
        parent = parents[link]
        if parent is not None and not applies(parent["linkId"]):
            return False
        held = [holds(line) for line in found[link].get("enableWhen", [])]
        return not held or (all(held) if found[link]["enableBehavior"] == "all" else any(held))

    def holds(line: dict[str, Any]) -> bool:
        to = line["question"]
        seen = [value["valueString"] for value in answers.get(to, [])] if to in found and applies(to) else []
        if line["operator"] == "exists":
            return bool(seen)
        return (line["answerString"] in seen) == (line["operator"] == "=")

    return {link: applies(link) for link in found}


@given(forms(), ANSWERS)
@settings(max_examples=300, deadline=None)
def test_any_form_applies_as_the_rule_says(source: dict[str, Any], answers: Any) -> None:
    form, findings = compile_form(source)
    apply = items_that_apply(form, answers)
    if all(finding.reason is not Reason.CIRCULAR for finding in findings):
        assert {item.path: on for item, on in zip(form.items, apply, strict=True)} == slowly(source, answers)
    for item, on in zip(form.items, apply, strict=True):
        assert not on or item.parent < 0 or apply[item.parent]


@given(forms(), ANSWERS)
@settings(max_examples=150, deadline=None)
def test_only_what_applies_is_frozen_and_it_can_be_read_back(source: dict[str, Any], answers: Any) -> None:
    form, findings = compile_form(source)
    answers = {path: given for path, given in answers.items() if (item := form.find(path)) and item.kind.is_question}
    apply = items_that_apply(form, answers)
    response = build_response(form, apply, answers, ABOUT)
    questions = {item.path for item, on in zip(form.items, apply, strict=True) if on and item.kind.is_question}
    kept = {path: tuple(values) for path, values in answers.items() if path in questions}
    assert read_answers(response) == kept
    if all(finding.reason is not Reason.CIRCULAR for finding in findings):
        assert items_that_apply(form, read_answers(response)) == apply
    assert canonical_json(json.loads(canonical_json(response))) == canonical_json(response)
    QuestionnaireResponse.model_validate(response)


@given(forms(), ANSWERS)
@settings(max_examples=150, deadline=None)
def test_progress_counts_what_applies(source: dict[str, Any], answers: Any) -> None:
    form, _ = compile_form(source)
    apply = items_that_apply(form, answers)
    done, total = count_answered(form, apply, set(answers))
    missing = missing_answers(form, apply, answers)
    assert 0 <= done <= total <= len(form.items)
    assert len(missing) <= total - done
    assert 0 <= page_to_resume(form, apply, set(answers)) < len(form.pages)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.text()
        | st.floats(-1e14, 1e14).map(lambda n: round(n, 6)),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_canonical_json_means_the_same_and_has_one_form(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value
    assert canonical_json(json.loads(json.dumps(value))) == canonical_json(value)


def test_canonical_json_as_rfc_8785_shows_it() -> None:
    given_value = {
        "literals": [None, True, False],
        "numbers": [4.50, 2e-3, 0.000001, 100.0],
        "€": '\u000f\n"\\',
        "\r": 1,
    }
    assert canonical_json(given_value) == (
        '{"\\r":1,"literals":[null,true,false],"numbers":[4.5,0.002,0.000001,100],"€":"\\u000f\\n\\"\\\\"}'
    )
