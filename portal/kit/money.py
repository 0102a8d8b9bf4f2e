"""Money: whole cents with their currency. Never a float."""

import re
from dataclasses import dataclass

_CURRENCY = re.compile(r"[A-Z]{3}")
_LIMIT = 10**12
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in the smallest unit of a currency (cents), with its ISO 4217 code.

    Raises ValueError for a code that is not three capital letters, for an amount that is not an integer, and for one
    beyond ten thousand million units: that is a mistake, not a bill.
    """

    cents: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise ValueError("Money is counted in whole cents.")
        if abs(self.cents) > _LIMIT:
            raise ValueError("That amount is too large.")
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError("A currency is three capital letters, such as USD.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.cents < self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added or compared.")
        return other.cents

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        whole, cents = divmod(abs(self.cents), 100)
        symbol = _SYMBOLS.get(self.currency)
        amount = f"{whole:,}.{cents:02d}"
        return f"{sign}{symbol}{amount}" if symbol else f"{sign}{amount} {self.currency}"
