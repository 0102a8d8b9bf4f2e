"""Every SELECT on the forms of a practice and their drafts, narrowed to one practice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import PracticeAccess
from portal.access.naming import name_known
from portal.database import Work
from portal.intake.queries import OPEN, Found, assigned, assignment, form, rows_of, version
from portal.kit.ids import new_id
from portal.models import AssignmentStatus, metadata

draft = metadata.tables["form_draft"]
MOST_LISTED = 300
_WAITING = (*OPEN, AssignmentStatus.SIGNING)


def _newest() -> Any:
    return select(func.max(version.c.number)).where(version.c.form_id == form.c.id).correlate(form).scalar_subquery()


def _open_sheets(access: PracticeAccess) -> Any:
    of_form = select(version.c.id).where(version.c.form_id == form.c.id).correlate(form)
    counted = select(func.count()).where(
        assignment.c.organization_id == access.organization_id,
        assignment.c.form_version_id.in_(of_form),
        assignment.c.status.in_(_WAITING),
        _in_reach(access),
    )
    return counted.correlate(form).scalar_subquery()


def _in_reach(access: PracticeAccess) -> ColumnElement[bool]:
    if not access.scope.only_assigned:
        return true()
    mine = and_(assigned.c.client_id == assignment.c.client_id, assigned.c.membership_id == access.membership_id)
    return exists().where(mine)


def _forms() -> Select[Any]:
    return (
        select(
            form.c.id,
            form.c.title,
            form.c.key,
            form.c.created_at,
            form.c.archived_at,
            version.c.id.label("version_id"),
            version.c.number,
            version.c.published_at,
            draft.c.revision,
            draft.c.edited_at,
            name_known(draft.c.edited_by, draft.c.organization_id).label("edited_by"),
        )
        .select_from(form)
        .outerjoin(version, and_(version.c.form_id == form.c.id, version.c.number == _newest()))
        .outerjoin(draft, draft.c.form_id == form.c.id)
    )


async def list_all(work: Work, access: PracticeAccess, *, looked_for: str, archived: bool) -> Sequence[Found]:
    """Return the forms of the practice with their newest version, their draft and how many are waiting, by title."""
    statement = (
        _forms()
        .add_columns(_open_sheets(access).label("waiting"))
        .where(
            form.c.organization_id == access.organization_id,
            form.c.archived_at.is_not(None) if archived else form.c.archived_at.is_(None),
        )
        .order_by(func.lower(form.c.title), form.c.id)
        .limit(MOST_LISTED)
    )
    for word in looked_for.split()[:8]:
        statement = statement.where(func.lower(form.c.title).contains(word.lower(), autoescape=True))
    return await rows_of(work, statement)


async def find_form(work: Work, access: PracticeAccess, form_id: UUID) -> Found | None:
    """Return one form of the practice with the text of its newest version and of its draft, where it has them."""
    statement = (
        _forms()
        .add_columns(version.c.questionnaire, version.c.sha256, draft.c.questionnaire.label("draft"))
        .add_columns(draft.c.edited_by.label("editor_id"))
        .where(form.c.id == form_id, form.c.organization_id == access.organization_id)
    )
    rows = await rows_of(work, statement)
    return rows[0] if rows else None


async def versions_of(work: Work, access: PracticeAccess, form_id: UUID) -> Sequence[Found]:
    """Return the versions of one form of the practice, the newest first."""
    publisher = name_known(version.c.published_by, version.c.organization_id)
    statement = (
        select(version.c.id, version.c.number, version.c.published_at, publisher.label("published_by"))
        .where(version.c.form_id == form_id, version.c.organization_id == access.organization_id)
        .order_by(version.c.number.desc())
    )
    return await rows_of(work, statement)


async def swap_draft(work: Work, form_id: UUID, base: int, values: dict[str, Any]) -> bool:
    """Put another text in the place of a draft, if it still is the one that was seen."""
    statement = update(draft).where(draft.c.form_id == form_id, draft.c.revision == base)
    return await _took_effect(work, statement.values(revision=base + 1, **values))


async def insert_draft(work: Work, access: PracticeAccess, form_id: UUID, values: dict[str, Any]) -> bool:
    """Store the first draft of a form; False when somebody else did at the same time."""
    build: Any = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"id": new_id(), "organization_id": access.organization_id, "form_id": form_id, "revision": 1, **values}
    return await _took_effect(work, build(draft).values(row).on_conflict_do_nothing())


async def drop_draft(work: Work, form_id: UUID, base: int) -> bool:
    """Take a draft away, if it still is the one that was seen."""
    return await _took_effect(work, draft.delete().where(draft.c.form_id == form_id, draft.c.revision == base))


async def rename(work: Work, access: PracticeAccess, form_id: UUID, title: str) -> None:
    """Let a form have another name."""
    mine = (form.c.id == form_id, form.c.organization_id == access.organization_id)
    await _took_effect(work, update(form).where(*mine).values(title=title))


async def set_archived(work: Work, access: PracticeAccess, form_id: UUID, moment: Any) -> bool:
    """Archive a form (`moment`), or restore it (None); False when it is so already, or is not there."""
    wanted = form.c.archived_at.is_not(None) if moment is None else form.c.archived_at.is_(None)
    mine = (form.c.id == form_id, form.c.organization_id == access.organization_id, wanted)
    return await _took_effect(work, update(form).where(*mine).values(archived_at=moment))


async def _took_effect(work: Work, statement: Any) -> bool:
    connection = await work.plain()
    result = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    return bool(result.rowcount == 1)
