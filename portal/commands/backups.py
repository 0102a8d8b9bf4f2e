"""Commands that keep a copy of an installation, and bring it back: the embedded database and the files, not the key."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from portal.commands.common import Refusal, plainly, require_tables
from portal.config import Config, config
from portal.schema import revision_of

_DATABASE, _FILES = "portal.db", "files"
_POSTGRES = (
    "This installation uses PostgreSQL, which has its own tools: pg_dump for a copy, pg_restore to bring it back. "
    "Keep the folder “files” of the data folder with it."
)
Folder = Annotated[Path, typer.Argument(help="The folder of the backup.")]


def backup(folder: Folder) -> None:
    """Copy database and files into a new folder, while the portal may go on running. The key is not in it."""
    with plainly():
        settings = config()
        source = _database_file(settings)
        require_tables(settings)
        if folder.exists():
            raise Refusal(f"{folder} is there already. Choose a folder that is not: no backup is ever written over.")
        _write(settings, source, folder)
        typer.echo(f"The backup is in {folder}. Keep a copy of the key apart from it: without it nothing can be read.")


def restore(folder: Folder) -> None:
    """Bring a backup back into an installation that has no data yet."""
    with plainly():
        settings = config()
        target = _database_file(settings)
        copy = folder / _DATABASE
        if not copy.is_file() or revision_of(f"sqlite:///{copy}") is None:
            raise Refusal(f"There is no backup in {folder}.")
        _require_whole(copy)
        _require_empty(settings, target)
        shutil.copytree(folder / _FILES, settings.folder / _FILES, dirs_exist_ok=True)
        _copy_database(copy, target)
        typer.echo("The backup is back. Put the key back too, then run “portal migrate” and “portal verify-audit”.")


def _database_file(settings: Config) -> Path:
    """Return the file of the embedded database; raises Refusal for PostgreSQL."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refusal(_POSTGRES)
    return Path(url.database)


def _write(settings: Config, source: Path, folder: Path) -> None:
    """Write beside the place and move there whole. The database comes first: a file it does not know does no harm."""
    draft = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    _copy_database(source, draft / _DATABASE)
    kept = settings.folder / _FILES
    if kept.is_dir():
        shutil.copytree(kept, draft / _FILES, ignore=_gone_or_unfinished)
    else:
        (draft / _FILES).mkdir()
    _require_whole(draft / _DATABASE)
    draft.replace(folder)


def _copy_database(source: Path, target: Path) -> None:
    """Copy one moment of a database, whoever writes to it meanwhile; readable by its owner only."""
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(draft)) as copy:
        origin.backup(copy)
        # One file, with no log beside it, whichever way it is carried from here; the portal begins a log of its own.
        copy.execute("PRAGMA journal_mode=DELETE")
    draft.replace(target)


def _require_whole(database: Path) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise Refusal(f"The database in {database.parent} is damaged: {found}")


def _require_empty(settings: Config, target: Path) -> None:
    kept = settings.folder / _FILES
    if (target.exists() and revision_of(f"sqlite:///{target}") is not None) or (kept.is_dir() and any(kept.iterdir())):
        raise Refusal("There is data in this installation already. A backup is only ever brought into an empty one.")


def _gone_or_unfinished(folder: str, names: list[str]) -> set[str]:
    """Leave out what is being written this moment, and what was removed since the folder was read."""
    return {name for name in names if name.endswith(".part") or not Path(folder, name).exists()}
