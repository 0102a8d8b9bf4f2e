"""Every UPDATE on where a form stands: each compares status and revision, and says whether it took effect."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.intake.queries import WAITING, assignment
from portal.models import AssignmentStatus, metadata

alert = metadata.tables["crisis_alert"]


async def move(
    work: Work,
    access: PracticeAccess,
    assignment_id: UUID,
    *,
    seen: tuple[AssignmentStatus, int],
    to: AssignmentStatus,
    **moments: Any,
) -> bool:
    """Let a sheet change its status, if status and revision still are those that were seen."""
    status, revision = seen
    statement = update(assignment).where(
        assignment.c.id == assignment_id,
        assignment.c.organization_id == access.organization_id,
        assignment.c.status == status,
        assignment.c.revision == revision,
    )
    return await _took_effect(work, statement.values(status=to, revision=revision + 1, **moments)) == 1


async def note_reminder(work: Work, assignment_id: UUID) -> bool:
    """Note that the one reminder went out; False when it did before."""
    statement = update(assignment).where(
        assignment.c.id == assignment_id, assignment.c.reminded_at.is_(None), assignment.c.status.in_(WAITING)
    )
    return await _took_effect(work, statement.values(reminded_at=work.now)) == 1


async def expire(work: Work, assignment_id: UUID, statuses: Collection[AssignmentStatus], last: date) -> bool:
    """Let a sheet expire that was due on `last` or before and still waits; False when it does not wait any more."""
    statement = update(assignment).where(
        assignment.c.id == assignment_id, assignment.c.status.in_(statuses), assignment.c.due_on <= last
    )
    return await _took_effect(work, statement.values(status=AssignmentStatus.EXPIRED, expired_at=work.now)) == 1


async def raise_alert(work: Work, values: dict[str, Any]) -> bool:
    """Store the alert of a sheet (all columns of crisis_alert); False when it has one."""
    build: Any = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    return await _took_effect(work, build(alert).values(values).on_conflict_do_nothing()) == 1


async def raise_again(work: Work, assignment_id: UUID) -> bool:
    """Let an alert that was taken note of before the form was returned stand anew; False when it stands already."""
    statement = update(alert).where(alert.c.assignment_id == assignment_id, alert.c.acknowledged_at.is_not(None))
    values = {"raised_at": work.now, "acknowledged_at": None, "acknowledged_by": None}
    return await _took_effect(work, statement.values(**values)) == 1


async def acknowledge(work: Work, access: PracticeAccess, alert_id: UUID) -> bool:
    """Note that somebody knows of an alert; False when somebody did before."""
    statement = update(alert).where(
        alert.c.id == alert_id,
        alert.c.organization_id == access.organization_id,
        alert.c.acknowledged_at.is_(None),
    )
    values = {"acknowledged_at": work.now, "acknowledged_by": access.actor.account_id}
    return await _took_effect(work, statement.values(**values)) == 1


async def _took_effect(work: Work, statement: Any) -> int:
    connection = await work.plain()
    result = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)
