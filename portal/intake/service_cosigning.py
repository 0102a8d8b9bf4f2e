"""Whether a form that others signed waits for somebody's signature too."""

from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.intake import words
from portal.intake.rules_signing import capacity_of
from portal.intake.service_filling import find_readable, still_signs


@dataclass(frozen=True)
class CosignView:
    """As what somebody signs, and what they agree to; without an intent nothing is to be signed."""

    intent: str = ""


async def read_cosign(work: Work, access: ClientAccess, *, assignment_id: UUID) -> CosignView:
    """Return what is to be signed. One statement. Raises NotFound for a sheet out of reach."""
    rows = await find_readable(work, access, assignment_id)
    if not still_signs(rows, access.actor.account_id):
        return CosignView()
    return CosignView(words.intent(capacity_of(access), rows[0].title))
