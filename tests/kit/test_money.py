"""Money is whole cents with a currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.money import Money

CENTS = st.integers(min_value=-(10**11), max_value=10**11)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(14000, "USD"), "$140.00"),
        (Money(-5, "USD"), "-$0.05"),
        (Money(123456789, "EUR"), "€1,234,567.89"),
        (Money(100, "CHF"), "1.00 CHF"),
    ],
)
def test_money_is_written_with_its_currency(money: Money, text: str) -> None:
    assert str(money) == text


@pytest.mark.parametrize("cents", [1.5, True, "100", 10**12 + 1, -(10**12) - 1])
def test_money_refuses_what_is_not_a_sensible_number_of_cents(cents: object) -> None:
    with pytest.raises(ValueError, match=r"cents|large"):
        Money(cents, "USD")  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize("currency", ["usd", "US", "USDX", "", "$$$"])
def test_money_refuses_what_is_not_a_currency(currency: str) -> None:
    with pytest.raises(ValueError, match="three capital letters"):
        Money(1, currency)


def test_two_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="USD and EUR"):
        assert Money(1, "USD") < Money(1, "EUR")


@given(CENTS, CENTS)
def test_adding_and_taking_away_is_exact(one: int, other: int) -> None:
    left, right = Money(one, "USD"), Money(other, "USD")
    assert (left + right) - right == left
    assert (left < right) == (one < other)
