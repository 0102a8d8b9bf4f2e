"""What somebody signed themselves: that, when and where, whatever they may see today."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.access.actor import AccountAccess
from portal.database import Work
from portal.intake.presenting import moment_text
from portal.intake.queries import assignment, form, rows_of, signature, version
from portal.models import metadata

organization = metadata.tables["organization"]


@dataclass(frozen=True)
class OwnSignature:
    """One's own signature under a form, without anything of its answers."""

    assignment_id: str
    title: str
    signed_at: str
    practice_name: str
    zone: str


async def find_own_signature(work: Work, access: AccountAccess, *, assignment_id: UUID) -> OwnSignature | None:
    """Return the signature that this login gave under a form; None when it gave none. One statement."""
    statement = (
        select(form.c.title, signature.c.signed_at, organization.c.name, organization.c.zone)
        .select_from(signature)
        .join(assignment, assignment.c.id == signature.c.assignment_id)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(organization, organization.c.id == assignment.c.organization_id)
        .where(signature.c.assignment_id == assignment_id, signature.c.account_id == access.actor.account_id)
        .order_by(signature.c.signed_at.desc())
        .limit(1)
    )
    rows = await rows_of(work, statement)
    if not rows:
        return None
    row = rows[0]
    return OwnSignature(str(assignment_id), row.title, moment_text(row.signed_at), row.name, row.zone)
