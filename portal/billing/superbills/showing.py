"""What a superbill says, and what staff are told is missing. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.billing.showing import day_of
from portal.billing.superbills import rules, words
from portal.billing.superbills.rules import Clinician, Gap, Visit
from portal.billing.superbills.service import Superbill
from portal.kit.money import Money
from portal.models import Client, Organization


def superbill_paper(found: Superbill, *, today: date) -> dict[str, Any]:
    """Write a superbill for the typesetter. What is not recorded is left out, never made up."""
    practice, client = found.practice, found.client
    return {
        "title": words.TITLE,
        "practice": practice.name,
        "lines": [*_practice_lines(practice), *_client_lines(client), ("Days", _days(found))],
        "clinicians": [_clinician(one) for one in _clinicians(found.visits)],
        "head": words.HEAD,
        "rows": [_row(visit, practice) for visit in found.visits],
        "totals": _totals(found.visits),
        "foot": " ".join(
            part
            for part in (
                words.FOOT.format(practice=practice.name, day=day_of(today)),
                words.FEES,
                words.left_out(len(found.left_out)),
            )
            if part
        ).strip(),
    }


def gaps_of(found: Superbill) -> list[str]:
    """Say in words what is missing for the sessions of a superbill, and who enters it. Empty where nothing is."""
    missing = {gap: [visit for visit in found.left_out if gap in visit.gaps] for gap in Gap}
    told = []
    if without := _names(visit.service for visit in missing[Gap.PROCEDURE]):
        told.append(words.no_procedure(without))
    if without := _names(visit.clinician.name for visit in missing[Gap.NPI]):
        told.append(words.no_npi(without))
    if visits := missing[Gap.DIAGNOSIS]:
        told.append(words.no_diagnosis(len(visits), day_of(visits[0].day)))
    kept = {"ein": found.practice.ein, "npi": found.practice.npi, "billing_address": found.practice.billing_address}
    if without := [words.WHATS[name] for name, value in kept.items() if not value]:
        told.append(words.NO_PRACTICE.format(what=words.named(without)))
    if found.client.birth_date is None:
        told.append(words.NO_BIRTH_DATE)
    return told


def _practice_lines(practice: Organization) -> list[tuple[str, str]]:
    lines = (
        ("Address", practice.billing_address),
        ("Phone", practice.phone),
        ("Tax ID (EIN)", practice.ein),
        ("NPI of the practice", practice.npi),
    )
    return [(name, value) for name, value in lines if value]


def _client_lines(client: Client) -> list[tuple[str, str]]:
    lines = [("Client", f"{client.given_name} {client.family_name}")]
    return [*lines, ("Date of birth", us_day(client.birth_date))] if client.birth_date else lines


def _days(found: Superbill) -> str:
    return f"{us_day(found.period.first)} to {us_day(found.period.last)}"


def _clinicians(visits: Iterable[Visit]) -> list[Clinician]:
    return list(dict.fromkeys(visit.clinician for visit in visits))


def _clinician(one: Clinician) -> str:
    return ", ".join(part for part in (one.name, one.licence, f"NPI {one.npi}") if part)


def _row(visit: Visit, practice: Organization) -> tuple[str, ...]:
    place, modifier = rules.place_of(by_video=visit.by_video, video_place=practice.video_place)
    return (
        us_day(visit.day),
        "-".join(part for part in (visit.procedure, modifier) if part),
        visit.service,
        place,
        ", ".join(visit.diagnoses),
        visit.clinician.name,
        "1",
        str(Money(visit.fee, visit.currency)),
        str(Money(visit.paid, visit.currency)),
    )


def _totals(visits: Iterable[Visit]) -> list[tuple[str, str]]:
    """Add up fees and payments, each currency by itself."""
    sums: dict[str, tuple[int, int]] = {}
    for visit in visits:
        fee, paid = sums.get(visit.currency, (0, 0))
        sums[visit.currency] = fee + visit.fee, paid + visit.paid
    totals = []
    for currency, (fee, paid) in sums.items():
        totals += [("Fees", str(Money(fee, currency))), ("Paid by the client's side", str(Money(paid, currency)))]
    return totals


def us_day(day: date) -> str:
    """Write a day as insurers in the United States do."""
    return f"{day:%m/%d/%Y}"


def _names(found: Iterable[str]) -> list[str]:
    return sorted(set(found))
