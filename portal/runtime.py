"""What one process shares: its configuration and its database. Set once at start; tests set their own."""

from dataclasses import dataclass

from portal.config import Config, config
from portal.database import Database


@dataclass(frozen=True)
class Runtime:
    """The configuration and the database of this process."""

    config: Config
    database: Database


_current: Runtime | None = None


def runtime() -> Runtime:
    """Return the process's runtime, made from the environment on first use."""
    global _current
    if _current is None:
        settings = config()
        _current = Runtime(settings, Database(settings.database, settings.ring()))
    return _current


def set_runtime(value: Runtime | None) -> None:
    """Use another runtime from now on; for tests and for the command line."""
    global _current
    _current = value
