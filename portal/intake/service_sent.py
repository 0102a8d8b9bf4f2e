"""What was signed and sent, for those on the client's side who may see the form."""

from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict
from portal.intake import queries_sent, words
from portal.intake.frozen import Frozen, read_frozen
from portal.intake.queries import FROZEN
from portal.intake.service_filling import find_readable
from portal.intake.views_reading import ReadView


async def read_own_sheet(work: Work, access: ClientAccess, *, assignment_id: UUID) -> ReadView:
    """Read a sheet of this client that was sent, with its signatures. 3 statements.

    Raises NotFound for a sheet out of reach, Conflict while it is being filled in.
    """
    row = (await find_readable(work, access, assignment_id))[0]
    found = await queries_sent.newest_frozen(work, access, assignment_id) if row.status in FROZEN else None
    if found is None:
        raise Conflict(words.NOT_SENT_YET)
    frozen = Frozen(found.id, found.document, found.sha256, found.sent_by)
    return await read_frozen(work, row, frozen, access.client_name)
