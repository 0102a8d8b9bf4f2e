"""The SELECT on every form that was sent about one client, for staff."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.intake.queries import SHEET, Found, assignment, form, rows_of, version

MOST_LISTED = 200


async def list_sent(work: Work, access: PracticeAccess, client_id: UUID) -> Sequence[Found]:
    """Return the sheets about one client of the practice, the newest first."""
    statement = (
        select(*SHEET)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .where(assignment.c.organization_id == access.organization_id, assignment.c.client_id == client_id)
        .order_by(assignment.c.sent_at.desc(), assignment.c.id.desc())
        .limit(MOST_LISTED)
    )
    return await rows_of(work, statement)
