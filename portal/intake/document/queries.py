"""The SELECTs of the command that verifies a sheet: the command line has no practice of its own."""

import json
from uuid import UUID

from sqlalchemy import select

from portal.database import Work
from portal.intake.handling.queries import client, client_name, event
from portal.intake.queries import SHEET, Found, assignment, form, rows_of, version
from portal.models import metadata

organization = metadata.tables["organization"]


async def find_any(work: Work, assignment_id: UUID) -> Found | None:
    """Return a sheet of whatever practice, with the practice's name."""
    statement = (
        select(
            *SHEET,
            assignment.c.organization_id,
            client_name(),
            organization.c.name.label("practice_name"),
            organization.c.zone,
        )
        .select_from(assignment)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(client, client.c.id == assignment.c.client_id)
        .join(organization, organization.c.id == assignment.c.organization_id)
        .where(assignment.c.id == assignment_id)
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def fingerprints_in_chain(work: Work, organization_id: UUID, assignment_id: UUID) -> set[str]:
    """Return the fingerprints that the audit chain holds for a sheet."""
    statement = select(event.c.detail).where(
        event.c.organization_id == organization_id, event.c.object_id == assignment_id
    )
    details = [json.loads(row.detail) for row in await rows_of(work, statement)]
    return {str(detail["sha256"]) for detail in details if "sha256" in detail}
