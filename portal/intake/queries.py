"""Every SELECT on forms and sheets that a client's side needs. Staff's are in queries_staff.

Statements are built once; each is narrowed to one organization and one client, so that another's id finds nothing.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from portal.access.actor import ClientAccess
from portal.access.naming import name_known
from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.intake.queries_signers import is_signer, signer_columns
from portal.models import AssignmentStatus, metadata

Found = Any
"""A row; its columns are named in the statement."""

_t = metadata.tables
assignment, version, form = _t["form_assignment"], _t["form_version"], _t["form"]
answer, signer, response = _t["form_answer"], _t["assignment_signer"], _t["form_response"]
signature, account = _t["form_signature"], _t["account"]
membership, assigned, client = _t["membership"], _t["client_therapist"], _t["client"]

OPEN = (AssignmentStatus.SENT, AssignmentStatus.SEEN, AssignmentStatus.IN_PROGRESS, AssignmentStatus.RETURNED)
WAITING = (*OPEN, AssignmentStatus.SIGNING)
"""Not signed by everybody whose signature is needed."""
ENDED = (AssignmentStatus.REVOKED, AssignmentStatus.EXPIRED)
"""Nobody is asked for it any more, though not everybody has signed."""
SIGNED = (AssignmentStatus.SUBMITTED, AssignmentStatus.COMPLETED)
FROZEN = (AssignmentStatus.SIGNING, *SIGNED)
"""Signed by somebody at least."""
_LISTED = (*WAITING, *SIGNED)
_MOST_LISTED = 300

SHEET = (
    assignment.c.id.label("assignment_id"),
    assignment.c.client_id,
    assignment.c.status,
    assignment.c.due_on,
    assignment.c.revision,
    assignment.c.signer_rule,
    assignment.c.only_signers,
    assignment.c.needs_countersign,
    assignment.c.sent_at,
    assignment.c.started_at,
    assignment.c.submitted_at,
    version.c.id.label("version_id"),
    version.c.sha256.label("form_sha256"),
    form.c.title,
)
_ANSWER = (
    answer.c.id.label("answer_id"),
    answer.c.path,
    answer.c.revision.label("answer_revision"),
    answer.c.is_current,
    answer.c.value,
)


def _sheets(*columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*SHEET, *columns)
        .select_from(assignment)
        .join(version, version.c.id == assignment.c.form_version_id)
        .join(form, form.c.id == version.c.form_id)
    )


def _mine() -> ColumnElement[bool]:
    """A form that only its signers may see is, for everybody else, not there."""
    return and_(
        or_(assignment.c.only_signers.is_(False), is_signer(bindparam("account"))),
        assignment.c.id == bindparam("assignment"),
        assignment.c.organization_id == bindparam("organization"),
        assignment.c.client_id == bindparam("client"),
    )


def _keys(access: ClientAccess, assignment_id: UUID) -> dict[str, Any]:
    return {
        "assignment": assignment_id,
        "organization": access.organization_id,
        "client": access.client_id,
        "account": access.eyes,
    }


async def rows_of(work: Work, statement: Any, values: dict[str, Any] | None = None) -> Sequence[Found]:
    """Run a SELECT and return its rows."""
    connection = await work.plain()
    return (await connection.execute(statement, values or {})).all()


@cache
def _sheet_with_signers(lock: bool) -> Select[Any]:
    statement = _sheets(*signer_columns()).outerjoin(signer, signer.c.assignment_id == assignment.c.id).where(_mine())
    return statement.with_for_update(of=assignment) if lock else statement


async def find_sheet(work: Work, access: ClientAccess, assignment_id: UUID, *, lock: bool = False) -> Sequence[Found]:
    """Return one sheet of this client with one row per named signer (one row when there are none); or nothing.

    With `lock`, nobody stores an answer to it before this unit ends.
    """
    return await rows_of(work, _sheet_with_signers(lock), _keys(access, assignment_id))


@cache
def _sheet_for_saving() -> Select[Any]:
    operation = answer.c.operation_id == bindparam("operation")
    wanted = and_(answer.c.assignment_id == assignment.c.id, or_(answer.c.is_current, operation))
    return (
        select(
            assignment.c.status,
            assignment.c.started_at.is_not(None).label("is_started"),
            version.c.id.label("version_id"),
            version.c.sha256.label("form_sha256"),
            operation.label("is_applied"),
            *_ANSWER,
        )
        .select_from(assignment)
        .join(version, version.c.id == assignment.c.form_version_id)
        .outerjoin(answer, wanted)
        .where(_mine())
    )


async def find_sheet_for_saving(
    work: Work, access: ClientAccess, assignment_id: UUID, operation_id: UUID
) -> Sequence[Found]:
    """Return one sheet with one row per standing answer, and the answer that an operation made; or nothing.

    No more than saving needs: this is the statement that runs most.
    """
    return await rows_of(work, _sheet_for_saving(), {**_keys(access, assignment_id), "operation": operation_id})


async def find_answer(work: Work, answer_id: UUID) -> Found:
    """Return one answer with who gave it, and when."""
    author = name_known(answer.c.author_id, answer.c.organization_id)
    statement = select(
        *_ANSWER, answer.c.author_id, author.label("author"), answer.c.created_at.label("answered_at")
    ).where(answer.c.id == answer_id)
    return (await rows_of(work, statement))[0]


@cache
def _answers() -> Select[Any]:
    return select(*_ANSWER).where(answer.c.assignment_id == bindparam("assignment"), answer.c.is_current)


async def standing_answers(work: Work, assignment_id: UUID) -> dict[str, Found]:
    """Return the answers that stand now, by path. The assignment was found through an access before."""
    return {row.path: row for row in await rows_of(work, _answers(), {"assignment": assignment_id})}


@cache
def _listed(only_open: bool) -> Select[Any]:
    return (
        _sheets(*signer_columns(), assignment.c.organization_id)
        .outerjoin(signer, signer.c.assignment_id == assignment.c.id)
        .where(
            assignment.c.client_id.in_(bindparam("clients", expanding=True)),
            assignment.c.status.in_(WAITING if only_open else _LISTED),
        )
        .order_by(assignment.c.due_on.is_(None), assignment.c.due_on, assignment.c.id)
        .limit(_MOST_LISTED)
    )


async def list_sheets(work: Work, client_ids: Iterable[UUID], *, only_open: bool) -> Sequence[Found]:
    """Return the sheets of these clients, what is due first on top, one row per named signer."""
    return await rows_of(work, _listed(only_open), {"clients": list(client_ids)})


@cache
def _answers_of_many() -> Select[Any]:
    listed = answer.c.assignment_id.in_(bindparam("assignments", expanding=True))
    return select(answer.c.assignment_id, *_ANSWER).where(listed, answer.c.is_current)


async def answers_of_many(work: Work, assignment_ids: Iterable[UUID]) -> dict[UUID, dict[str, Found]]:
    """Return the standing answers of several sheets, by sheet and path."""
    found: dict[UUID, dict[str, Found]] = {}
    for row in await rows_of(work, _answers_of_many(), {"assignments": list(assignment_ids)}):
        found.setdefault(row.assignment_id, {})[row.path] = row
    return found


async def questionnaires(work: Work, version_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str]]:
    """Return the texts of form versions."""
    statement = select(version.c.id, version.c.questionnaire).where(version.c.id.in_(version_ids))
    return [(row.id, row.questionnaire) for row in await rows_of(work, statement)]


async def signature_by(work: Work, assignment_id: UUID, account_id: UUID) -> Found | None:
    """Return the signature that an account put under a sheet, with the fingerprint."""
    statement = (
        select(signature.c.id, signature.c.sha256, signature.c.signed_at, signature.c.capacity)
        .where(signature.c.assignment_id == assignment_id, signature.c.account_id == account_id)
        .order_by(signature.c.signed_at.desc())
        .limit(1)
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def newest_response(work: Work, assignment_id: UUID) -> Found:
    """Return the newest frozen state of a sheet that has one."""
    statement = (
        select(response.c.id, response.c.sha256, response.c.number)
        .where(response.c.assignment_id == assignment_id)
        .order_by(response.c.number.desc())
        .limit(1)
    )
    return (await rows_of(work, statement))[0]


async def last_number(work: Work, assignment_id: UUID) -> int:
    """Return how often a sheet was frozen before."""
    statement = select(func.max(response.c.number).label("number")).where(response.c.assignment_id == assignment_id)
    return (await rows_of(work, statement))[0].number or 0


async def therapists_of(work: Work, access: ClientAccess) -> Sequence[Found]:
    """Return the active therapists of this client."""
    statement = (
        select(membership.c.id, membership.c.account_id, membership.c.email)
        .join(assigned, assigned.c.membership_id == membership.c.id)
        .where(
            assigned.c.client_id == access.client_id,
            membership.c.organization_id == access.organization_id,
            membership.c.deactivated_at.is_(None),
            membership.c.role.in_(sorted(CARE_ROLES)),
        )
    )
    return await rows_of(work, statement)


async def client_facts(work: Work, access: ClientAccess) -> Found:
    """Return what is known of this client, with the name of the therapist who was assigned first."""
    therapist = (
        select(membership.c.name)
        .select_from(assigned)
        .join(membership, membership.c.id == assigned.c.membership_id)
        .where(assigned.c.client_id == client.c.id, membership.c.deactivated_at.is_(None))
        .order_by(assigned.c.created_at, assigned.c.id)
        .limit(1)
        .scalar_subquery()
    )
    statement = select(
        client.c.given_name,
        client.c.family_name,
        client.c.birth_date,
        client.c.email,
        client.c.phone,
        therapist.label("therapist"),
    ).where(client.c.id == access.client_id, client.c.organization_id == access.organization_id)
    return (await rows_of(work, statement))[0]
