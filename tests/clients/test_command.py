"""`portal clients import`: what it says, and what it leaves alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from portal.cli import app
from portal.config import config
from portal.demo.people import Cast
from portal.runtime import set_runtime

HEADER = "First name,Last name,Date of birth,Email\n"
Portal = Callable[..., Result]


@pytest.fixture
def portal(database_url: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A function that runs one command on the database with the cast."""
    monkeypatch.setenv("DATABASE_URL", database_url.replace("+aiosqlite", "").replace("+psycopg", ""))
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORTAL_MODE", "test")

    def run(*words: str) -> Result:
        config.cache_clear()
        set_runtime(None)
        return CliRunner().invoke(app, ["clients", *words])

    yield run
    config.cache_clear()
    set_runtime(None)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        path = tmp_path / "clients.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_dry_run_says_what_would_happen_and_changes_nothing(portal: Portal, file: Callable[[str], str]) -> None:
    path = file(f"{HEADER}Robin,Quill,2015-02-28,\nKim,,,\nSomebody,Else,,casey@mail.example\n")
    for _ in range(2):
        result = portal("import", path, "--organization", "harbor", "--dry-run")
        assert result.exit_code == 1
        assert "Line 3: Please enter the last name." in result.stderr
        assert "Line 4: Somebody Else. Looks like Casey Lin" in result.stderr
        assert "3 rows: 1 good, 1 bad, 1 that look like somebody." in result.stdout
        assert "Nothing was imported" in result.stdout


def test_bad_rows_stop_the_import_until_they_are_skipped(portal: Portal, file: Callable[[str], str]) -> None:
    path = file(f"{HEADER}Robin,Quill,2015-02-28,\nKim,,,\n")
    first = portal("import", path, "--organization", "harbor")
    assert (first.exit_code, first.stdout.splitlines()[-1]) == (1, "0 clients were imported.")
    second = portal("import", path, "--organization", "harbor", "--skip-bad")
    assert (second.exit_code, second.stdout.splitlines()[-1]) == (0, "1 client was imported.")
    third = portal("import", path, "--organization", "harbor", "--skip-bad")
    assert "Looks like Robin Quill, who is a client already." in third.stderr
    assert third.stdout.splitlines()[-1] == "0 clients were imported."
    other = portal("import", path, "--organization", "lakeside", "--skip-bad")
    assert other.stdout.splitlines()[-1] == "1 client was imported."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("missing.csv", "--organization", "harbor"), "There is no file"),
        ((".", "--organization", "harbor"), "is a folder"),
        (("FILE", "--organization", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    portal: Portal, file: Callable[[str], str], words: tuple[str, ...], sentence: str
) -> None:
    path = file(f"{HEADER}Robin,Quill,,\n")
    assert portal("import", path, "--organization", "harbor", "--dry-run").exit_code == 0
    result = portal("import", *(path if word == "FILE" else word for word in words))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_the_index_can_be_built_again(portal: Portal, cast: Cast) -> None:
    result = portal("reindex")
    assert result.stdout == f"{len(cast.clients) + len(cast.contacts)} people can be found.\n"
