"""What the portal knows of a client, for read-only questions of forms that expect it to (fhir.known)."""

from functools import lru_cache
from typing import Any

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.intake import queries
from portal.intake.fhir import known
from portal.intake.fhir.form import Form

_ADULT = 18


async def facts_for(work: Work, access: ClientAccess, form: Form) -> dict[str, Any]:
    """Return what fills the read-only questions of a form. One statement, none for a form that has no such question."""
    wanted = _wanted(form)
    if not wanted:
        return {}
    client = await queries.client_facts(work, access)
    born = client.birth_date
    facts = {
        known.GIVEN_NAME: client.given_name,
        known.FAMILY_NAME: client.family_name,
        known.NAME: access.client_name,
        known.BIRTH_DATE: born.isoformat() if born else "",
        known.IS_ADULT: None if born is None else _years(born, access.today) >= _ADULT,
        known.TODAY: access.today.isoformat(),
        known.PRACTICE: access.practice_name,
        known.THERAPIST: client.therapist or "",
        known.EMAIL: client.email,
        known.PHONE: client.phone,
    }
    return {name: value for name, value in facts.items() if name in wanted}


@lru_cache(maxsize=200)
def _wanted(form: Form) -> frozenset[str]:
    return frozenset(item.fact for item in form.items if item.fact)


def _years(born: Any, today: Any) -> int:
    return int(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
