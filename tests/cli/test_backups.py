"""A copy of an installation: of one moment, without the key, brought back only where there is nothing."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Portal
from tests.conftest import RING

FILE = "0" * 30 + "ab"


@pytest.fixture
def empty_url() -> str:
    """The embedded database of the data folder; PostgreSQL has its own tools, and a test of its own below."""
    return ""


@pytest.fixture
def data(portal: Portal, tmp_path: Path) -> Path:
    """An installation with tables, one row of its own, and a file."""
    assert portal("migrate").exit_code == 0
    data = tmp_path / "data"
    with sqlite3.connect(data / "portal.db") as connection:
        connection.execute("INSERT INTO first_run (id, token_hash, created_at) VALUES ('1', 'kept', '2026-11-24')")
    place = data / "files" / "ab" / FILE
    place.parent.mkdir(parents=True)
    place.write_bytes(b"sealed")
    (place.parent / f"{FILE}.part").write_bytes(b"half")
    (data / "portal.key").write_bytes(RING.keys[0])
    return data


def rows(database: Path) -> list[tuple[str]]:
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT token_hash FROM first_run").fetchall()


def test_there_and_back_again(portal: Portal, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    # The portal runs on: its newest commit is not in the database's file yet, but in the log beside it.
    writer = sqlite3.connect(data / "portal.db")
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("UPDATE first_run SET token_hash = 'newest'")
    writer.commit()
    assert b"newest" not in (data / "portal.db").read_bytes()
    done = portal("backup", str(kept))
    writer.close()
    assert done.exit_code == 0, done.output
    assert "Keep a copy of the key apart" in done.output
    assert {path.name for path in kept.rglob("*") if path.is_file()} == {"portal.db", FILE}
    assert kept.stat().st_mode & 0o077 == 0
    assert (kept / "portal.db").stat().st_mode & 0o077 == 0

    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "other"))
    done = portal("restore", str(kept))
    assert done.exit_code == 0, done.output
    assert rows(tmp_path / "other" / "portal.db") == [("newest",)]
    assert (tmp_path / "other" / "files" / "ab" / FILE).read_bytes() == b"sealed"
    assert portal("migrate").output.strip() == "The database is up to date."


def test_no_backup_is_written_over(portal: Portal, data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert portal("backup", str(kept)).exit_code == 0
    before = (kept / "portal.db").read_bytes()
    again = portal("backup", str(kept))
    assert (again.exit_code, "there already" in again.output) == (1, True)
    assert (kept / "portal.db").read_bytes() == before


def test_nothing_is_brought_into_an_installation_with_data(portal: Portal, data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert portal("backup", str(kept)).exit_code == 0
    with sqlite3.connect(data / "portal.db") as connection:
        connection.execute("UPDATE first_run SET token_hash = 'newer'")
    refused = portal("restore", str(kept))
    assert (refused.exit_code, "only ever brought into an empty one" in refused.output) == (1, True)
    (data / "portal.db").rename(tmp_path / "away.db")
    assert portal("restore", str(kept)).exit_code == 1, "there are files"
    assert rows(tmp_path / "away.db") == [("newer",)]


@pytest.mark.parametrize("what", ["nothing", "something else", "damaged"])
def test_what_is_no_whole_backup_is_not_brought_back(portal: Portal, tmp_path: Path, data: Path, what: str) -> None:
    kept = tmp_path / "kept"
    if what == "damaged":
        assert portal("backup", str(kept)).exit_code == 0
        content = bytearray((kept / "portal.db").read_bytes())
        content[8192:-4096] = b"\x55" * (len(content) - 12288)
        (kept / "portal.db").write_bytes(content)
    elif what == "something else":
        kept.mkdir()
        (kept / "portal.db").write_text("a shopping list")
    assert portal("restore", str(kept)).exit_code == 1


def test_postgresql_has_its_own_tools(portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal@localhost/portal")
    for command in ("backup", "restore"):
        refused = portal(command, str(tmp_path / "kept"))
        assert (refused.exit_code, "pg_dump" in refused.output) == (1, True)
    assert not (tmp_path / "kept").exists()
