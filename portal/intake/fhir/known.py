"""Read-only questions of forms from elsewhere: what the portal can fill in, found by the question's own name.

Such forms expect the program around them to know the patient, so a read-only question is filled from the client and the
practice where its name says what it wants, and left blank, never in the way, where it does not.
"""

import re
from collections.abc import Mapping
from typing import Any

from portal.intake.fhir.form import Item, Kind, Value

GIVEN_NAME, FAMILY_NAME, NAME, BIRTH_DATE, TODAY = "given_name", "family_name", "name", "birth_date", "today"
PRACTICE, THERAPIST, EMAIL, PHONE, IS_ADULT = "practice", "therapist", "email", "phone", "is_adult"

# The first line whose words are all there wins.
_NAMES: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(words.split()), fact)
    for words, fact in (
        ("birthdate", BIRTH_DATE),
        ("birth date", BIRTH_DATE),
        ("date of birth", BIRTH_DATE),
        ("birthday", BIRTH_DATE),
        ("dob", BIRTH_DATE),
        ("will be 18", IS_ADULT),
        ("is adult", IS_ADULT),
        ("first name", GIVEN_NAME),
        ("given name", GIVEN_NAME),
        ("last name", FAMILY_NAME),
        ("family name", FAMILY_NAME),
        ("therapist", THERAPIST),
        ("clinician", THERAPIST),
        ("counselor", THERAPIST),
        ("practice", PRACTICE),
        ("clinic", PRACTICE),
        ("today", TODAY),
        ("current date", TODAY),
        ("patient name", NAME),
        ("client name", NAME),
        ("full name", NAME),
        ("patient email", EMAIL),
        ("client email", EMAIL),
        ("patient phone", PHONE),
        ("client phone", PHONE),
        ("patient number", PHONE),
    )
)
# These are about somebody else than the client.
_OTHERS = frozenset(
    {"emergency", "responsible", "guardian", "parent", "mother", "father", "policy", "holder", "insured", "insurance"}
    | {"employer", "attorney", "pharmacy", "spouse", "contact", "relationship", "missing"}
)


def fact_of(link: str, text: str, kind: Kind) -> str:
    """Return what a read-only question is filled with, by its linkId, else by its text; "" for nothing we know."""
    if kind not in (Kind.STRING, Kind.TEXT, Kind.DATE, Kind.BOOLEAN):
        return ""
    for source in (link, text):
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", source)
        found = set(re.findall(r"[a-z]+|\d+", spaced.lower()))
        fact = "" if found & _OTHERS else next((fact for words, fact in _NAMES if words <= found), "")
        if fact and (kind is Kind.BOOLEAN) == (fact == IS_ADULT) and (kind is not Kind.DATE or fact in _DAYS):
            return fact
    return ""


_DAYS = (BIRTH_DATE, TODAY)


def value_of(item: Item, facts: Mapping[str, Any]) -> tuple[Value, ...]:
    """Return what stands in a read-only question, given what is known: by fact, text, days as ISO 8601."""
    known = facts.get(item.fact)
    if known in (None, ""):
        return ()
    if item.kind is Kind.BOOLEAN:
        return ({"valueBoolean": known is True},)
    return ({"valueDate" if item.kind is Kind.DATE else "valueString": str(known)},)
