"""Looking into a database from outside of the portal."""

from typing import Any

from sqlalchemy import text

from portal.schema import migration_engine


def rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def change(url: str, statement: str) -> None:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def count(url: str, table: str) -> int:
    return int(rows(url, f"SELECT count(*) FROM {table}")[0][0])


def staff(url: str) -> list[tuple[str, str]]:
    return [(email, role) for email, role in rows(url, "SELECT email, role FROM membership ORDER BY email")]
