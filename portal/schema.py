"""Bringing a database to the tables of this version, and back: alembic's migrations in `alembic/versions`.

One run is one transaction, triggers included: it succeeds as a whole or changes nothing, on both databases.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

from portal.config import async_url
from portal.models.triggers import install_triggers, remove_triggers

ROOT = Path(__file__).parent.parent
_LOCK = 7_406_411


def upgrade_database(url: str, revision: str = "head") -> str | None:
    """Run the migrations up to a revision; returns the revision that the database had before, None for an empty one."""
    return _run(url, lambda settings: command.upgrade(settings, revision))


def downgrade_database(url: str, revision: str) -> str | None:
    """Undo the migrations down to a revision ("base" for an empty database); returns the one it had before."""
    return _run(url, lambda settings: command.downgrade(settings, revision))


def revision_of(url: str) -> str | None:
    """Return the revision of a database, None when it has no tables of ours."""
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest_revision() -> str | None:
    """Return the revision that this version of the portal works with."""
    return ScriptDirectory.from_config(alembic_settings()).get_current_head()


def alembic_settings(connection: Connection | None = None) -> Config:
    """Return alembic's settings from pyproject.toml, bound to an open connection when one is given."""
    attributes: dict[str, Any] = {} if connection is None else {"connection": connection}
    return Config(toml_file=ROOT / "pyproject.toml", attributes=attributes)


def migration_engine(url: str) -> Engine:
    """Return an engine for migrations: no async driver, and SQLite's tables and data in one transaction.

    Foreign keys stay off on SQLite, because a migration there rebuilds whole tables; they are checked at its end.
    """
    address = make_url(async_url(url))
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = create_engine(address.set(drivername="sqlite") if is_sqlite else address, poolclass=NullPool)
    if is_sqlite:
        event.listen(engine, "connect", _without_own_begin)
        event.listen(engine, "begin", _begin_immediate)
    return engine


@contextmanager
def whole_migration(connection: Connection) -> Iterator[None]:
    """Take the triggers away while the migrations run, put them back, and check the foreign keys."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    remove_triggers(connection)
    yield
    install_triggers(connection)
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"The migration left {len(broken)} rows that point at nothing; it was undone.")


def _run(url: str, migrate: Callable[[Config], None]) -> str | None:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            migrate(alembic_settings(connection))
            return before
    finally:
        engine.dispose()


def _without_own_begin(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=10000")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
