"""The environment: friendly in the demo, strict in production."""

import base64
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from portal.config import Config, Mode, async_url

SAFE = {
    "mode": Mode.PRODUCTION,
    "base_url": "https://portal.example.org",
    "smtp_url": "smtps://mail.example.org",
    "database_url": "postgresql://localhost/portal",
}


def test_production_starts_when_everything_is_given(tmp_path: Path) -> None:
    assert Config(**SAFE, data_dir=tmp_path).secure


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("base_url", "http://portal.example.org", "PORTAL_BASE_URL"),
        ("smtp_url", "", "PORTAL_SMTP_URL"),
        ("database_url", "", "DATABASE_URL"),
    ],
)
def test_production_refuses_to_start_unsafe(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Config(**{**SAFE, name: value}, data_dir=tmp_path)


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "data")
    first = config.ring()
    assert config.ring() == first
    assert stat.S_IMODE((tmp_path / "data" / "portal.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_the_key_may_come_from_the_environment_with_the_old_ones(tmp_path: Path) -> None:
    new, old = b"n" * 32, b"o" * 32
    config = Config(data_dir=tmp_path, key=base64.b64encode(new).decode(), old_keys=base64.b64encode(old).decode())
    assert config.ring().keys == (new, old)
    assert not (tmp_path / "portal.key").exists()


@pytest.mark.parametrize("key", ["short", "!!!", base64.b64encode(b"x" * 31).decode()])
def test_a_broken_key_is_refused_with_a_sentence(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="32 bytes in base64"):
        Config(data_dir=tmp_path, key=key).ring()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+asyncpg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_the_async_driver_is_put_in(given: str, used: str) -> None:
    assert async_url(given) == used


def test_another_database_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="sqlite:// or postgresql://"):
        async_url("mysql://h/d")


@pytest.mark.parametrize("public", [{"host": "0.0.0.0"}, {"base_url": "https://portal.example.org"}])  # noqa: S104 - the point
def test_a_demo_with_known_passwords_stays_on_this_machine(tmp_path: Path, public: dict[str, str]) -> None:
    assert Config(data_dir=tmp_path, host="127.0.0.1", base_url="http://localhost:8000").mode is Mode.DEMO
    with pytest.raises(ValidationError, match="PORTAL_MODE=production"):
        Config(**public, data_dir=tmp_path)
