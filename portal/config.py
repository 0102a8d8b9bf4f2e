"""The environment, read once into one frozen object. Production refuses to start unsafe."""

import base64
import binascii
import os
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal.kit.crypto import KeyRing, new_key

OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class Mode(StrEnum):
    """What this installation is for."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class Config(BaseSettings):
    """One frozen object for the whole process; README lists every name with its meaning."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", frozen=True, extra="ignore")

    mode: Mode = Mode.DEMO
    data_dir: Path = Path(".data")
    database_url: str = Field("", validation_alias=AliasChoices("PORTAL_DATABASE_URL", "DATABASE_URL"))
    port: int = Field(8000, ge=1, le=65535, validation_alias=AliasChoices("PORTAL_PORT", "PORT"))
    host: str = "127.0.0.1"
    base_url: str = ""
    key: SecretStr = SecretStr("")
    old_keys: SecretStr = SecretStr("")
    smtp_url: SecretStr = SecretStr("")
    redis_url: SecretStr = Field(SecretStr(""), validation_alias=AliasChoices("PORTAL_REDIS_URL", "REFLEX_REDIS_URL"))
    mail_from: str = "portal@localhost"
    demo: bool = True
    worker_in_server: bool = True
    sandbox_url: str = ""
    trusted_proxy_hops: int = Field(0, ge=0, le=10)

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.database_url:
            async_url(self.database_url)
        for text in (self.key.get_secret_value(), *self.old_keys.get_secret_value().split()):
            if text:
                _read_key(text)
        return self

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.mode is not Mode.PRODUCTION:
            return self
        problems = [
            sentence
            for ok, sentence in (
                (self.base_url.startswith("https://"), "Set PORTAL_BASE_URL to the https address of the portal."),
                (bool(self.smtp_url.get_secret_value()), "Set PORTAL_SMTP_URL to your mail server."),
                (bool(self.database_url), "Set DATABASE_URL."),
            )
            if not ok
        ]
        if problems:
            raise ValueError(" ".join(problems))
        return self

    @model_validator(mode="after")
    def _demo_stays_here(self) -> Self:
        """A demo has known passwords and shows its mail to anybody: it is for this machine alone."""
        public = self.host not in OWN_HOSTS or self.base_url.startswith("https://")
        if self.mode is Mode.DEMO and public:
            raise ValueError("The demo answers on this machine only. For real people set PORTAL_MODE=production.")
        return self

    @property
    def origin(self) -> str:
        """The public origin, such as https://portal.example.org, without a slash at the end."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach the portal over TLS."""
        return urlsplit(self.origin).scheme == "https"

    @property
    def database(self) -> str:
        """The database's address with an async driver; the embedded SQLite file when none is given."""
        return async_url(self.database_url) if self.database_url else f"sqlite+aiosqlite:///{self.folder / 'portal.db'}"

    @property
    def folder(self) -> Path:
        """The data folder, made on first use and readable by its owner only."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.data_dir.resolve()

    def ring(self) -> KeyRing:
        """The sealing keys: from the environment, or from `portal.key` in the data folder, made at first start."""
        current = self.key.get_secret_value()
        first = _read_key(current) if current else _key_of_folder(self.folder / "portal.key")
        return KeyRing((first, *(_read_key(old) for old in self.old_keys.get_secret_value().split())))


def async_url(url: str) -> str:
    """Put the async driver into a database address, whichever way it was written."""
    scheme, _, rest = url.partition("://")
    name = scheme.split("+")[0]
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    if name not in drivers:
        raise ValueError("DATABASE_URL has to start with sqlite:// or postgresql://.")
    return f"{drivers[name]}://{rest}"


def _read_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ValueError("PORTAL_KEY has to be 32 bytes in base64.") from wrong
    if len(key) != 32:
        raise ValueError("PORTAL_KEY has to be 32 bytes in base64.")
    return key


def _key_of_folder(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(new_key()).decode())
    return _read_key(path.read_text().strip())


@lru_cache(maxsize=1)
def config() -> Config:
    """The configuration of this process."""
    return Config()
