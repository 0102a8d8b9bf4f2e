"""What a superbill needs, and what each code has to look like. Pure.

Shapes: NPI as in 45 CFR 162.406, ten digits whose last one checks the others (Luhn, with the prefix 80840); CPT and
HCPCS codes of five characters; ICD-10-CM codes of three to seven with a dot after the third; EIN of nine digits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from portal.billing.superbills import words
from portal.errors import Invalid
from portal.kit.text import is_printable, tidy
from portal.models import VideoPlace

_NPI, _NPI_PREFIX = re.compile(r"[12]\d{9}", re.ASCII), "80840"
_EIN = re.compile(r"(\d{2})-?(\d{7})", re.ASCII)
_PROCEDURE = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}", re.ASCII)
_DIAGNOSIS = re.compile(r"([A-Z]\d[0-9AB])(?:\.?([0-9A-Z]{1,4}))?", re.ASCII)
_BETWEEN = re.compile(r"[\s,;]+")
MOST_DIAGNOSES = 12
LONGEST = timedelta(days=366)
OFFICE = "11"
TELEHEALTH_MODIFIER = "95"


class Gap(StrEnum):
    """What is missing for a session to stand on a superbill."""

    PROCEDURE = "procedure"
    DIAGNOSIS = "diagnosis"
    NPI = "npi"


@dataclass(frozen=True, slots=True)
class Clinician:
    """Who gave care. `licence` and `npi` are empty where nobody has entered them."""

    name: str
    licence: str
    npi: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that was kept and charged, as far as it is on record. `fee` and `paid` are cents of `currency`.

    `fee` is what it came to after discounts; what insurance paid stays part of it, and is not part of `paid`.
    """

    charge_id: UUID
    day: date
    service: str
    procedure: str
    by_video: bool
    clinician: Clinician
    diagnoses: tuple[str, ...]
    fee: int
    paid: int
    currency: str

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing; an insurer refuses a session without any of these."""
        there = {Gap.PROCEDURE: self.procedure, Gap.DIAGNOSIS: self.diagnoses, Gap.NPI: self.clinician.npi}
        return tuple(gap for gap, value in there.items() if not value)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a superbill is about, both included."""

    first: date
    last: date


def check_npi(text: str) -> str:
    """Return an NPI as it is kept; empty for none. Raises Invalid."""
    npi = "".join(text.split())
    if npi and not (_NPI.fullmatch(npi) and passes_luhn(_NPI_PREFIX + npi)):
        raise Invalid(words.NPI)
    return npi


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others: every second one from the right is doubled, and all add up to tens."""
    doubled = [int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def check_ein(text: str) -> str:
    """Return a tax ID as it is kept, "12-3456789"; empty for none. Raises Invalid."""
    if not text.strip():
        return ""
    found = _EIN.fullmatch("".join(text.split()))
    if found is None:
        raise Invalid(words.EIN)
    return f"{found[1]}-{found[2]}"


def check_procedure(text: str) -> str:
    """Return a CPT or HCPCS code as it is kept; empty for none. Raises Invalid."""
    code = "".join(text.split()).upper()
    if code and not _PROCEDURE.fullmatch(code):
        raise Invalid(words.PROCEDURE)
    return code


def check_line(text: str, longest: int) -> str:
    """Return a line of text as it is kept. Raises Invalid."""
    line = tidy(text)
    if len(line) > longest:
        raise Invalid(words.TOO_LONG)
    if not is_printable(line):
        raise Invalid(words.UNREADABLE)
    return line


def check_diagnoses(text: str) -> tuple[str, ...]:
    """Return the codes in a text, each once and with its dot; none for an empty text. Raises Invalid."""
    parts = [part for part in _BETWEEN.split(text.upper()) if part]
    codes = dict.fromkeys(_diagnosis(part, place) for place, part in enumerate(parts, 1))
    if len(codes) > MOST_DIAGNOSES:
        raise Invalid(words.TOO_MANY)
    return tuple(codes)


def _diagnosis(text: str, place: int) -> str:
    found = _DIAGNOSIS.fullmatch(text)
    if found is None:
        raise Invalid(words.DIAGNOSIS.format(place=place))
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def check_period(first: date, last: date, *, today: date) -> Period:
    """Return the days that a superbill is to be about. Raises Invalid."""
    if not first <= last <= today or last - first > LONGEST:
        raise Invalid(words.PERIOD)
    return Period(first, last)


def usual_period(today: date) -> Period:
    """Return the days that are offered first: from a year ago until today."""
    return Period(today - timedelta(days=364), today)


def place_of(*, by_video: bool, video_place: VideoPlace) -> tuple[str, str]:
    """Return the code for where a session was, and the modifier that goes with it."""
    return (video_place.value, TELEHEALTH_MODIFIER) if by_video else (OFFICE, "")


def held_on(day: date, entries: Sequence[tuple[date, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the diagnoses that held on a day; `entries` are by first day, the earliest first."""
    held: tuple[str, ...] = ()
    for first_day, codes in entries:
        if first_day <= day:
            held = codes
    return held
