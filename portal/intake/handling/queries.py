"""Every SELECT on where sent forms stand, narrowed to one practice and one's reach."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from portal.access.actor import PracticeAccess, Scope
from portal.access.naming import name_known
from portal.database import Work
from portal.intake.queries import SHEET, WAITING, Found, account, assigned, assignment, form, response, rows_of, version
from portal.models import Permission, metadata

_t = metadata.tables
client, contact, signer = _t["client"], _t["contact"], _t["assignment_signer"]
grant, link, membership = _t["contact_grant"], _t["contact_link"], _t["membership"]
comment, countersignature, alert = _t["form_comment"], _t["form_countersignature"], _t["crisis_alert"]
event = _t["audit_event"]
_MOST = 200


def client_name() -> ColumnElement[str]:
    """The client's name, as one column."""
    return (client.c.given_name + " " + client.c.family_name).label("client_name")


def in_reach(access: PracticeAccess, client_id: ColumnElement[Any], scope: Scope | None = None) -> ColumnElement[bool]:
    """Narrow to the clients whose therapist one is, where one's role asks for it."""
    if not (scope or access.scope).only_assigned:
        return true()
    return exists().where(assigned.c.client_id == client_id, assigned.c.membership_id == access.membership_id)


def _newest() -> Any:
    """The number of a sheet's newest frozen state."""
    states = response.alias("states")
    found = select(func.max(states.c.number)).where(states.c.assignment_id == assignment.c.id)
    return found.correlate(assignment).scalar_subquery()


async def find_sheet(work: Work, access: PracticeAccess, assignment_id: UUID, *, lock: bool = False) -> Found | None:
    """Return one sheet within reach, in whatever state, with its newest frozen state where there is one."""
    newest = _newest()
    statement = (
        select(
            *SHEET,
            client_name(),
            response.c.id.label("response_id"),
            response.c.sha256.label("response_sha256"),
            response.c.number.label("response_number"),
        )
        .select_from(assignment)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(client, client.c.id == assignment.c.client_id)
        .outerjoin(response, and_(response.c.assignment_id == assignment.c.id, response.c.number == newest))
        .where(
            assignment.c.id == assignment_id,
            assignment.c.organization_id == access.organization_id,
            in_reach(access, assignment.c.client_id),
        )
    )
    rows = await rows_of(work, statement.with_for_update(of=assignment) if lock else statement)
    return rows[0] if rows else None


async def steps_of(work: Work, organization_id: UUID, assignment_id: UUID) -> Sequence[Found]:
    """Return what the chain holds about one sheet, the oldest first."""
    person = name_known(event.c.actor_id, event.c.organization_id)
    statement = (
        select(event.c.action, event.c.at, event.c.actor_name, person.label("person"))
        .where(event.c.organization_id == organization_id, event.c.object_id == assignment_id)
        .order_by(event.c.sequence)
        .limit(_MOST)
    )
    return await rows_of(work, statement)


async def comments_on(work: Work, assignment_id: UUID) -> Sequence[Found]:
    """Return all comments on a sheet, the oldest first. The sheet was found through an access before."""
    statement = (
        select(
            comment.c.id,
            comment.c.path,
            comment.c.words,
            comment.c.created_at,
            comment.c.response_id,
            name_known(comment.c.author_id, comment.c.organization_id).label("author"),
        )
        .where(comment.c.assignment_id == assignment_id)
        .order_by(comment.c.created_at, comment.c.id)
    )
    return await rows_of(work, statement)


async def frozen_states(work: Work, assignment_id: UUID) -> Sequence[Found]:
    """Return every frozen state of a sheet, the newest first, with the countersignature under it where there is one."""
    statement = (
        select(
            response.c.id,
            response.c.number,
            response.c.frozen_at,
            response.c.sha256,
            response.c.document,
            name_known(response.c.frozen_by, response.c.organization_id).label("frozen_by"),
            countersignature.c.id.label("countersignature_id"),
            countersignature.c.name.label("countersigned_by"),
            countersignature.c.capacity.label("countersigned_as"),
            countersignature.c.signed_at.label("countersigned_at"),
        )
        .outerjoin(countersignature, countersignature.c.response_id == response.c.id)
        .where(response.c.assignment_id == assignment_id)
        .order_by(response.c.number.desc())
    )
    return await rows_of(work, statement)


