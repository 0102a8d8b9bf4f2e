"""Import then export is equal, to the letter, for any form; brought in elsewhere it is the same form again."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.intake import service
from tests.intake.desk import SETTING_UP, Desk

KINDS = (
    *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url"),
    *("choice", "open-choice", "attachment", "reference", "quantity"),
)
OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
WORDS = some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
NUMBERS = some.integers(-(10**20), 10**20) | some.floats(allow_nan=False, allow_infinity=False)
ANY = some.recursive(
    some.none() | some.booleans() | NUMBERS | WORDS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
"""Elements and extensions of which the portal knows nothing."""
OPTION = some.fixed_dictionaries(
    {},
    optional={
        "valueCoding": some.fixed_dictionaries({"code": WORDS}, optional={"display": WORDS, "system": WORDS}),
        "valueInteger": some.integers(-9, 9),
        "valueString": WORDS,
        "initialSelected": some.booleans(),
    },
)
CONDITION = some.fixed_dictionaries(
    {"question": WORDS, "operator": some.sampled_from(OPERATORS)},
    optional={"answerBoolean": some.booleans(), "answerDecimal": NUMBERS, "answerString": WORDS},
)
EXTENSION = some.fixed_dictionaries({"url": WORDS}, optional={"valueString": WORDS, "extension": some.just([])})
MORE = {
    "text": WORDS,
    "prefix": WORDS,
    "required": some.booleans(),
    "repeats": some.booleans(),
    "readOnly": some.booleans(),
    "maxLength": some.integers(1, 99),
    "answerOption": some.lists(OPTION, max_size=3),
    "enableWhen": some.lists(CONDITION, max_size=2),
    "enableBehavior": some.sampled_from(("all", "any")),
    "extension": some.lists(EXTENSION, max_size=2),
    "_text": ANY,
    "x-ours": ANY,
}
LEAF = some.fixed_dictionaries({"type": some.sampled_from(KINDS)}, optional=MORE)
ITEMS = some.lists(
    some.recursive(
        LEAF,
        lambda inner: some.builds(lambda item, below: {**item, "item": below}, LEAF, some.lists(inner, max_size=3)),
        max_leaves=6,
    ),
    min_size=1,
    max_size=4,
)
LAYOUT = some.sampled_from(({}, {"indent": 3}, {"separators": (",", ":")}, {"ensure_ascii": False, "indent": "\t"}))
"""Ways to write the same JSON."""


@some.composite
def forms(draw: some.DrawFn) -> str:
    """A Questionnaire of random items, each with a linkId of its own, its conditions on any of them, as text."""
    items = draw(ITEMS)
    every = list(below(items))
    for number, item in enumerate(every):
        item["linkId"] = f"q{number}"
    for condition in (one for item in every for one in item.get("enableWhen", ())):
        condition["question"] = f"q{draw(some.integers(0, len(every)))}"
    more = draw(some.fixed_dictionaries({}, optional={"title": WORDS, "url": WORDS, "_title": ANY, "x-own": ANY}))
    # Each is another form: the same file twice would be the one that is there already.
    form = {"resourceType": "Questionnaire", "status": "active", "id": str(uuid4()), **more, "item": items}
    return json.dumps(form, **draw(LAYOUT))


def below(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from below(item.get("item", []))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=forms())
async def test_what_comes_in_goes_out_equal_and_comes_in_elsewhere_as_the_same(desk: Desk, text: str) -> None:
    harbor, lakeside = desk.cast.harbor.id, desk.cast.lakeside.id
    async with desk.writing() as work:
        first = await service.import_questionnaire(work, organization_id=harbor, actor=SETTING_UP, raw=text.encode())
        exported = await service.export_questionnaire(work, organization_id=harbor, form_id=UUID(first.form_id))
        second = await service.import_questionnaire(
            work, organization_id=lakeside, actor=SETTING_UP, raw=exported.encode()
        )
        again = await service.export_questionnaire(work, organization_id=lakeside, form_id=UUID(second.form_id))
    assert exported == text == again
    assert first.items == len(list(below(json.loads(text)["item"]))), "nothing is left out"
    assert not second.already_there, "each practice has its own"
    assert (first.title, first.items, first.pages, first.unsupported) == (
        second.title,
        second.items,
        second.pages,
        second.unsupported,
    )
