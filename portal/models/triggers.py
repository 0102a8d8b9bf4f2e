"""Triggers that keep history as it was: append-only tables, and a chain that only grows at its end.

On SQLite also those that keep two appointments from overlapping, which on PostgreSQL an exclusion constraint does.
They belong to the tables as much as a constraint does. `metadata.create_all` makes them, and every migration run makes
them again, because SQLite loses a table's triggers when a migration rebuilds the table.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, event, inspect

from portal.models.base import metadata

APPEND_ONLY = ("audit_event", "access_log", "account_event")
LEDGER = ("charge", "adjustment", "payment", "refund", "allocation", "attempt_item", "policy_version")

_SQLITE_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_SQLITE_CHAIN = (
    """
CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event
WHEN NOT EXISTS (
    SELECT 1 FROM audit_head WHERE organization_id = NEW.organization_id
    AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash)
BEGIN SELECT RAISE(ABORT, 'audit_event has to follow the end of its chain'); END""",
    """
CREATE TRIGGER audit_event_advances AFTER INSERT ON audit_event
BEGIN UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash
WHERE organization_id = NEW.organization_id; END""",
)
OVERLAP = ("appointment_free_when_added", "appointment_free_when_changed")
_SQLITE_OVERLAP = """
CREATE TRIGGER {name} BEFORE {verb} ON appointment
WHEN NEW.status IN ('confirmed', 'kept', 'no_show') AND EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.membership_id = NEW.membership_id AND other.id <> NEW.id
    AND other.status IN ('confirmed', 'kept', 'no_show')
    AND other.starts_at > datetime(NEW.starts_at, '-1 day')
    AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'appointment_no_overlap'); END"""
_POSTGRES_FUNCTIONS = (
    """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$""",
    """
CREATE FUNCTION advance_audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash
    WHERE organization_id = NEW.organization_id AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'audit_event has to follow the end of its chain'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$""",
)
_POSTGRES_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""
_POSTGRES_CHAIN = """
CREATE TRIGGER audit_event_advances BEFORE INSERT ON audit_event
FOR EACH ROW EXECUTE FUNCTION advance_audit_chain()"""


def install_triggers(connection: Connection) -> None:
    """Make every trigger afresh, for the tables that exist. Running it again changes nothing."""
    remove_triggers(connection)
    if not _tables_exist(connection):
        return
    tables = _append_only(connection)
    for statement in _sqlite(tables) if connection.dialect.name == "sqlite" else _postgres(tables):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite" and inspect(connection).has_table("appointment"):
        for name, verb in zip(OVERLAP, ("INSERT", "UPDATE"), strict=True):
            connection.exec_driver_sql(_SQLITE_OVERLAP.format(name=name, verb=verb))


def remove_triggers(connection: Connection) -> None:
    """Take every trigger away, so that a migration may rebuild the tables. Only migrations do this."""
    exist = _tables_exist(connection)
    if connection.dialect.name == "sqlite":
        for name in (*(name for name, _table in _names()), *OVERLAP):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name, table in _names(_append_only(connection)) if exist else ():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    for function in ("refuse_change", "advance_audit_chain"):
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")


def _tables_exist(connection: Connection) -> bool:
    return set(inspect(connection).get_table_names()).issuperset((*APPEND_ONLY, "audit_head"))


def _append_only(connection: Connection) -> tuple[str, ...]:
    """The tables that are only added to, as far as they are there: the ledger came later than the chain."""
    there = set(inspect(connection).get_table_names())
    return tuple(table for table in (*APPEND_ONLY, *LEDGER) if table in there)


def _names(tables: tuple[str, ...] = (*APPEND_ONLY, *LEDGER)) -> Iterator[tuple[str, str]]:
    for table in tables:
        for verb in ("update", "delete", "truncate"):
            yield f"{table}_no_{verb}", table
    yield "audit_event_follows", "audit_event"
    yield "audit_event_advances", "audit_event"


def _sqlite(tables: tuple[str, ...]) -> Iterator[str]:
    for table in tables:
        for verb in ("update", "delete"):
            yield _SQLITE_REFUSE.format(table=table, verb=verb)
    yield from _SQLITE_CHAIN


def _postgres(tables: tuple[str, ...]) -> Iterator[str]:
    yield from _POSTGRES_FUNCTIONS
    for table in tables:
        for verb in ("update", "delete", "truncate"):
            yield _POSTGRES_REFUSE.format(table=table, verb=verb)
    yield _POSTGRES_CHAIN


@event.listens_for(metadata, "after_create")
def _after_create(_target: Any, connection: Connection, **_rest: Any) -> None:
    install_triggers(connection)
