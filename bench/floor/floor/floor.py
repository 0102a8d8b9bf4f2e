"""What Reflex itself costs: a blank page, a blank handler, and a bare handler with the work of one saved answer.

The bare handler runs FLOOR_READS point selects, FLOOR_WRITES inserts or updates and one durable commit on an embedded
SQLite with the portal's PRAGMAs: what any guarded, durable save has to do, without any of the portal's code.
"""

import os
from typing import Any

import reflex as rx
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

READS = int(os.environ.get("FLOOR_READS", "2"))
WRITES = int(os.environ.get("FLOOR_WRITES", "3"))
engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ.get('FLOOR_DATABASE', 'floor.db')}")


@event.listens_for(engine.sync_engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(engine.sync_engine, "begin")
def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _work(connection: AsyncConnection, key: str) -> None:
    for _ in range(READS):
        await connection.execute(text("SELECT value FROM floor WHERE key = :key"), {"key": key})
    for _ in range(WRITES):
        await connection.execute(
            text("INSERT INTO floor (key, value) VALUES (:key, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1"),
            {"key": key},
        )


class Floor(rx.State):
    """Two handlers, as plain as they can be."""

    done: int = 0

    @rx.event
    async def blank(self, number: int) -> None:
        """Change one number on the screen."""
        self.done = number

    @rx.event
    async def equal_work(self, number: int) -> None:
        """Do the statements of one saved answer, commit them, and change one number on the screen."""
        async with engine.begin() as connection:
            await _work(connection, self.router.session.client_token)
        self.done = number


def index() -> rx.Component:
    """A page with one word on it."""
    return rx.el.main(rx.el.h1("Blank"))


def bound() -> rx.Component:
    """A page with one number from the state on it, so that the state is compiled in."""
    return rx.el.main(rx.el.h1("Bound"), rx.el.p(Floor.done))


app = rx.App(toaster=None, enable_state=True)
app.add_page(index, route="/")
app.add_page(bound, route="/bound")
