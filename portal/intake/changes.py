"""Every INSERT and UPDATE on sheets that has to be told from a lost race: each says whether it took effect."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Update, bindparam, case, func, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.intake.queries import OPEN, answer, assignment
from portal.models import AssignmentStatus
from portal.models.base import Moment


@cache
def _insert(dialect: str) -> Any:
    build: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return build(answer).on_conflict_do_nothing()


@cache
def _supersede() -> Update:
    return (
        update(answer)
        .where(
            answer.c.assignment_id == bindparam("b_assignment"),
            answer.c.path == bindparam("b_path"),
            answer.c.instance == bindparam("b_instance"),
            answer.c.revision == bindparam("b_revision"),
            answer.c.is_current,
        )
        .values(is_current=False)
    )


@cache
def _restore() -> Update:
    return (
        update(answer)
        .where(
            answer.c.assignment_id == bindparam("b_assignment"),
            answer.c.path == bindparam("b_path"),
            answer.c.instance == bindparam("b_instance"),
            answer.c.revision == bindparam("b_revision"),
        )
        .values(is_current=True)
    )


@cache
def _count() -> Update:
    now = bindparam("b_now", type_=Moment())
    returned = assignment.c.status == AssignmentStatus.RETURNED
    return (
        update(assignment)
        .where(assignment.c.id == bindparam("b_assignment"), assignment.c.status.in_(OPEN))
        .values(
            revision=assignment.c.revision + 1,
            status=case((returned, assignment.c.status), else_=AssignmentStatus.IN_PROGRESS),
            seen_at=func.coalesce(assignment.c.seen_at, now),
            started_at=func.coalesce(assignment.c.started_at, now),
        )
    )


@cache
def _submit(before: tuple[AssignmentStatus, ...], after: AssignmentStatus) -> Update:
    now = bindparam("b_now", type_=Moment())
    return (
        update(assignment)
        .where(assignment.c.id == bindparam("b_assignment"), assignment.c.status.in_(before))
        .values(status=after, submitted_at=now)
    )


@cache
def _see() -> Update:
    return (
        update(assignment)
        .where(assignment.c.id == bindparam("b_assignment"), assignment.c.status == AssignmentStatus.SENT)
        .values(status=AssignmentStatus.SEEN, seen_at=bindparam("b_now", type_=Moment()))
    )


async def _took_effect(work: Work, statement: Any, values: dict[str, Any]) -> bool:
    connection = await work.plain()
    result = await connection.execute(statement, values, execution_options={"preserve_rowcount": True})
    return result.rowcount == 1


async def supersede_answer(work: Work, assignment_id: UUID, path: str, instance: int, revision: int) -> bool:
    """Let the standing answer of a question step back, if it still is the one that was seen."""
    values = {"b_assignment": assignment_id, "b_path": path, "b_instance": instance, "b_revision": revision}
    return await _took_effect(work, _supersede(), values)


async def restore_answer(work: Work, assignment_id: UUID, path: str, instance: int, revision: int) -> None:
    """Let an answer that stepped back in this very unit stand again: nothing took its place."""
    values = {"b_assignment": assignment_id, "b_path": path, "b_instance": instance, "b_revision": revision}
    await _took_effect(work, _restore(), values)


async def insert_answer(work: Work, values: dict[str, Any]) -> bool:
    """Store an answer (all columns of form_answer), unless one stands there or its operation was applied already."""
    return await _took_effect(work, _insert(work.get_bind().dialect.name), values)


async def count_answer(work: Work, assignment_id: UUID) -> bool:
    """Note on the sheet that an answer came in; False when it takes no more answers."""
    return await _took_effect(work, _count(), {"b_assignment": assignment_id, "b_now": work.now})


async def close_sheet(work: Work, assignment_id: UUID, now: datetime, *, is_done: bool) -> bool:
    """Take no more answers: the sheet is signed, by all (`is_done`) or by the first; False when it was before."""
    after = AssignmentStatus.SUBMITTED if is_done else AssignmentStatus.SIGNING
    return await _took_effect(work, _submit(OPEN, after), {"b_assignment": assignment_id, "b_now": now})


async def finish_signing(work: Work, assignment_id: UUID, now: datetime) -> bool:
    """Note that the last signature is there; False when the sheet does not wait for one any more."""
    statement = _submit((AssignmentStatus.SIGNING,), AssignmentStatus.SUBMITTED)
    return await _took_effect(work, statement, {"b_assignment": assignment_id, "b_now": now})


async def note_seen(work: Work, access: ClientAccess, assignment_id: UUID) -> bool:
    """Note that a sheet was opened for the first time. The assignment was found through `access` before."""
    return await _took_effect(work, _see(), {"b_assignment": assignment_id, "b_now": access.now})
