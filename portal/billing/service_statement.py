"""What stands on a statement: every charge of a client with what it came to and what was paid, newest first."""

from sqlmodel import col

from portal.access.actor import ClientAccess
from portal.billing import queries
from portal.billing.rules import Line
from portal.database import Work
from portal.models import Charge

MOST = 1000


async def gather_statement(work: Work, access: ClientAccess) -> list[Line]:
    """Read the latest charges of the client, settled ones too."""
    query = queries.all_lines().where(
        Charge.organization_id == access.organization_id, Charge.client_id == access.client_id
    )
    rows = await work.exec(query.order_by(col(Charge.on_day).desc(), col(Charge.id)).limit(MOST))
    return [Line(*row) for row in rows.all()]
