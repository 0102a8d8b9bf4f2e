"""What may stand in a policy, and what a decision about a proposal comes to. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.clients.rules import InvalidFields, check_birth_date, check_name
from portal.errors import Invalid
from portal.insurance import words
from portal.kit.text import fold, is_printable, tidy
from portal.models import Subscriber

Details = Mapping[str, str]
"""What stands in a policy as text, by field; a day is "2026-11-24", and what is not there is empty."""
TEXTS = (
    "plan",
    "member_id",
    "group_number",
    "subscriber",
    "subscriber_name",
    "subscriber_birth_date",
    "first_day",
    "last_day",
)
PHOTOS = ("front", "back")
FIELDS = tuple(words.FIELDS)
_LONGEST = {"plan": 120, "member_id": 40, "group_number": 40}
_YEARS = 60


class Verdict(StrEnum):
    """What staff decide about one field."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision about one field; `value` is what staff wrote instead, where they did."""

    verdict: Verdict
    value: str = ""


def check_details(fields: Details, *, today: date) -> dict[str, str]:
    """Return what was typed in the form in which it is kept; raises InvalidFields, which names every bad field."""
    is_self = fields.get("subscriber") == Subscriber.SELF
    checks: dict[str, Callable[[str], str]] = {
        "plan": lambda text: _line("plan", text),
        "member_id": lambda text: _number("member_id", text, required=True),
        "group_number": lambda text: _number("group_number", text),
        "subscriber": _subscriber,
        "subscriber_name": lambda text: _holder(text, is_self),
        "subscriber_birth_date": lambda text: _born(text, is_self, today),
        "first_day": lambda text: _day("first_day", text, today),
        "last_day": lambda text: _day("last_day", text, today),
    }
    kept: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name, check in checks.items():
        try:
            kept[name] = check(fields.get(name, ""))
        except Invalid as wrong:
            problems[name] = wrong.sentence
    if not problems and kept["first_day"] and kept["last_day"] and kept["last_day"] < kept["first_day"]:
        problems["last_day"] = words.ENDS_FIRST
    if problems:
        raise InvalidFields(problems)
    return kept


def check_payer_name(text: str) -> str:
    """Return the name of a company as it is kept. Raises InvalidFields."""
    name = tidy(text)
    if not 2 <= len(name) <= 120 or not is_printable(name) or not any(letter.isalpha() for letter in name):
        raise InvalidFields({"payer": words.PAYER_NAME})
    return name


def payer_key(name: str) -> str:
    """Return by what a company is found: its name, folded."""
    return fold(tidy(name))[:240]


def changes_between(before: Details, after: Details) -> dict[str, str]:
    """Return the texts that are other than before."""
    return {name: after.get(name, "") for name in TEXTS if after.get(name, "") != before.get(name, "")}


def merged(current: Details, changes: Details, rulings: Mapping[str, Ruling]) -> dict[str, str]:
    """Return the texts of a policy once rulings about changes of it are carried out."""
    kept = {name: current.get(name, "") for name in TEXTS}
    for name in TEXTS:
        ruling = rulings.get(name)
        if ruling is not None and ruling.verdict is not Verdict.REJECT:
            kept[name] = ruling.value if ruling.verdict is Verdict.EDIT else changes[name]
    return kept


def check_rulings(proposed: Sequence[str], rulings: Mapping[str, Ruling]) -> None:
    """Refuse rulings that leave a proposed field out, or are about one that was not proposed. Raises Invalid."""
    if set(proposed) != set(rulings):
        raise Invalid(words.EVERY_FIELD)
    if any(rulings[name].verdict is Verdict.EDIT for name in PHOTOS if name in rulings):
        raise Invalid(words.EVERY_FIELD)


def all_rejected(rulings: Mapping[str, Ruling]) -> bool:
    """Whether nothing comes of a proposal."""
    return all(one.verdict is Verdict.REJECT for one in rulings.values())


def order_with(order: Sequence[UUID], one: UUID, place: int) -> list[UUID]:
    """Return the order of policies with one of them at a place, counted from 1; the others keep theirs among them."""
    others = [each for each in order if each != one]
    others.insert(min(place, len(others) + 1) - 1, one)
    return others


def _line(name: str, text: str) -> str:
    kept = tidy(text)
    field, most = words.field_of(name), _LONGEST[name]
    if len(kept) > most:
        raise Invalid(words.TOO_LONG.format(field=field, most=most))
    if not is_printable(kept):
        raise Invalid(words.ODD.format(field=field))
    return kept


def _number(name: str, text: str, *, required: bool = False) -> str:
    kept = _line(name, text)
    if required and not kept:
        raise Invalid(words.MISSING.format(field=words.field_of(name)))
    if not all(mark.isascii() and (mark.isalnum() or mark in " -./#*") for mark in kept):
        raise Invalid(words.CARD_SIGNS.format(field=words.field_of(name)))
    return kept.upper()


def _subscriber(text: str) -> str:
    if text not in set(Subscriber):
        raise Invalid(words.NO_SUCH_CHOICE)
    return text


def _holder(text: str, is_self: bool) -> str:
    if is_self:
        return ""
    return check_name(text, words.field_of("subscriber_name"))


def _born(text: str, is_self: bool, today: date) -> str:
    if is_self:
        return ""
    born = check_birth_date(text, today)
    if born is None:
        raise Invalid(words.MISSING.format(field=words.field_of("subscriber_birth_date")))
    return born.isoformat()


def _day(name: str, text: str, today: date) -> str:
    if not text.strip():
        return ""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(words.NOT_A_DAY.format(field=words.field_of(name))) from None
    if abs(day.year - today.year) > _YEARS:
        raise Invalid(words.OUT_OF_RANGE.format(field=words.field_of(name)))
    return day.isoformat()
