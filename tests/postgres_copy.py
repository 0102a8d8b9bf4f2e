"""A PostgreSQL database that one test after another uses: made from a template once, then put back row by row.

Putting back costs a tenth of making a database. What a test does to the tables themselves (it drops a trigger, to see
the race that the trigger prevents, or calls a table otherwise) is noticed, and the next test gets a database made anew.
"""

from uuid import uuid4

import psycopg

# Old rows are only marked as gone: after so many tests a new database is quicker.
_TESTS = 150
_SHAPE = """
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT format('%s %s %s', tgrelid, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT format('%s %s %s', conrelid, conname, convalidated) FROM pg_constraint
    UNION ALL SELECT format('%s %s %s %s', attrelid, attname, atttypid, attnotnull) FROM pg_attribute WHERE attnum > 0
    UNION ALL SELECT format('%s %s', indexrelid, indisvalid) FROM pg_index
    UNION ALL SELECT format('%s %s', oid, relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s', oid, prosrc) FROM pg_proc WHERE oid > 16384
) AS shape (line)
"""
_COLUMNS = """
SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name ORDER BY table_name
"""
_STRANGERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class PostgresCopy:
    """A copy of a template, the same for every test of a process; `fresh` returns its name with the rows put back."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._name, self._shape, self._uses, self._back = "", "", 0, ""

    def fresh(self) -> str:
        """Return the name of a database that holds what the template holds, and nothing else."""
        self._uses += 1
        if not self._name or self._uses > _TESTS or not self._put_back():
            self._make()
        return self._name

    def drop(self) -> None:
        """Remove the database."""
        if self._name:
            self._do(f'DROP DATABASE "{self._name}" WITH (FORCE)')
            self._name = ""

    def _make(self) -> None:
        self.drop()
        self._name, self._uses = f"test_{uuid4().hex}", 0
        self._do(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}"')
        with psycopg.connect(self._server, dbname=self._name, autocommit=True) as connection:
            tables = connection.execute(_COLUMNS.encode()).fetchall()
            connection.execute(b"CREATE SCHEMA kept")
            steps = []
            for table, columns in tables:
                connection.execute(f'CREATE TABLE kept."{table}" AS SELECT {columns} FROM public."{table}"'.encode())
                steps.append(f'DELETE FROM public."{table}"')
                if connection.execute(f'SELECT 1 FROM kept."{table}" LIMIT 1'.encode()).fetchone():
                    steps.append(
                        f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT * FROM kept."{table}"'
                    )
            self._back = "; ".join(["SET LOCAL session_replication_role = replica", *steps])
            self._shape = self._look(connection)

    def _put_back(self) -> bool:
        """Put the rows back; False when the tables are no longer what they were."""
        with psycopg.connect(self._server, dbname=self._name) as connection:
            connection.execute(_STRANGERS.encode())
            if self._look(connection) != self._shape:
                return False
            connection.execute(self._back.encode())
        return True

    def _look(self, connection: psycopg.Connection[tuple[str]]) -> str:
        found = connection.execute(_SHAPE.encode()).fetchone()
        return found[0] if found else ""

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())
