"""Counting what reaches the database, so that a page that asks too much is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.database import Database


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """Collect every statement that is run in the block, without BEGIN."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    engines = {database.write_engine.sync_engine, database.read_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def plan_of(database: Database, statement: str) -> str:
    """Return how SQLite goes about a statement that was sent, a line for each step."""
    parameters = tuple("0" * 32 for _ in range(statement.count("?")))
    async with database.unit_of_work(writes=False) as work:
        connection = await work.connection()
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row[3]) for row in rows.all())
