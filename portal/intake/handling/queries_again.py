"""The SELECT on what is needed to send a form once more."""

from collections.abc import Sequence

from sqlalchemy import and_, exists, func, select

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.intake.handling.queries import signer
from portal.intake.queries import WAITING, Found, assignment, form, rows_of, version


async def newest_of(work: Work, access: PracticeAccess, sheet: Found) -> Sequence[Found]:
    """Return the newest version of a sheet's form, once for each signer of the sheet; nothing once it is not in use.

    `waits` says that a sheet of this form waits for the same client.
    """
    own, newer, other, others = form.alias("own"), version.alias("newer"), assignment.alias("other"), version.alias()
    highest = select(func.max(newer.c.number)).where(newer.c.form_id == version.c.form_id).correlate(version)
    waits = exists().where(
        other.c.client_id == sheet.client_id,
        other.c.status.in_(WAITING),
        others.c.id == other.c.form_version_id,
        others.c.form_id == version.c.form_id,
    )
    newest = newer.alias("newest")
    statement = (
        select(newest.c.id.label("version_id"), waits.label("waits"), signer.c.id.label("signer"), signer.c.contact_id)
        .select_from(version)
        .join(own, own.c.id == version.c.form_id)
        .join(newest, and_(newest.c.form_id == own.c.id, newest.c.number == highest.scalar_subquery()))
        .outerjoin(signer, signer.c.assignment_id == sheet.assignment_id)
        .where(
            version.c.id == sheet.version_id,
            version.c.organization_id == access.organization_id,
            own.c.archived_at.is_(None),
        )
        .order_by(signer.c.id)
    )
    return await rows_of(work, statement)
