"""Sending a form once more that was taken back, or ran out before it was signed."""

from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.intake.handling import queries_again, words
from portal.intake.handling.service_life import find_sent
from portal.intake.queries import ENDED
from portal.intake.service_sending import Signers, send_form


async def send_again(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> UUID:
    """Send the form of a sheet that ended, in its newest version and to the same signers; returns the new sheet's id.

    The sheet itself stays as it ended, with what was answered. Raises Conflict for one that has not ended and while
    the form waits for this client already, Invalid when the form is not in use any more.
    """
    sheet = await find_sent(work, access, assignment_id, ENDED)
    found = await queries_again.newest_of(work, access, sheet)
    if not found:
        raise Invalid(words.NOT_IN_USE)
    if found[0].waits:
        raise Conflict(words.WAITS_ALREADY)
    named = [row.contact_id for row in found if row.signer is not None]
    contacts = tuple(each for each in named if each is not None)
    signers = Signers(None in named, contacts, sheet.signer_rule, only=sheet.only_signers) if named else None
    return await send_form(
        work, access, client_id=sheet.client_id, form_version_id=found[0].version_id, signers=signers
    )
