"""One trip to SQLite's thread for each statement that may write, and none for those that only read.

aiosqlite has a thread for each connection. SQLAlchemy asks it for a cursor, to execute, to fetch and to close: four
trips between threads for one statement, and one more each to begin and to give the connection back. They took longer
than SQLite itself (docs/decisions/0021). Here one trip does it all, BEGIN rides along with the first statement, and
nothing is rolled back where nothing was begun. Who only reads never waits for a lock, and makes no trip at all
(docs/decisions/0022).
"""

import sqlite3
from asyncio import CancelledError, sleep
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Self

import aiosqlite

Rows = list[Any]
Job = Callable[[sqlite3.Cursor], Any]
Done = tuple[Any, int, int | None, Rows]
"""What a statement left: its columns, how many rows it changed, the last row's number, the rows it returns."""
Opener = Callable[..., "OneTripConnection"]
TURN = 0.005
"""How many seconds of reading one connection may put before everybody else's events."""


class OneTripConnection(aiosqlite.Connection):
    """An aiosqlite connection for SQLAlchemy, whose transactions begin with their first statement."""

    _begin_with = ""
    _is_unsure = False

    def begin_with(self, statement: str) -> None:
        """Begin with this statement, just before the next one is executed."""
        self._begin_with = statement

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]  # SQLAlchemy only enters it
        """Return a cursor that gets what it needs in one trip."""
        return OneTripCursor(self)

    async def run(self, job: Job) -> Done:
        """Begin if that is still due, do the job on a fresh cursor, fetch every row, close; all in the thread."""
        try:
            done: Done = await self._execute(self._in_thread, job)  # type: ignore[no-untyped-call]
        except CancelledError:
            self._is_unsure = True
            raise
        return done

    def _in_thread(self, job: Job) -> Done:
        if self._begin_with:
            self._conn.execute(self._begin_with)
            self._begin_with = ""
        cursor = self._conn.cursor()
        try:
            job(cursor)
            rows = cursor.fetchall() if cursor.description else []
            return cursor.description, cursor.rowcount, cursor.lastrowid, rows
        finally:
            cursor.close()

    async def commit(self) -> None:
        """Commit what was begun; raises as aiosqlite does."""
        if self._has_begun():
            await super().commit()
        self._begin_with = ""

    async def rollback(self) -> None:
        """Roll back what was begun, or what may have been begun by a statement that nobody waited for."""
        if self._has_begun():
            await super().rollback()
        self._begin_with, self._is_unsure = "", False

    def _has_begun(self) -> bool:
        return self._is_unsure or self.in_transaction


class ReadingConnection(OneTripConnection):
    """A connection that only reads: what it is asked is done at once, in the thread of whoever asks.

    When that adds up to `TURN`, others get theirs before it goes on.
    """

    _held = 0.0

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if self._held > TURN:
            self._held = 0.0
            await sleep(0)
        begun = perf_counter()
        try:
            return fn(*args, **kwargs)
        finally:
            self._held += perf_counter() - begun


class OneTripCursor:
    """What SQLAlchemy takes for an asynchronous cursor; only `execute` and `executemany` go anywhere."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: Rows = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute a statement and fetch its rows; raises what sqlite3 raises."""
        return await self._run(lambda cursor: cursor.execute(operation, parameters))

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Execute a statement for each of `parameters`; raises what sqlite3 raises."""
        return await self._run(lambda cursor: cursor.executemany(operation, parameters))

    async def _run(self, job: Job) -> Self:
        self.description, self.rowcount, self.lastrowid, self._rows = await self._connection.run(job)
        return self

    async def fetchall(self) -> Rows:
        """Return the rows that came along with `execute`."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: it was closed in the thread."""


def connect(database: str, **options: Any) -> OneTripConnection:
    """Return what opens a connection when it is awaited, as `aiosqlite.connect` does; for `async_creator_fn`.

    `options` go to `sqlite3.connect`. Its thread ends with the process.
    """
    return _opened_by(OneTripConnection, database, options)


def connect_to_read(database: str, **options: Any) -> OneTripConnection:
    """Return the same for units that only read. Its thread opens it, and has nothing to do from then on."""
    return _opened_by(ReadingConnection, database, {**options, "check_same_thread": False})


def _opened_by(kind: type[OneTripConnection], database: str, options: dict[str, Any]) -> OneTripConnection:
    connection = kind(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - SQLAlchemy does the same for connections that it opens itself
    return connection
