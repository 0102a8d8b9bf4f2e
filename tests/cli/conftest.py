"""The command line on a database of its own, in this process: quick, and with the real configuration."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from portal.cli import app
from portal.config import config
from portal.runtime import set_runtime
from tests.conftest import postgres_database

Portal = Callable[..., Result]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def portal(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A function that runs one command on the empty database, and forgets its configuration afterwards."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORTAL_MODE", "test")

    def run(*words: str, typed: str | None = None) -> Result:
        config.cache_clear()
        set_runtime(None)
        return CliRunner().invoke(app, list(words), input=typed)

    yield run
    config.cache_clear()
    set_runtime(None)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
