"""From policies and their versions to what pages show. Pure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from portal.insurance import rules, words
from portal.insurance.queries import Held
from portal.insurance.sealing import details_of
from portal.insurance.views import ComparedLine, Line, PastVersion, PolicyView
from portal.intake.moments import day_in_words, moment_in_words
from portal.kit.crypto import KeyRing
from portal.models import Payer, PolicyVersion, Subscriber

_DAYS = frozenset({"subscriber_birth_date", "first_day", "last_day"})


def policy_view(held: Held, ring: KeyRing) -> PolicyView:
    """Turn a policy into what may be seen of it."""
    details = details_of(ring, held.version)
    place = held.policy.place
    return PolicyView(
        id=str(held.policy.id),
        place=words.place_of(place),
        number=place or 0,
        payer=held.payer.name,
        revision=held.policy.revision,
        lines=_lines(details, held.version),
        fields={"payer": held.payer.name, **details, **_cards(held.version)},
        is_first=place == 1,
        waiting=held.waits,
    )


def in_words(name: str, value: str) -> str:
    """Write what stands in a field as people read it."""
    if name == "subscriber":
        return words.SUBSCRIBERS[Subscriber(value)] if value in set(Subscriber) else ""
    return day_in_words(value) if name in _DAYS and value else value


def address_of(photo: UUID | str | None) -> str:
    """Return where a photo can be read; empty where there is none."""
    return f"/files/{photo}" if photo else ""


def kind_of(name: str) -> str:
    """Return by what kind of control a field is written: text, payer, choice, day or photo."""
    if name in rules.PHOTOS:
        return "photo"
    if name == "subscriber":
        return "choice"
    if name == "payer":
        return "payer"
    return "day" if name in _DAYS else "text"


def history(versions: Sequence[tuple[PolicyVersion, Payer, str]], ring: KeyRing, zone: str) -> list[PastVersion]:
    """Say what each version of one policy changed, the last first."""
    past: list[PastVersion] = []
    before: dict[str, str] = {}
    for version, payer, writer in versions:
        after = {"payer": payer.name, **details_of(ring, version), **_cards(version)}
        told = f"{writer}, {moment_in_words(version.written_at.isoformat(), zone)}"
        past.append(PastVersion(str(version.id), told, compared(before, after)))
        before = after
    return past[::-1]


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[ComparedLine]:
    """List the fields that differ, in their order. Photos are ids."""
    return [
        line_of(name, before.get(name, ""), after.get(name, ""))
        for name in rules.FIELDS
        if before.get(name, "") != after.get(name, "")
    ]


def line_of(name: str, before: str, after: str) -> ComparedLine:
    """Put what a field was beside what it is to be."""
    if name in rules.PHOTOS:
        return ComparedLine(
            name,
            words.FIELDS[name],
            "",
            "",
            before_photo=address_of(before),
            after_photo=address_of(after),
            kind="photo",
        )
    return ComparedLine(
        name, words.FIELDS[name], in_words(name, before), in_words(name, after), kind=kind_of(name), raw=after
    )


def everything(held: Held, ring: KeyRing) -> dict[str, str]:
    """Return all that stands in a policy, by field; photos as ids."""
    return {"payer": held.payer.name, **details_of(ring, held.version), **_cards(held.version)}


def _lines(details: Mapping[str, str], version: PolicyVersion) -> list[Line]:
    texts = [
        Line(name, words.FIELDS[name], in_words(name, details[name])) for name in rules.TEXTS if details.get(name, "")
    ]
    photos = [
        Line(name, words.FIELDS[name], "", address_of(photo))
        for name, photo in (("front", version.front_id), ("back", version.back_id))
        if photo
    ]
    return texts + photos


def _cards(version: PolicyVersion) -> dict[str, str]:
    return {
        "front": str(version.front_id) if version.front_id else "",
        "back": str(version.back_id) if version.back_id else "",
    }
