"""What is made of an argument from the browser."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from portal.errors import Invalid
from portal.ui.parsing import Id, parse

ID = "0191b3a0-0000-7000-8000-000000000000"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    day: date
    count: Annotated[int, Field(ge=0, le=9)]


class Loose(BaseModel):
    day: date


@pytest.mark.parametrize(
    ("shape", "value", "result"),
    [
        (Id, ID, UUID(ID)),
        (list[Id], [ID], [UUID(ID)]),
        (Annotated[str, Field(max_length=3)], "abc", "abc"),
        (date, "2026-11-24", date(2026, 11, 24)),
        (Strict, {"day": "2026-11-24", "count": 3}, Strict(day=date(2026, 11, 24), count=3)),
        (bool, True, True),
        (str, "\U0001f600 ü", "\U0001f600 ü"),
    ],
)
def test_what_fits(shape: Any, value: Any, result: Any) -> None:
    assert parse(shape, value) == result


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Id, True),
        (Id, 1),
        (Id, ID.replace("-", "")),
        (Id, f"{{{ID}}}"),
        (Id, {"id": ID}),
        (int, "1"),
        (int, True),
        (int, 1.0),
        (int, 10**30),
        (int, -(2**64)),
        (str, 1),
        (str, "nul\x00"),
        (str, "\ud800"),
        (dict[str, str], {"\x00": "x"}),
        (bool, 1),
        (bool, "true"),
        (float, float("nan")),
        (float, float("inf")),
        (date, 20261124),
        (date, "24/11/2026"),
        (Strict, {"day": "2026-11-24", "count": "3"}),
        (Strict, {"day": "2026-11-24", "count": 3, "id": ID}),
        (Strict, [["day", "2026-11-24"]]),
        (Any, [[[[[[[[[[[[[[1]]]]]]]]]]]]]]),
    ],
)
def test_what_does_not_fit_gets_a_sentence_without_the_value(shape: Any, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        parse(shape, value, "Please check the day.")
    assert refused.value.sentence == "Please check the day."
    assert refused.value.__cause__ is None


def test_a_model_that_takes_extra_fields_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        parse(Loose, {"day": "2026-11-24"})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(anything)
def test_whatever_comes_parse_answers_or_refuses(value: Any) -> None:
    for shape in (Id, int, str, list[Id], Strict, dict[str, str], Any):
        try:
            parse(shape, value)
        except Invalid:
            continue
