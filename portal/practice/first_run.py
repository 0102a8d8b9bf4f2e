"""The form of the first run: its fields, what can be wrong with them, and what can be chosen. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, StringConstraints

from portal.accounts.rules import email_key
from portal.accounts.service_email import read_email
from portal.errors import Invalid
from portal.kit.clock import is_zone
from portal.kit.text import is_printable

CURRENCIES = ("USD", "CAD", "GBP", "EUR", "AUD", "NZD", "CHF", "DKK", "NOK", "SEK", "ZAR", "INR", "SGD", "MXN", "BRL")
SLUG = re.compile(r"[a-z][a-z0-9-]{1,58}")
_AREAS = ("America", "Europe", "Australia", "Pacific", "Africa", "Asia", "Atlantic", "Indian")
_LONGEST_NAME, _LONGEST_ADDRESS = 120, 400
Line = Annotated[str, StringConstraints(strip_whitespace=True)]


class FirstRunFields(BaseModel):
    """What is typed. `slug` may be empty: it is made from the name then. Without a therapist, the administrator is one.

    `therapist_name` and `therapist_email` belong together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    practice: Line = ""
    slug: Line = ""
    zone: Line = "America/New_York"
    currency: Line = "USD"
    location: Line = "Main office"
    address: Line = ""
    name: Line = ""
    email: Line = ""
    password: str = ""
    again: str = ""
    therapist_name: Line = ""
    therapist_email: Line = ""


def slug_of(practice: str) -> str:
    """Suggest the short word for a practice's addresses, such as "green-valley"; empty when none comes out."""
    plain = unicodedata.normalize("NFKD", practice).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:58].strip("-")
    return slug if SLUG.fullmatch(slug) else ""


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """List the time zones that can be chosen, the Americas first."""
    known = (zone for zone in available_timezones() if zone.split("/")[0] in _AREAS)
    return tuple(sorted(known, key=lambda zone: (_AREAS.index(zone.split("/")[0]), zone)))


def problems_of(fields: FirstRunFields) -> dict[str, str]:
    """Return a sentence for each field that cannot be used, in the order of the form; empty when all can."""
    problems: dict[str, str] = {}
    for name, sentence in _problems(fields):
        problems.setdefault(name, sentence)
    return problems


def _problems(fields: FirstRunFields) -> Iterator[tuple[str, str]]:
    yield from _about_line(fields.practice, "practice", "Enter the name of your practice.")
    if fields.practice and not SLUG.fullmatch(fields.slug or slug_of(fields.practice)):
        yield "slug", "Use small letters, digits and hyphens, beginning with a letter, such as green-valley."
    if not is_zone(fields.zone):
        yield "zone", "Choose your time zone."
    if fields.currency not in CURRENCIES:
        yield "currency", "Choose your currency."
    yield from _about_line(fields.location, "location", "Enter a name for the place, such as Main office.")
    if len(fields.address) > _LONGEST_ADDRESS:
        yield "address", f"Please use at most {_LONGEST_ADDRESS} letters."
    yield from _about_line(fields.name, "name", "Enter your name.")
    yield from _about_email(fields.email, "email")
    if fields.password != fields.again:
        yield "again", "The two passwords are not the same. Please type both again."
    yield from _about_therapist(fields)


def _about_therapist(fields: FirstRunFields) -> Iterator[tuple[str, str]]:
    if not fields.therapist_name and not fields.therapist_email:
        return
    yield from _about_line(fields.therapist_name, "therapist_name", "Enter the therapist's name.")
    yield from _about_email(fields.therapist_email, "therapist_email")
    if email_key(fields.therapist_email) == email_key(fields.email):
        yield "therapist_email", "That is your own address. Leave both fields empty if you see clients yourself."


def _about_line(text: str, name: str, missing: str) -> Iterator[tuple[str, str]]:
    if not text:
        yield name, missing
    elif len(text) > _LONGEST_NAME or not is_printable(text):
        yield name, f"Please use at most {_LONGEST_NAME} letters, on one line."


def _about_email(text: str, name: str) -> Iterator[tuple[str, str]]:
    try:
        read_email(text)
    except Invalid as wrong:
        yield name, wrong.sentence
