"""Scores: points of choices, summed over what applies, with the band they fall into."""

import json
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from portal.intake.builtin import builtin_forms
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.scoring import Result, compute_scores
from portal.intake.reading import read_scores
from portal.intake.rules_visibility import items_that_apply
from tests.intake.desk import form_of, question, when, yes

HL7 = "http://hl7.org/fhir/StructureDefinition/"


def option(code: str, points: float, url: str = HL7 + "ordinalValue", *, inside: bool = False) -> dict[str, Any]:
    extension = {"extension": [{"url": url, "valueDecimal": points}]}
    coding = {"code": code, "display": code.upper()}
    return {"valueCoding": {**coding, **extension}} if inside else {"valueCoding": coding, **extension}


def band(low: float, high: float, label: str) -> dict[str, Any]:
    parts = [
        {"url": "low", "valueDecimal": low},
        {"url": "high", "valueDecimal": high},
        {"url": "label", "valueString": label},
    ]
    return {"url": "band", "extension": parts}


def scores(source: dict[str, Any], **answers: Any) -> list[Result]:
    form, _ = compile_form(source)
    return compute_scores(form, items_that_apply(form, answers), answers)


def picked(code: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"code": code}}]


TWO = (
    question("q1", "choice", answerOption=[option("a", 0), option("b", 2.5)]),
    question("q2", "choice", answerOption=[option("a", 1, HL7 + "itemWeight"), option("b", 3, inside=True)]),
)


def test_points_are_summed_wherever_they_stand() -> None:
    (result,) = scores(form_of(*TWO), q1=picked("b"), q2=picked("b"))
    assert (result.name, str(result.points), str(result.highest), result.is_complete) == ("A form", "5.5", "5.5", True)
    (open_still,) = scores(form_of(*TWO), q1=picked("b"))
    assert (str(open_still.points), open_still.is_complete) == ("2.5", False)


def test_a_band_names_the_score_of_its_group_alone() -> None:
    bands = [{"url": "name", "valueString": "Mood"}, band(0, 2, "Low"), band(3, 9, "High")]
    group = {
        "linkId": "g",
        "type": "group",
        "item": list(TWO),
        "extension": [{"url": "urn:portico:score", "extension": bands}],
    }
    other = question("q3", "choice", answerOption=[option("a", 100)])
    source = form_of(group, other)
    Questionnaire.model_validate(source)
    assert compile_form(source)[1] == []
    (result,) = scores(source, q1=picked("a"), q2=picked("b"), q3=picked("a"))
    assert (result.name, str(result.points), result.band) == ("Mood", "3", "High")


def test_what_does_not_apply_does_not_count() -> None:
    hidden = question("q3", "choice", answerOption=[option("a", 100)], enableWhen=[when("show", answerBoolean=True)])
    source = form_of(*TWO, question("show", "boolean"), hidden)
    (result,) = scores(source, q1=picked("b"), q2=picked("a"), q3=picked("a"), show=yes(False))
    assert (str(result.points), str(result.highest)) == ("3.5", "5.5")


def test_a_form_without_points_has_no_score() -> None:
    assert scores(form_of(question("q1"))) == []


@pytest.mark.parametrize(
    ("key", "questions", "points", "name"), [("phq-9", 9, "27 of 27", "Severe"), ("gad-7", 7, "21 of 21", "Severe")]
)
def test_the_instruments_have_their_bands(key: str, questions: int, points: str, name: str) -> None:
    form, findings = compile_form(json.loads(next(one.text for one in builtin_forms() if one.key == key)))
    assert findings == []
    scored = [item for item in form.items if any(choice.points is not None for choice in item.options)]
    assert len(scored) == questions
    (view,) = read_scores(form, {item.path: [item.options[-1].value] for item in scored})
    assert (view.points, view.band) == (points, name)
    lows = [score.low for score in form.scores[0].bands]
    assert [str(low) for low in lows] == (["0", "5", "10", "15", "20"] if key == "phq-9" else ["0", "5", "10", "15"])
