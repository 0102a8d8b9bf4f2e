"""Engines, and `unit_of_work`: the only commit in the code base.

SQLite has two engines: reads begin plainly, writes with BEGIN IMMEDIATE, so that a check and the change that rests on
it see one state. PostgreSQL has one. Both refuse to write in a unit that said it only reads.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from portal import sqlite
from portal.kit.clock import utc_now
from portal.kit.crypto import KeyRing

Listener = Callable[[frozenset[str]], Awaitable[None]]
_open_units: ContextVar[int] = ContextVar("open_units", default=0)


class Work(AsyncSession):
    """One unit of work: a session, its moment, the sealing keys, and the topics to be told after the commit.

    `looks` are rows of the log of looks that a unit which only reads cannot write: who opened it takes them.
    """

    ring: KeyRing
    now: datetime
    writes: bool
    topics: set[str]
    looks: list[Any]
    _plain: AsyncConnection | None = None

    async def plain(self) -> AsyncConnection:
        """Return the connection, for statements on tables: asked for once, every asking costs a switch of contexts."""
        if self._plain is None:
            self._plain = await self.connection()
        return self._plain

    def take_looks(self) -> list[Any]:
        """Hand the noted looks over to who writes them down: they are no longer this unit's."""
        taken, self.looks = self.looks, []
        return taken

    def tell(self, topic: str) -> None:
        """Ask for the open tabs of a topic to reload once this unit is committed. A topic is ids, never data."""
        self.topics.add(topic)


READERS, WRITERS = 3, 1
"""Connections of an embedded SQLite.

Who reads is answered at once, in the event loop's own thread (docs/decisions/0022). Who writes waits in the order of
coming, where two connections would take turns in asking whether the file is free, and sleep longer each time. Other
processes still meet its lock.
"""
READING_WAITS, WRITING_WAITS = 1, 10
"""Seconds for which SQLite asks again for a lock; readers meet one only while a file is repaired or brought back."""


class Database:
    """The engines of one database, and its units of work.

    `writers` are the connections that may write on SQLite: more than one meet as several processes do.
    """

    def __init__(
        self, url: str, ring: KeyRing, clock: Callable[[], datetime] = utc_now, *, writers: int = WRITERS
    ) -> None:
        self.ring = ring
        self.clock = clock
        self.listeners: list[Listener] = []
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self.write_engine = _sqlite_engine(url, "BEGIN IMMEDIATE", writers)
            self.read_engine = self._told_to_read = _reading_engine(url)
        else:
            self.write_engine = self.read_engine = _postgres_engine(url)
            self._told_to_read = self.read_engine.execution_options(postgresql_readonly=True)

    @asynccontextmanager
    async def unit_of_work(self, *, writes: bool = True) -> AsyncIterator[Work]:
        """Open a transaction; commit it when the block ends well and `writes` is set, roll it back otherwise.

        After the commit the listeners get the topics that the unit told. Raises SQLAlchemy's DBAPIError when a unit
        without `writes` writes, and RuntimeError when it looked at health data and nobody took what it noted.
        """
        engine = self.write_engine if writes else self._told_to_read
        marker = _open_units.set(_open_units.get() + 1)
        try:
            async with Work(engine, expire_on_commit=False, autoflush=False) as work:
                work.ring, work.now, work.writes, work.topics = self.ring, self.clock(), writes, set()
                work.looks = []
                yield work
                if work.looks:
                    raise RuntimeError("A look at health data has to be recorded: open this unit for writing.")
                if writes:
                    await work.commit()
                topics = frozenset(work.topics)
        finally:
            _open_units.reset(marker)
        if topics:
            for listener in self.listeners:
                await listener(topics)

    async def close(self) -> None:
        """Close both engines."""
        await self.write_engine.dispose()
        if self.read_engine is not self.write_engine:
            await self.read_engine.dispose()


def assert_no_open_unit(port: str) -> None:
    """Refuse to reach the outside while a transaction is open: record the intent, commit, then call."""
    if _open_units.get():
        raise RuntimeError(f"{port} was called inside a unit of work.")


def _sqlite_engine(
    url: str, begin: str, connections: int, *, opens: sqlite.Opener = sqlite.connect, waits: int = WRITING_WAITS
) -> AsyncEngine:
    arguments = {"timeout": waits, "async_creator_fn": opens}
    engine = create_async_engine(url, connect_args=arguments, pool_size=connections, max_overflow=0, pool_timeout=30)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.begin_with(begin)

    return engine


def _reading_engine(url: str) -> AsyncEngine:
    engine = _sqlite_engine(url, "BEGIN", READERS, opens=sqlite.connect_to_read, waits=READING_WAITS)

    @event.listens_for(engine.sync_engine, "connect")
    def _read_only(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    return engine


def _postgres_engine(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=False)