async def open_alerts(work: Work, access: PracticeAccess, scope: Scope) -> Sequence[Found]:
    """Return the alerts that nobody took note of yet, the oldest first."""
    statement = (
        select(alert.c.id, alert.c.assignment_id, alert.c.client_id, alert.c.raised_at, client_name())
        .join(client, client.c.id == alert.c.client_id)
        .where(
            alert.c.organization_id == access.organization_id,
            alert.c.acknowledged_at.is_(None),
            in_reach(access, alert.c.client_id, scope),
        )
        .order_by(alert.c.raised_at)
        .limit(_MOST)
    )
    return await rows_of(work, statement)


async def find_alert(work: Work, access: PracticeAccess, alert_id: UUID) -> Found | None:
    """Return one alert within reach."""
    statement = select(alert.c.id, alert.c.assignment_id, alert.c.client_id).where(
        alert.c.id == alert_id,
        alert.c.organization_id == access.organization_id,
        in_reach(access, alert.c.client_id),
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def people_asked(work: Work, organization_id: UUID, assignment_id: UUID, today: date) -> Sequence[Found]:
    """Return the logins that a sheet waits for: its named signers, else the client and all with access to forms."""
    about = and_(assignment.c.id == assignment_id, assignment.c.organization_id == organization_id)
    named = exists().where(signer.c.assignment_id == assignment.c.id)
    client_named = exists().where(signer.c.assignment_id == assignment.c.id, signer.c.contact_id.is_(None))
    contact_named = exists().where(signer.c.assignment_id == assignment.c.id, signer.c.contact_id == contact.c.id)
    granted = exists().where(
        grant.c.client_id == assignment.c.client_id,
        grant.c.contact_id == contact.c.id,
        grant.c.permission == Permission.FORMS,
        grant.c.assignment_id.is_(None),
        grant.c.ended_at.is_(None),
        grant.c.first_day <= today,
        or_(grant.c.last_day.is_(None), grant.c.last_day >= today),
    )
    people = (account.c.id, account.c.email, account.c.name, assignment.c.client_id)
    clients = (
        select(*people)
        .select_from(assignment.join(client, client.c.id == assignment.c.client_id))
        .join(account, account.c.id == client.c.account_id)
        .where(about, account.c.disabled_at.is_(None), or_(~named, client_named))
    )
    contacts = (
        select(*people)
        .select_from(assignment.join(link, link.c.client_id == assignment.c.client_id))
        .join(contact, and_(contact.c.id == link.c.contact_id, contact.c.archived_at.is_(None)))
        .join(account, account.c.id == contact.c.account_id)
        .where(about, account.c.disabled_at.is_(None), or_(and_(~named, granted), contact_named))
    )
    return await rows_of(work, clients.union(contacts))


async def due_between(work: Work, organization_id: UUID, first: date | None, last: date) -> Sequence[Found]:
    """Return the sheets that still wait and are due in a range of days."""
    statement = select(assignment.c.id, assignment.c.client_id, assignment.c.sent_at, assignment.c.reminded_at).where(
        assignment.c.organization_id == organization_id,
        assignment.c.status.in_(WAITING),
        assignment.c.due_on <= last,
        true() if first is None else assignment.c.due_on >= first,
    )
    return await rows_of(work, statement)


async def scored_sheets(work: Work, access: PracticeAccess, client_id: UUID, form_id: UUID) -> Sequence[Found]:
    """Return every signed sheet of one form about one client, the oldest first, each with its newest frozen state."""
    newest = _newest()
    statement = (
        select(*SHEET, response.c.id.label("response_id"), response.c.document, response.c.frozen_at)
        .select_from(assignment)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
        .join(response, and_(response.c.assignment_id == assignment.c.id, response.c.number == newest))
        .where(
            assignment.c.organization_id == access.organization_id,
            assignment.c.client_id == client_id,
            version.c.form_id == form_id,
            in_reach(access, assignment.c.client_id),
        )
        .order_by(response.c.frozen_at)
        .limit(_MOST)
    )
    return await rows_of(work, statement)


async def form_of_version(work: Work, version_id: UUID) -> UUID:
    """Return which form a version belongs to."""
    found: UUID = (await rows_of(work, select(version.c.form_id).where(version.c.id == version_id)))[0].form_id
    return found
