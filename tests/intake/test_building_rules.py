"""The steps of the builder: pure, and careful with what they do not name."""

import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import TypeAdapter

from portal.errors import Invalid
from portal.intake import service
from portal.intake.building import applying, presenting, rules_form, rules_items, views
from portal.intake.building.rules_building import (
    MAX_DEPTH,
    add_item,
    duplicate_item,
    find,
    move_item,
    new_document,
    remove_item,
    walk,
)
from portal.intake.building.rules_checking import hurdles
from portal.intake.building.rules_kinds import FHIR_TYPES, kind_of
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.reading import parse_questionnaire
from portal.models import SignerRule
from portal.ui.parsing import parse

BUILT_IN = [form.text for form in service.builtin_forms()]
STEP: TypeAdapter[Any] = TypeAdapter(views.Step)


def paths(document: dict[str, Any]) -> list[str]:
    return [str(place.item["linkId"]) for place in walk(document)]


def apply(document: dict[str, Any], **step: Any) -> tuple[dict[str, Any], str]:
    return applying.apply_step(document, parse(STEP, step))


@pytest.mark.parametrize("text", BUILT_IN)
def test_looking_at_a_form_changes_nothing_about_it(text: str) -> None:
    document = parse_questionnaire(text)
    before = deepcopy(document)
    presenting.rows(document, hurdles(document))
    for path in paths(document):
        presenting.detail(document, path)
    presenting.form_detail(document)
    assert document == before
    assert hurdles(document) == []


@pytest.mark.parametrize("text", BUILT_IN)
def test_saying_again_what_is_there_changes_nothing(text: str) -> None:
    """What the editor shows of an item, sent back as it stands, leaves the document equal."""
    document = parse_questionnaire(text)
    for path in paths(document):
        shown = presenting.detail(document, path)
        made, _ = apply(document, do="text", path=path, value=shown.text)
        if shown.options:
            options = [
                {"label": one.label, "points": float(one.points) if one.points else None, "was": was}
                for was, one in enumerate(shown.options)
            ]
            made, _ = apply(made, do="options", path=path, options=options)
        if shown.lines:
            lines = [{"question": one.question, "operator": one.operator, "value": one.value} for one in shown.lines]
            made, _ = apply(made, do="conditions", path=path, lines=lines, needs_all=shown.needs_all)
        assert made == document, path


@some.composite
def edits(draw: Any) -> list[dict[str, Any]]:
    some_path, kinds = some.integers(min_value=0, max_value=60), some.sampled_from(sorted(FHIR_TYPES))
    one = some.one_of(
        some.fixed_dictionaries({"do": some.just("add"), "kind": kinds, "at": some_path}),
        some.fixed_dictionaries({"do": some.sampled_from(["remove", "duplicate"]), "at": some_path}),
        some.fixed_dictionaries(
            {"do": some.just("move"), "at": some_path, "where": some.sampled_from(["up", "down", "in", "out"])}
        ),
        some.fixed_dictionaries({"do": some.just("kind"), "at": some_path, "value": kinds}),
    )
    return draw(some.lists(one, max_size=12))


@settings(max_examples=60, deadline=None)
@given(some.sampled_from(BUILT_IN), edits())
def test_any_edits_leave_a_form_that_compiles_with_every_linkid_once(text: str, steps: list[dict[str, Any]]) -> None:
    document = parse_questionnaire(text)
    for step in steps:
        known = paths(document)
        if not known:
            break
        at = known[step["at"] % len(known)]
        named = {"after": at} if step["do"] == "add" else {"path": at}
        before = deepcopy(document)
        try:
            made, _ = apply(document, **{key: value for key, value in step.items() if key != "at"}, **named)
        except Invalid:
            made = document
        assert document == before, "a step never changes what it was given"
        document = made
    found = paths(document)
    assert len(found) == len(set(found))
    if found:
        compile_form(document)
    assert json.loads(json.dumps(document)) == document


def test_a_question_goes_up_out_of_a_section_and_down_into_the_next() -> None:
    document = new_document("A form")
    document, one = add_item(document, "line", "section-1")
    document, _ = add_item(document, "section", one)
    document, two = add_item(document, "line", "section-2")
    assert paths(document) == ["section-1", one, "section-2", two]
    out = move_item(document, one, "down")
    assert paths(out) == ["section-1", "section-2", two, one] or paths(out) == ["section-1", one, "section-2", two]
    assert find(out, one).above == ()
    inside = move_item(out, one, "in")
    assert find(inside, one).above == ("section-1",)
    with pytest.raises(Invalid):
        move_item(document, "section-1", "up")
    with pytest.raises(Invalid):
        move_item(document, "section-1", "out")


