"""The record is long: whatever one looks for in it is found by an index, newest first, without sorting."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from portal.audit import queries
from portal.audit.trail import Wanted, _conditions
from portal.database import Database
from portal.demo.people import Cast
from portal.models import AccessLog, AuditEvent
from tests.statements import plan_of, statements_of

SOMEBODY = uuid4()
WANTED = {
    "everything": Wanted(),
    "by person": Wanted(actor_id=SOMEBODY),
    "by client": Wanted(client_id=SOMEBODY),
    "by a rare action": Wanted(actions=("client.came_of_age",)),
}


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.parametrize("table", [AuditEvent, AccessLog])
async def test_what_one_looks_for_is_found_by_an_index(
    database: Database, cast: Cast, table: type[AuditEvent] | type[AccessLog], name: str
) -> None:
    """SQLite tells its plan without rows; PostgreSQL has the same indexes, and chooses by what is there."""
    where: list[Any] = _conditions(WANTED[name], table)
    async with database.unit_of_work(writes=False) as work:
        with statements_of(database) as sent:
            if table is AuditEvent:
                await queries.find_trail(work, cast.harbor.id, where=where, before=None, limit=31)
            else:
                await queries.find_looks(work, cast.harbor.id, where=where, before=None, limit=31)
    assert len(sent) == 1
    if not database.is_sqlite:
        return
    plan = await plan_of(database, sent[0])
    first = plan.splitlines()[0]
    assert first.startswith(f"SEARCH {table.__tablename__} USING INDEX"), plan
    assert "TEMP B-TREE" not in plan, plan
    wanted = {"by person": ("actor_id", "account_id"), "by client": ("client_id",), "by a rare action": ("action",)}
    if name in wanted and not (table is AccessLog and name == "by a rare action"):
        assert any(column in first for column in wanted[name]), plan


async def test_the_indexes_are_there_on_both_databases(database: Database, cast: Cast) -> None:
    """As the models say; that migrations make the same ones is tests/migrations' business."""
    names = {
        index.name for table in ("audit_event", "access_log") for index in AuditEvent.metadata.tables[table].indexes
    }
    assert {"ix_audit_event_organization_id_action_sequence", "ix_access_log_client_id_at_id"} <= names
    catalog = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if database.is_sqlite
        else "SELECT indexname FROM pg_indexes"
    )
    async with database.unit_of_work(writes=False) as work:
        connection = await work.connection()
        stored = {row[0] for row in (await connection.execute(text(catalog))).all()}
    assert names <= stored
