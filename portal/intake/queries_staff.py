"""Every SELECT on sheets and forms that staff and the command line need, narrowed to one practice and one's reach."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select, true

from portal.access.actor import PracticeAccess, Scope
from portal.access.naming import name_known
from portal.database import Work
from portal.intake.queries import (
    SHEET,
    Found,
    assigned,
    assignment,
    form,
    response,
    rows_of,
    signature,
    version,
)
from portal.models import AssignmentStatus, Permission, metadata

client, link, grant, organization = (
    metadata.tables[name] for name in ("client", "contact_link", "contact_grant", "organization")
)
_ARRIVALS = 50
_SENDER = name_known(response.c.frozen_by, response.c.organization_id)


def _name() -> ColumnElement[str]:
    return (client.c.given_name + " " + client.c.family_name).label("client_name")


def _in_reach(access: PracticeAccess, scope: Scope, client_id: ColumnElement[Any]) -> ColumnElement[bool]:
    if not scope.only_assigned:
        return true()
    return exists().where(assigned.c.client_id == client_id, assigned.c.membership_id == access.membership_id)


async def list_arrivals(work: Work, access: PracticeAccess, scope: Scope) -> Sequence[Found]:
    """Return the sheets that wait to be read, newest first."""
    numbers = select(func.max(response.c.number)).where(response.c.assignment_id == assignment.c.id)
    newest = numbers.correlate(assignment).scalar_subquery()
    statement = (
        select(
            assignment.c.id,
            assignment.c.client_id,
            assignment.c.submitted_at,
            form.c.title,
            _name(),
            _SENDER.label("name"),
        )
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(client, client.c.id == assignment.c.client_id)
        .join(response, and_(response.c.assignment_id == assignment.c.id, response.c.number == newest))
        .where(
            assignment.c.organization_id == access.organization_id,
            assignment.c.status == AssignmentStatus.SUBMITTED,
            _in_reach(access, scope, assignment.c.client_id),
        )
        .order_by(assignment.c.submitted_at.desc(), assignment.c.id.desc())
        .limit(_ARRIVALS)
    )
    return await rows_of(work, statement)


async def find_submitted(work: Work, access: PracticeAccess, assignment_id: UUID) -> Found | None:
    """Return a sheet within reach, with its newest frozen state where there is one."""
    statement = (
        select(
            *SHEET,
            _name(),
            response.c.id.label("response_id"),
            response.c.document,
            response.c.sha256,
            _SENDER.label("submitted_by"),
        )
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(client, client.c.id == assignment.c.client_id)
        .outerjoin(response, response.c.assignment_id == assignment.c.id)
        .where(
            assignment.c.id == assignment_id,
            assignment.c.organization_id == access.organization_id,
            _in_reach(access, access.scope, assignment.c.client_id),
        )
        .order_by(response.c.number.desc())
        .limit(1)
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def signatures_under(work: Work, response_id: UUID) -> Sequence[Found]:
    """Return the signatures under a frozen sheet, oldest first."""
    statement = (
        select(
            signature.c.id,
            signature.c.name,
            signature.c.capacity,
            signature.c.drawing,
            signature.c.signed_at,
            signature.c.sha256,
        )
        .where(signature.c.response_id == response_id)
        .order_by(signature.c.signed_at)
    )
    return await rows_of(work, statement)


async def find_client_and_version(
    work: Work, access: PracticeAccess, client_id: UUID, version_id: UUID
) -> Found | None:
    """Return whether a client within reach and a form in use are there, both of this practice."""
    statement = (
        select(client.c.id, client.c.account_id, version.c.id.label("version_id"), version.c.questionnaire)
        .join(version, version.c.organization_id == client.c.organization_id)
        .join(form, form.c.id == version.c.form_id)
        .where(
            client.c.id == client_id,
            client.c.organization_id == access.organization_id,
            client.c.archived_at.is_(None),
            _in_reach(access, access.scope, client.c.id),
            version.c.id == version_id,
            form.c.archived_at.is_(None),
        )
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def contacts_linked(work: Work, client_id: UUID) -> list[UUID]:
    """Return the contacts of a client's network."""
    statement = select(link.c.contact_id).where(link.c.client_id == client_id)
    return [row.contact_id for row in await rows_of(work, statement)]


async def contacts_of(work: Work, client_id: UUID, contact_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these contacts are in a client's network."""
    statement = select(link.c.contact_id).where(link.c.client_id == client_id, link.c.contact_id.in_(contact_ids))
    return {row.contact_id for row in await rows_of(work, statement)}


async def grants_for_all_forms(work: Work, client_id: UUID, contact_ids: Collection[UUID]) -> Sequence[Found]:
    """Return the grants that these contacts hold for all forms of a client, with what decides whether they cover."""
    statement = (
        select(
            grant.c.contact_id,
            grant.c.basis,
            grant.c.first_day,
            grant.c.last_day,
            grant.c.renewed_at,
            client.c.birth_date,
            organization.c.majority_age,
        )
        .join(client, client.c.id == grant.c.client_id)
        .join(organization, organization.c.id == client.c.organization_id)
        .where(
            grant.c.client_id == client_id,
            grant.c.contact_id.in_(contact_ids),
            grant.c.permission == Permission.FORMS,
            grant.c.assignment_id.is_(None),
            grant.c.ended_at.is_(None),
        )
    )
    return await rows_of(work, statement)


async def find_version(
    work: Work, organization_id: UUID, *, sha256: str = "", form_id: UUID | None = None, number: int | None = None
) -> Found | None:
    """Return a form version in use: by its contents, or of one form (its newest, or one number)."""
    statement = (
        select(version.c.id, version.c.form_id, version.c.number, version.c.questionnaire, form.c.title)
        .join(form, form.c.id == version.c.form_id)
        .where(version.c.organization_id == organization_id)
        .order_by(version.c.number.desc())
        .limit(1)
    )
    if sha256:
        statement = statement.where(version.c.sha256 == sha256, form.c.archived_at.is_(None))
    if form_id is not None:
        statement = statement.where(version.c.form_id == form_id)
    if number is not None:
        statement = statement.where(version.c.number == number)
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def list_forms(work: Work, organization_id: UUID) -> Sequence[Found]:
    """Return the forms in use with their newest version, by title."""
    newest = select(func.max(version.c.number)).where(version.c.form_id == form.c.id).correlate(form).scalar_subquery()
    statement = (
        select(
            form.c.id, form.c.title, form.c.key, version.c.id.label("version_id"), version.c.number, version.c.sha256
        )
        .join(version, and_(version.c.form_id == form.c.id, version.c.number == newest))
        .where(form.c.organization_id == organization_id, form.c.archived_at.is_(None))
        .order_by(form.c.title, form.c.id)
    )
    return await rows_of(work, statement)


async def practice_slug(work: Work, organization_id: UUID) -> str:
    """Return by which name a practice is opened."""
    statement = select(organization.c.slug).where(organization.c.id == organization_id)
    return str((await rows_of(work, statement))[0].slug)