def test_nesting_has_an_end() -> None:
    document = new_document("A form")
    for _ in range(MAX_DEPTH + 3):
        document, _ = add_item(document, "section", paths(document)[-1])
    with pytest.raises(Invalid):
        for path in paths(document)[1:]:
            for _ in range(MAX_DEPTH + 3):
                document = move_item(document, path, "in")


def test_a_copy_has_linkids_of_its_own_and_its_conditions_look_at_the_copy() -> None:
    document = new_document("A form")
    document, asked = add_item(document, "yes_no", "section-1")
    document, shown = add_item(document, "line", asked)
    document, _ = apply(
        document,
        do="conditions",
        path=shown,
        lines=[{"question": asked, "operator": "=", "value": "Yes"}],
        needs_all=True,
    )
    made, copy = duplicate_item(document, "section-1")
    inner = [str(place.item["linkId"]) for place in walk(made) if copy in place.above]
    assert len(set(paths(made))) == 6
    assert find(made, inner[1]).item["enableWhen"][0]["question"] == inner[0]
    assert find(made, shown).item["enableWhen"][0]["question"] == asked


def test_what_an_option_carries_stays_with_it() -> None:
    document = parse_questionnaire(next(text for text in BUILT_IN if "44249-1" in text))
    before = find(document, "phq-9-1").item["answerOption"]
    made = rules_items.set_options(
        document,
        "phq-9-1",
        [
            rules_items.Choice("Nearly every day", Decimal(3), 3),
            rules_items.Choice("Never", Decimal(0), 0),
            rules_items.Choice("New", None, -1),
        ],
    )
    options = find(made, "phq-9-1").item["answerOption"]
    assert options[0] == before[3]
    assert options[1]["valueCoding"] == {**before[0]["valueCoding"], "display": "Never"}
    assert options[2] == {"valueCoding": {"display": "New"}}


def test_what_stands_in_the_way_is_named_with_its_item() -> None:
    document = new_document("A form")
    assert {one.path for one in hurdles(document)} == {"", "section-1"}
    document, one = add_item(document, "one", "section-1")
    assert [each.path for each in hurdles(document)] == [one]
    document, _ = apply(document, do="text", path=one, value="Tea or coffee?")
    assert hurdles(document) == []
    document, two = add_item(document, "line", one)
    document, _ = apply(document, do="text", path=two, value="Which?")
    document, _ = apply(
        document,
        do="conditions",
        path=two,
        lines=[{"question": one, "operator": "=", "value": "First answer"}],
        needs_all=True,
    )
    assert hurdles(document) == []
    assert [each.path for each in hurdles(remove_item(document, one))] == [two]


def test_a_score_needs_points_and_ranges_that_do_not_overlap() -> None:
    document = new_document("A form")
    document, one = add_item(document, "one", "section-1")
    document, _ = apply(document, do="text", path=one, value="How often?")
    document, _ = apply(document, do="score", name="Score", bands=[{"low": 0, "high": 4, "label": "low"}])
    assert [each.path for each in hurdles(document)] == [""]
    options = [{"label": "Never", "points": 0, "was": 0}, {"label": "Often", "points": 1.5, "was": 1}]
    document, _ = apply(document, do="options", path=one, options=options)
    assert hurdles(document) == []
    form, _ = compile_form(document)
    assert form.scores[0].name == "Score"
    assert form.scores[0].bands[0].label == "low"
    for bands in ([(0, 4), (4, 9)], [(5, 4)]):
        with pytest.raises(Invalid):
            apply(document, do="score", name="S", bands=[{"low": a, "high": b, "label": "x"} for a, b in bands])


def test_who_signs_is_kept_and_read_back() -> None:
    document = new_document("A form")
    wish = rules_form.SignatureWish(client=False, contact=True, rule=SignerRule.ALL, countersign=True)
    made = rules_form.set_signatures(document, wish)
    assert rules_form.signatures_of(made) == wish
    assert rules_form.set_signatures(made, rules_form.SignatureWish()) == document
    _, findings = compile_form(rules_form.set_title(made, "x"))
    assert findings == []


@pytest.mark.parametrize("kind", sorted(FHIR_TYPES))
def test_every_kind_can_be_added_and_is_recognized(kind: str) -> None:
    document, path = add_item(new_document("A form"), kind, "section-1")
    assert kind_of(find(document, path).item) == kind
    compile_form(document)


@pytest.mark.parametrize(
    "step",
    [
        {"do": "king"},
        {"do": "text", "path": "q", "value": 1},
        {"do": "text", "path": "q", "value": "x", "linkId": "y"},
        {"do": "move", "path": "q", "where": "sideways"},
        {"do": "add", "kind": "line", "after": "x" * 300},
        {"do": "options", "path": "q", "options": [{"label": "x", "points": 10**12}]},
        {"do": "longest", "path": "q", "most": -1},
        [],
        None,
    ],
)
def test_nonsense_is_no_step(step: Any) -> None:
    with pytest.raises(Invalid):
        parse(STEP, step)
