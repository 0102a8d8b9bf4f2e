"""The migrations: there and back again on both databases, with nothing lost and nothing left over."""

import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from portal.models import metadata
from portal.models.triggers import APPEND_ONLY, LEDGER, OVERLAP, remove_triggers
from portal.schema import (
    ROOT,
    alembic_settings,
    downgrade_database,
    migration_engine,
    newest_revision,
    revision_of,
    upgrade_database,
    whole_migration,
)
from tests.conftest import postgres_database

Names = dict[str, set[str]]
REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_settings()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine: Engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def triggers(connection: Connection) -> set[str]:
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return set(connection.execute(text(statement)).scalars())


def constraints(connection: Connection) -> Names:
    """Everything that keeps the rows in order, by table."""
    look = inspect(connection)
    return {
        table: {
            *(f"unique {item['name']}" for item in look.get_unique_constraints(table)),
            *(f"foreign key {item['name']}" for item in look.get_foreign_keys(table)),
            *(f"index {item['name']}" for item in look.get_indexes(table)),
            f"primary key {look.get_pk_constraint(table)['name']}",
            *(f"required {item['name']}" for item in look.get_columns(table) if not item["nullable"]),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def later_triggers(url: str) -> set[str]:
    """What came with later tables: the ledger is append-only too, and SQLite has to keep appointments apart."""
    with connected(url) as connection:
        tables, is_sqlite = set(inspect(connection).get_table_names()), connection.dialect.name == "sqlite"
        verbs = ("update", "delete") if is_sqlite else ("update", "delete", "truncate")
        ledger = {f"{table}_no_{verb}" for table in LEDGER if table in tables for verb in verbs}
        return ledger | (set(OVERLAP) if is_sqlite and "appointment" in tables else set())


def keeps_appointments_apart(url: str) -> bool:
    """Whether the database itself refuses two appointments that overlap."""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            return set(OVERLAP) <= triggers(connection)
        named = "SELECT count(*) FROM pg_constraint WHERE conname = 'appointment_no_overlap' AND contype = 'x'"
        return connection.execute(text(named)).scalar_one() == 1


def state(url: str) -> tuple[set[str], Names]:
    with connected(url) as connection:
        return triggers(connection), constraints(connection)


@pytest.fixture
def model_state(empty_url: str) -> tuple[set[str], Names]:
    """What the models would make of an empty database; it is empty again afterwards."""
    with connected(empty_url) as connection:
        metadata.create_all(connection)
    made = state(empty_url)
    with connected(empty_url) as connection:
        remove_triggers(connection)
        metadata.drop_all(connection)
    return made


def test_up_down_and_up_again_leaves_what_the_models_ask_for(
    empty_url: str, model_state: tuple[set[str], Names]
) -> None:
    assert upgrade_database(empty_url) is None
    assert state(empty_url) == model_state
    assert downgrade_database(empty_url, "base") == newest_revision()
    assert state(empty_url) == (set(), {})
    upgrade_database(empty_url)
    assert state(empty_url) == model_state


def test_every_step_keeps_the_triggers(empty_url: str) -> None:
    """After every single upgrade and downgrade that leaves the tables there, the triggers are there too."""
    upgrade_database(empty_url, REVISIONS[0])
    expected = state(empty_url)[0]
    assert {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")} <= expected
    assert "audit_event_advances" in expected
    for revision in REVISIONS[1:]:
        upgrade_database(empty_url, revision)
        assert state(empty_url)[0] == expected | later_triggers(empty_url)
        assert keeps_appointments_apart(empty_url) == ("appointment" in state(empty_url)[1])
    assert keeps_appointments_apart(empty_url)
    for revision in REVISIONS[-2::-1]:
        downgrade_database(empty_url, revision)
        assert state(empty_url)[0] == expected | later_triggers(empty_url)
        assert keeps_appointments_apart(empty_url) == ("appointment" in state(empty_url)[1])


def test_models_and_migrations_say_the_same(empty_url: str) -> None:
    upgrade_database(empty_url)
    with connected(empty_url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        assert compare_metadata(context, metadata) == []


def test_rows_survive_a_rebuild_of_their_table(empty_url: str) -> None:
    """What alembic does to SQLite for almost any change, done to the table with the triggers."""
    upgrade_database(empty_url)
    before = state(empty_url)
    with connected(empty_url) as connection, whole_migration(connection):
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("audit_event", recreate="always") as batch:
            batch.alter_column("action", nullable=False)
    assert state(empty_url) == before


def test_the_append_only_tables_refuse_after_the_migrations(empty_url: str) -> None:
    upgrade_database(empty_url)
    with connected(empty_url) as connection:
        identifier = uuid4().hex
        connection.execute(
            text(
                "INSERT INTO account (id, email, email_key, name, created_at) VALUES (:id, 'a', 'a', 'a', '2026-01-01')"
            ),
            {"id": identifier},
        )
        connection.execute(
            text(
                "INSERT INTO account_event (id, account_id, action, at, device) "
                "VALUES (:id, :id, 'signed_in', '2026-01-01', '')"
            ),
            {"id": identifier},
        )
    for edit in ("UPDATE account_event SET device = 'x'", "DELETE FROM account_event"):
        with pytest.raises(DBAPIError, match="append-only"), connected(empty_url) as connection:
            connection.execute(text(edit))


def test_a_failing_migration_changes_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: Connection) -> None:
        raise LookupError("the last step failed")

    with monkeypatch.context() as patched:
        patched.setattr("portal.schema.install_triggers", fail)
        with pytest.raises(LookupError):
            upgrade_database(empty_url)
        assert state(empty_url) == (set(), {})
    upgrade_database(empty_url)
    assert revision_of(empty_url) == newest_revision()


def test_two_starts_at_once_migrate_once(empty_url: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
        for outcome in [both.submit(upgrade_database, empty_url) for _ in range(2)]:
            outcome.result(timeout=60)
    assert revision_of(empty_url) == newest_revision()
    assert upgrade_database(empty_url) == newest_revision()


def test_a_migration_stands_on_its_own() -> None:
    """A migration that used today's code would change its meaning tomorrow."""
    scripts = list((ROOT / "alembic" / "versions").glob("*.py"))
    assert len(scripts) == len(REVISIONS)
    for script in scripts:
        assert not re.search(r"^\s*(from|import) (portal|sqlmodel)", script.read_text(), re.M), script


def test_a_broken_foreign_key_stops_the_migration_of_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'broken.db'}"
    upgrade_database(url)
    with sqlite3.connect(tmp_path / "broken.db") as connection:
        values = (uuid4().hex, uuid4().hex)
        connection.execute("INSERT INTO account_event VALUES (?, ?, 'signed_in', '2026-01-01', '')", values)
    with pytest.raises(RuntimeError, match="point at nothing"):
        upgrade_database(url)
