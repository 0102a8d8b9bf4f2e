"""Days are days in the practice's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.clock import age_on, birthday, is_zone, quarter_of_hour, today_in


def test_midnight_comes_to_each_practice_in_its_own_time() -> None:
    moment = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
    assert today_in("America/New_York", moment) == date(2026, 7, 1)
    assert today_in("America/Los_Angeles", moment) == date(2026, 6, 30)


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 100))
def test_age_changes_on_the_birthday_and_not_the_day_before(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age == 0 or age_on(born, day - timedelta(days=1)) == age - 1


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_quarter_starts_at_most_fifteen_minutes_before(moment: datetime) -> None:
    start = quarter_of_hour(moment)
    assert start.minute in (0, 15, 30, 45)
    assert timedelta(0) <= moment - start < timedelta(minutes=15)


@pytest.mark.parametrize(("name", "known"), [("America/New_York", True), ("Mars/Base", False), ("../etc", False)])
def test_a_zone_is_one_the_machine_knows(name: str, known: bool) -> None:
    assert is_zone(name) is known
