"""What is owed, what may be paid of it, and where money goes. Arithmetic on whole cents; no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.billing import words
from portal.errors import Conflict, Invalid, NotFound

LEAST_BY_CARD = 50
"""Cents: the processor takes no smaller payment in any of the usual currencies."""
MOST_CENTS = 100_000_000
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One charge and what became of it so far, in cents. `reserved` is what open attempts are about to pay."""

    charge_id: UUID
    client_id: UUID
    on_day: date
    amount: int
    currency: str
    revision: int
    adjusted: int = 0
    allocated: int = 0
    reserved: int = 0
    label: bytes | None = None

    @property
    def worth(self) -> int:
        """What the charge comes to, after every adjustment."""
        return self.amount + self.adjusted

    @property
    def open(self) -> int:
        """What is still to be paid; below zero where more was paid than it came to."""
        return self.worth - self.allocated

    @property
    def free(self) -> int:
        """What somebody can pay now: what is open, less what others are paying at this moment."""
        return max(0, self.open - self.reserved)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of some money, and the charge it is for."""

    charge_id: UUID
    cents: int


def owed(lines: Iterable[Line]) -> int:
    """Return what is owed in all; what was paid too much for one charge pays for no other."""
    return sum(max(0, line.open) for line in lines)


def choose(
    lines: Sequence[Line], charge_ids: Sequence[UUID], *, part: int | None, seen: int
) -> tuple[list[Line], list[Share]]:
    """Return the chosen charges and what is to be paid of each: several wholly, or a `part` (cents) of one.

    `seen` is the sum that the person was shown for the chosen charges. Raises NotFound for a charge that is not among
    `lines`; Conflict when it is no longer what they saw; Invalid for a part that cannot be paid.
    """
    if not 0 < len(set(charge_ids)) == len(charge_ids) <= MOST_AT_ONCE:
        raise Invalid(words.CHOOSE_SOMETHING)
    known = {line.charge_id: line for line in lines}
    if not set(charge_ids) <= set(known):
        raise NotFound
    chosen = [known[charge_id] for charge_id in charge_ids]
    if len({line.currency for line in chosen}) > 1:
        raise Invalid(words.ONE_CURRENCY)
    whole = sum(line.free for line in chosen)
    if any(line.free == 0 for line in chosen) or whole != seen:
        raise Conflict(words.HAS_CHANGED)
    if part is None:
        return chosen, [Share(line.charge_id, line.free) for line in chosen]
    return chosen, [_part_of(chosen, part)]


def _part_of(chosen: Sequence[Line], part: int) -> Share:
    if len(chosen) != 1:
        raise Invalid(words.PART_OF_ONE)
    if part > chosen[0].free:
        raise Invalid(words.MORE_THAN_OWED)
    if part < LEAST_BY_CARD and part != chosen[0].free:
        raise Invalid(words.TOO_LITTLE)
    return Share(chosen[0].charge_id, part)


def spread(cents: int, lines: Iterable[Line]) -> list[Share]:
    """Let money pay charges, oldest first, each at most what is free of it; what is left over is for none."""
    shares: list[Share] = []
    for line in sorted(lines, key=lambda one: (one.on_day, one.charge_id)):
        if (share := min(cents, line.free)) > 0:
            shares.append(Share(line.charge_id, share))
            cents -= share
    return shares


def fit(shares: Iterable[Share], lines: Mapping[UUID, Line]) -> list[Share]:
    """Cut shares down to what is open: a payment that comes late pays no charge twice."""
    cut = (Share(share.charge_id, min(share.cents, max(0, lines[share.charge_id].open))) for share in shares)
    return [share for share in cut if share.cents > 0]


def take_back(cents: int, held: Sequence[Share]) -> list[Share]:
    """Say from which charges a refund takes its money: from the last that the payment paid first."""
    shares: list[Share] = []
    for share in reversed(held):
        if (back := min(cents, share.cents)) > 0:
            shares.append(Share(share.charge_id, back))
            cents -= back
    return shares


def check_adjustment(line: Line, cents: int) -> None:
    """Refuse what would make a charge worth less than was paid for it, or is being paid. Raises Invalid."""
    if cents == 0 or abs(cents) > MOST_CENTS:
        raise Invalid(words.NO_AMOUNT)
    if line.worth + cents < line.allocated + line.reserved:
        raise Invalid(words.PAID_ALREADY)
