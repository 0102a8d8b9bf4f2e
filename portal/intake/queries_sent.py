"""The SELECTs on frozen sheets that a client's side needs."""

from uuid import UUID

from sqlalchemy import select

from portal.access.actor import ClientAccess
from portal.access.naming import name_known
from portal.database import Work
from portal.intake.queries import Found, assignment, response, rows_of


async def newest_frozen(work: Work, access: ClientAccess, assignment_id: UUID) -> Found | None:
    """Return the newest frozen state of one of this client's sheets, and who sent it."""
    sender = name_known(response.c.frozen_by, response.c.organization_id)
    statement = (
        select(response.c.id, response.c.document, response.c.sha256, sender.label("sent_by"))
        .join(assignment, assignment.c.id == response.c.assignment_id)
        .where(
            response.c.assignment_id == assignment_id,
            assignment.c.organization_id == access.organization_id,
            assignment.c.client_id == access.client_id,
        )
        .order_by(response.c.number.desc())
        .limit(1)
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None
