"""The shapes of codes and numbers on superbills."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.billing.superbills import rules
from portal.errors import Invalid
from portal.models import VideoPlace

NPI = "1234567893"
WIDE = "".join(chr(0xFF10 + int(digit)) for digit in NPI)
"""The same in digits that are not those of ASCII."""
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", [NPI, " 1234 567 893 ", "1497758544", ""])
def test_npis(text: str) -> None:
    assert rules.check_npi(text) == "".join(text.split())


@pytest.mark.parametrize("text", ["1234567890", "123456789", "12345678933", "3234567893", "123456789a", WIDE])
def test_what_is_no_npi(text: str) -> None:
    with pytest.raises(Invalid):
        rules.check_npi(text)


@given(st.integers(0, 9), st.sampled_from("0123456789"))
def test_no_single_wrong_digit_gets_through(place: int, digit: str) -> None:
    changed = NPI[:place] + digit + NPI[place + 1 :]
    assert rules.passes_luhn("80840" + changed) == (changed == NPI)


@pytest.mark.parametrize(("text", "kept"), [("123456789", "12-3456789"), (" 12-3456789 ", "12-3456789"), ("", "")])
def test_eins(text: str, kept: str) -> None:
    assert rules.check_ein(text) == kept


@pytest.mark.parametrize("text", ["1-23456789", "12345678", "1234567890", "12-345678x"])
def test_what_is_no_ein(text: str) -> None:
    with pytest.raises(Invalid):
        rules.check_ein(text)


@pytest.mark.parametrize(("text", "kept"), [("90834", "90834"), ("g0444", "G0444"), ("0362T", "0362T"), ("", "")])
def test_procedure_codes(text: str, kept: str) -> None:
    assert rules.check_procedure(text) == kept


@pytest.mark.parametrize("text", ["9083", "908345", "9O834", "90834-95", "therapy"])
def test_what_is_no_procedure_code(text: str) -> None:
    with pytest.raises(Invalid):
        rules.check_procedure(text)


def test_at_most_twelve_diagnoses_each_once() -> None:
    assert rules.check_diagnoses("F41.1;f411\nF41.1") == ("F41.1",)
    many = [f"F{number}.1" for number in range(10, 23)]
    assert len(rules.check_diagnoses(" ".join(many[:12]))) == 12
    with pytest.raises(Invalid):
        rules.check_diagnoses(" ".join(many))


def test_what_held_on_a_day() -> None:
    entries = [(TODAY - timedelta(days=30), ("F41.1",)), (TODAY, ("F32.1",))]
    assert rules.held_on(TODAY - timedelta(days=31), entries) == ()
    assert rules.held_on(TODAY - timedelta(days=1), entries) == ("F41.1",)
    assert rules.held_on(TODAY, entries) == ("F32.1",)


def test_where_a_session_was() -> None:
    assert rules.place_of(by_video=False, video_place=VideoPlace.HOME) == ("11", "")
    assert rules.place_of(by_video=True, video_place=VideoPlace.HOME) == ("10", "95")
    assert rules.place_of(by_video=True, video_place=VideoPlace.ELSEWHERE) == ("02", "95")


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 0), (-367, 0)])
def test_days_that_cannot_be(first: int, last: int) -> None:
    with pytest.raises(Invalid):
        rules.check_period(TODAY + timedelta(days=first), TODAY + timedelta(days=last), today=TODAY)


def test_a_year_is_a_period() -> None:
    assert rules.check_period(TODAY - timedelta(days=366), TODAY, today=TODAY).last == TODAY
    assert rules.usual_period(TODAY).last == TODAY
