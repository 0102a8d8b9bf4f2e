"""What every command shares: plain sentences instead of traces, and a database that is closed afterwards."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import typer
from alembic.util.exc import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError

from portal.config import Config, config
from portal.errors import PortalError
from portal.runtime import Runtime, runtime
from portal.schema import newest_revision, revision_of

T = TypeVar("T")


class Refusal(Exception):
    """A command stops here; the sentence says why and what to do."""


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what can be expected to go wrong into a sentence on the error output and exit code 1."""
    try:
        yield
    except (PortalError, Refusal) as refused:
        sentence = str(refused)
    except ValidationError as wrong:
        sentence = " ".join(_setting_sentence(error) for error in wrong.errors())
    except OperationalError as wrong:
        sentence = f"The database does not answer. Check DATABASE_URL. ({_first_line(wrong)})"
    except DBAPIError as wrong:
        sentence = f"The database refused that. ({_first_line(wrong)})"
    except CommandError as wrong:
        sentence = f"The migrations do not know this database: {wrong}"
    except OSError as wrong:
        sentence = f"{wrong.filename}: {wrong.strerror}."
    else:
        return
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def run(task: Callable[[Runtime], Awaitable[T]]) -> T:
    """Run one command's work on the configured database, which has to be up to date, and close it."""
    require_tables(config())

    async def main() -> T:
        here = runtime()
        try:
            return await task(here)
        finally:
            await here.database.close()

    return asyncio.run(main())


def require_tables(settings: Config) -> None:
    """Refuse to work on a database with other tables than this version's."""
    present = revision_of(settings.database)
    if present is None:
        raise Refusal("The database is empty. Run “portal migrate” first.")
    if present != newest_revision():
        raise Refusal("The database belongs to another version of the portal. Run “portal migrate” first.")


def read_bytes(file: Path) -> bytes:
    """Read a file that somebody named on the command line."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Refusal(f"{file} is a folder, not a file.") from None


def _first_line(wrong: DBAPIError) -> str:
    return str(wrong.orig).strip().partition("\n")[0]


def _setting_sentence(error: object) -> str:
    details = error if isinstance(error, dict) else {}
    where = "_".join(str(part) for part in details.get("loc", ())).upper()
    text = str(details.get("msg", "")).removeprefix("Value error, ")
    if not where:
        return text
    name = where if where in {"PORT", "DATABASE_URL"} or where.startswith("PORTAL_") else f"PORTAL_{where}"
    return f"{name}: {text}."
