"""What may stand in a client's or a contact's record: pure checks, each refusal a sentence beside its field."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from portal.clients import words
from portal.clients.views import ClientFields, ClientStatus, ContactFields
from portal.errors import Invalid
from portal.kit.clock import birthday
from portal.kit.text import is_printable, tidy
from portal.models import Client

OLDEST = 120
LONGEST_NAME = 80
LONGEST_RELATIONSHIP = 60
DEFAULT_REGION = "US"


class InvalidFields(Invalid):
    """Some fields cannot be kept. `fields` has a sentence for each of them, by name."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(words.CHECK_FIELDS.format(problems=" ".join(fields.values())))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's particulars, checked and in the one form in which they are kept. Contacts have no date of birth."""

    given_name: str
    family_name: str
    birth_date: date | None
    email: str
    phone: str

    @property
    def name(self) -> str:
        """The name as people write it."""
        return f"{self.given_name} {self.family_name}"


def check_identity(fields: ClientFields | ContactFields, *, today: date, region: str) -> Identity:
    """Return what was typed in the form in which it is kept; raises InvalidFields, which names every bad field.

    `region` ("US") is where a phone number without a country code is from.
    """
    identity, problems = read_identity(fields, today=today, region=region)
    if identity is None:
        raise InvalidFields(problems)
    return identity


def read_identity(
    fields: ClientFields | ContactFields, *, today: date, region: str
) -> tuple[Identity | None, dict[str, str]]:
    """Check what was typed; returns it in the form in which it is kept, or a sentence for each bad field."""
    born = fields.birth_date if isinstance(fields, ClientFields) else ""
    checks: dict[str, Callable[[], object]] = {
        "given_name": lambda: check_name(fields.given_name, "first name"),
        "family_name": lambda: check_name(fields.family_name, "last name"),
        "birth_date": lambda: check_birth_date(born, today),
        "email": lambda: check_email(fields.email),
        "phone": lambda: check_phone(fields.phone, region),
    }
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field, check in checks.items():
        try:
            values[field] = check()
        except Invalid as wrong:
            problems[field] = wrong.sentence
    return (None if problems else Identity(**values)), problems


def check_name(text: str, field: str) -> str:
    """Return a name without spaces around it. It has a letter, and nothing that people cannot see."""
    name = tidy(text)
    for holds, sentence in (
        (name, words.NAME_MISSING),
        (is_printable(name), words.NAME_ODD),
        (len(name) <= LONGEST_NAME, words.NAME_LONG),
        (any(letter.isalpha() for letter in name), words.NAME_NO_LETTER),
    ):
        if not holds:
            raise Invalid(sentence.format(field=field))
    return name


def check_birth_date(text: str, today: date) -> date | None:
    """Return the day, None for an empty text; not in the future, and at most 120 years ago."""
    if not text.strip():
        return None
    try:
        born = date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(words.BIRTH_DATE_BAD) from None
    if born > today:
        raise Invalid(words.BIRTH_DATE_FUTURE)
    if born.year + OLDEST < today.year or birthday(born, OLDEST) < today:
        raise Invalid(words.BIRTH_DATE_OLD)
    return born


def check_email(text: str) -> str:
    """Return the address as it is written to, empty for an empty text. Nobody is asked whether it exists."""
    if not text.strip():
        return ""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise Invalid(words.EMAIL_BAD) from None


def check_phone(text: str, region: str) -> str:
    """Return the number with its country code, such as "+1 212-555-0142", and its extension; empty for nothing."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text[:60], region)
    except phonenumbers.NumberParseException:
        raise Invalid(words.PHONE_BAD) from None
    if not phonenumbers.is_possible_number(number):
        raise Invalid(words.PHONE_BAD)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)[:40]


def lets_in(client: Client, identity: Identity, write: Collection[str], *, majority_age: int, today: date) -> bool:
    """Whether writing these fields of `identity` opens a record to somebody, as a grant would.

    An invitation goes to the address of who has no login; the date of birth is asked of whoever follows it, and from a
    certain birthday on parents see nothing any more.
    """
    if "email" in write and identity.email and client.account_id is None:
        return True
    if "birth_date" not in write or client.birth_date is None:
        return False
    if identity.birth_date is None:
        return True
    return birthday(client.birth_date, majority_age) <= today < birthday(identity.birth_date, majority_age)


def check_relationship(text: str) -> str:
    """Return what somebody is to a client, such as "mother"."""
    relationship = tidy(text)
    if not relationship:
        raise InvalidFields({"relationship": words.RELATIONSHIP_MISSING})
    if len(relationship) > LONGEST_RELATIONSHIP or not is_printable(relationship):
        raise InvalidFields({"relationship": words.RELATIONSHIP_BAD})
    return relationship


@lru_cache(maxsize=256)
def region_of(practice_phone: str) -> str:
    """Return the country ("US") that numbers without a country code are from: that of the practice's own number."""
    try:
        number = phonenumbers.parse(practice_phone, None)
    except phonenumbers.NumberParseException:
        return DEFAULT_REGION
    return phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(
        number.country_code or 1
    )


def status_of(*, is_archived: bool, has_login: bool, has_email: bool, is_invited: bool) -> ClientStatus:
    """Return how far a client has come towards the portal: the first of these that holds."""
    for holds, status in (
        (is_archived, ClientStatus.ARCHIVED),
        (has_login, ClientStatus.ACTIVE),
        (is_invited, ClientStatus.INVITED),
        (has_email, ClientStatus.NOT_INVITED),
    ):
        if holds:
            return status
    return ClientStatus.NO_EMAIL
