"""One trip to SQLite's thread for each statement, none for reading; no transaction begun, kept or ended by mistake."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.exc import OperationalError

from portal import sqlite
from portal.database import Database, Work
from portal.kit.crypto import KeyRing, new_key

COUNT = text("SELECT count(*) FROM seat")
ADD = text("INSERT INTO seat (name) VALUES (:name)")


@pytest.fixture
async def seats(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "seats.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE seat (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.close()
    database = Database(f"sqlite+aiosqlite:///{path}", KeyRing((new_key(),)))
    yield database
    await database.close()


def _count_trips(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    trips: list[Any] = []
    real = sqlite.OneTripConnection._execute

    async def counted(self: Any, function: Any, *arguments: Any, **options: Any) -> Any:
        trips.append(function)
        return await real(self, function, *arguments, **options)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(sqlite.OneTripConnection, "_execute", counted)
    return trips


async def _run(work: Work, statement: TextClause, parameters: Any = None) -> CursorResult[Any]:
    return await (await work.connection()).execute(statement, parameters)


async def _names(database: Database) -> list[str]:
    async with database.unit_of_work(writes=False) as work:
        return [row[0] for row in await _run(work, text("SELECT name FROM seat ORDER BY id"))]


async def test_each_statement_takes_one_trip_and_the_commit_one(
    seats: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _names(seats)
    async with seats.unit_of_work() as work:
        await _run(work, COUNT)
    trips = _count_trips(monkeypatch)
    async with seats.unit_of_work() as work:
        assert (await _run(work, COUNT)).scalar_one() == 0
        await _run(work, ADD, {"name": "one"})
        await _run(work, ADD, [{"name": "two"}, {"name": "three"}])
    assert len(trips) == 4
    assert await _names(seats) == ["one", "two", "three"]


@pytest.mark.parametrize("writes", [False, True])
async def test_who_reads_makes_no_trip(seats: Database, *, writes: bool) -> None:
    async with seats.unit_of_work(writes=writes) as work:
        raw = await (await work.connection()).get_raw_connection()
        assert raw.driver_connection
        raw.driver_connection._conn.create_function("thread", 0, threading.get_ident)
        thread = (await _run(work, text("SELECT thread()"))).scalar_one()
    assert (thread == threading.get_ident()) is not writes


@pytest.mark.parametrize(("turn", "waits"), [(sqlite.TURN, False), (60.0, True)])
async def test_who_reads_for_long_lets_others_go_on(
    seats: Database, monkeypatch: pytest.MonkeyPatch, turn: float, *, waits: bool
) -> None:
    """The control: without turns nobody gets a word in before the last statement is through."""
    monkeypatch.setattr(sqlite, "TURN", turn)
    await _names(seats)
    order: list[str] = []

    async def read() -> None:
        async with seats.unit_of_work(writes=False) as work:
            many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
            for _ in range(5):
                await _run(work, text(f"{many} SELECT count(*) FROM n"))
            order.append("read")

    async def click() -> None:
        order.append("clicked")

    reading = asyncio.create_task(read())
    clicking = asyncio.create_task(click())
    await asyncio.gather(reading, clicking)
    assert order == (["read", "clicked"] if waits else ["clicked", "read"])


async def test_a_unit_that_reads_sees_one_state(seats: Database) -> None:
    async with seats.unit_of_work(writes=False) as reading:
        assert (await _run(reading, COUNT)).scalar_one() == 0
        async with seats.unit_of_work() as work:
            await _run(work, ADD, {"name": "meanwhile"})
        assert (await _run(reading, COUNT)).scalar_one() == 0
    assert await _names(seats) == ["meanwhile"]


async def test_nothing_is_begun_where_nothing_is_asked(seats: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await _names(seats)
    async with seats.unit_of_work() as work:
        await _run(work, COUNT)
    trips = _count_trips(monkeypatch)
    async with seats.unit_of_work() as work:
        await work.connection()
    assert trips == []


async def test_what_fails_is_rolled_back(seats: Database) -> None:
    with pytest.raises(RuntimeError):
        async with seats.unit_of_work() as work:
            await _run(work, ADD, {"name": "gone"})
            raise RuntimeError
    assert await _names(seats) == []


async def test_a_statement_that_nobody_waited_for_is_rolled_back(seats: Database) -> None:
    started = asyncio.Event()

    async def slow() -> None:
        async with seats.unit_of_work() as work:
            await _run(work, ADD, {"name": "half"})
            started.set()
            many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
            await _run(work, text(f"{many} INSERT INTO seat (name) SELECT 'slow' FROM n"))

    task = asyncio.create_task(slow())
    await started.wait()
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with seats.unit_of_work() as work:
        await _run(work, ADD, {"name": "after"})
    assert await _names(seats) == ["after"]


async def test_the_begin_of_a_statement_that_was_cancelled_is_ended(tmp_path: Path) -> None:
    """The connection itself: BEGIN ran in the thread after nobody waited any more, and is rolled back all the same."""
    connection = await sqlite.connect(str(tmp_path / "one.db"), isolation_level=None)
    connection.begin_with("BEGIN IMMEDIATE")
    task = asyncio.create_task(connection.cursor().execute("CREATE TABLE seat (id INTEGER)"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await connection.rollback()
    assert not connection.in_transaction
    cursor = await connection.cursor().execute("SELECT name FROM sqlite_master")
    assert await cursor.fetchall() == []
    await connection.close()


async def test_a_begin_that_was_refused_is_tried_again_and_never_left_out(tmp_path: Path) -> None:
    path = str(tmp_path / "one.db")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE seat (id INTEGER)")
    holder.execute("BEGIN IMMEDIATE")
    connection = await sqlite.connect(path, isolation_level=None, timeout=0.05)
    connection.begin_with("BEGIN IMMEDIATE")
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await connection.cursor().execute("SELECT 1")
    holder.execute("ROLLBACK")
    await connection.cursor().execute("INSERT INTO seat VALUES (1)")
    assert connection.in_transaction
    await connection.rollback()
    assert holder.execute("SELECT count(*) FROM seat").fetchone() == (0,)
    holder.close()
    await connection.close()


async def test_what_sqlite_refuses_reaches_the_unit(seats: Database) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        async with seats.unit_of_work() as work:
            await _run(work, text("SELECT * FROM nowhere"))
    assert await _names(seats) == []


async def test_a_savepoint_rolls_back_alone(seats: Database) -> None:
    async with seats.unit_of_work() as work:
        await _run(work, ADD, {"name": "kept"})
        with pytest.raises(RuntimeError):
            async with work.begin_nested():
                await _run(work, ADD, {"name": "dropped"})
                raise RuntimeError
    assert await _names(seats) == ["kept"]
