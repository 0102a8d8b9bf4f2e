"""A built portal, away from the working tree, and a server for it: built once, and again only when a source changed."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("portal", "assets", "reflex.lock", "rxconfig.py", "pyproject.toml", "alembic")
START_SECONDS = 180
BUILD_SECONDS = 600
NOTE = "built"
_BUILT = {"__REFLEX_SKIP_COMPILE": "true", "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true"}


@dataclass
class Portal:
    """A running portal with the demo practice in an SQLite file of its own."""

    base: str
    folder: Path
    log: Path

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run SQL in the portal's database, as time or another process would."""
        with sqlite3.connect(self.folder / "portal.db", timeout=10) as connection:
            return connection.execute(statement, values).fetchall()


def build(worker: str) -> tuple[Path, int]:
    """Return a folder with the built front end and the port it was built for.

    It is built once for all processes of a run; each has a copy that is aimed at a port of its own.
    """
    home = Path(tempfile.gettempdir()) / f"portico-e2e-{os.getuid()}"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder, wanted = home / worker, _fingerprint()
    if (port := _known(folder, wanted)) and _is_free(port):
        return folder, port
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = _build_first(home / "first", wanted)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(home / "first", folder, ignore=shutil.ignore_patterns("node_modules", NOTE), symlinks=True)
    port = _free_port()
    _aim(folder, first, port)
    (folder / NOTE).write_text(f"{wanted} {port}")
    return folder, port


def _build_first(folder: Path, wanted: str) -> int:
    """Build what the others copy, unless it is there; returns its port."""
    if port := _known(folder, wanted):
        return port
    (folder / NOTE).unlink(missing_ok=True)
    folder.mkdir(exist_ok=True)
    port = _free_port()
    _copy_sources(folder)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    _run(command, folder, _environment(folder, port, folder / "data"), BUILD_SECONDS)
    (folder / NOTE).write_text(f"{wanted} {port}")
    return port


def _known(folder: Path, wanted: str) -> int:
    """Return the port for which a folder was built from these sources; 0 when it was not."""
    note = folder / NOTE
    if not note.exists():
        return 0
    known, port = note.read_text().split()
    return int(port) if known == wanted else 0


def _aim(folder: Path, old: int, new: int) -> None:
    """Let built pages speak to another port: they name it in one place, and nothing else of them depends on it."""
    before, after = f"localhost:{old}".encode(), f"localhost:{new}".encode()
    aimed = 0
    for path in (folder / ".web" / "build").rglob("*.js"):
        if before in (content := path.read_bytes()):
            path.write_bytes(content.replace(before, after))
            for packed in path.parent.glob(f"{path.name}.*"):  # what stays is sent as it is
                packed.unlink()
            aimed += 1
    if not aimed:
        raise RuntimeError("The built pages do not say where the server is.")


class Standing:
    """One server for test module after test module; each finds the demo practice as it was at first.

    Starting takes longer than most modules do. What a module left behind is taken away beneath the running server:
    the database is written over in one transaction, as another process may do at any time, and the mail is gone.
    """

    def __init__(self, site: Path, port: int, folder: Path) -> None:
        self.site, self.port, self.folder = site, port, folder
        self.portal: Portal | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def fresh(self) -> Portal:
        """Return the portal with a fresh demo practice; starts it when it does not run."""
        if self.portal is None:
            self.portal, self.process = start(self.site, self.port, self.folder)
            return self.portal
        with (
            closing(sqlite3.connect(_demo(self.site, self.port) / "portal.db")) as first,
            closing(sqlite3.connect(self.folder / "portal.db", timeout=30)) as now,
        ):
            first.backup(now)
        for mail in (self.folder / "mail").glob("*.eml"):
            mail.unlink()
        return self.portal

    def leave(self) -> None:
        """Stop the server, so that another one can have its place."""
        if self.process is not None:
            stop(self.process)
        self.portal = self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def start(site: Path, port: int, folder: Path, **settings: str) -> tuple[Portal, subprocess.Popen[bytes]]:
    """Serve a data folder of its own with the demo practice in it; whoever calls stops the process.

    `settings` are further variables of the environment.
    """
    shutil.copytree(_demo(site, port), folder, dirs_exist_ok=True)
    return serve(site, port, folder, **settings)


@cache
def _demo(site: Path, port: int) -> Path:
    """Return a data folder with the demo practice as of now, made once in a run."""
    folder = Path(tempfile.mkdtemp(prefix="portico-demo-"))
    load_demo(site, port, folder)
    return folder


def load_demo(site: Path, port: int, folder: Path, **settings: str) -> None:
    """Make the tables and the demo practice, in `folder` or in the database that DATABASE_URL names."""
    for step in ("migrate", "demo"):
        command = [sys.executable, "-c", "from portal.cli import app; app()", step]
        _run(command, site, _environment(site, port, folder) | settings, START_SECONDS)


def serve(site: Path, port: int, folder: Path, **settings: str) -> tuple[Portal, subprocess.Popen[bytes]]:
    """Serve the portal on the database in `folder`; whoever calls stops the process, or kills its group."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1"]
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--host", "127.0.0.1", "--port", str(port), "portal.portal:app"],
            cwd=site,
            env={**_environment(site, port, folder), **_BUILT, **settings},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _wait(process, f"http://127.0.0.1:{port}", log)
    return Portal(f"http://localhost:{port}", folder, log), process


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a server and its workers at once, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server that `start` started, and its workers, so that nobody else answers at its port."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        kill(process)


def _environment(site: Path, port: int, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_"))}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(site),
        "PORTAL_MODE": "test",
        "PORTAL_DATA_DIR": str(folder),
        "PORT": str(port),
        "REFLEX_ENV_MODE": "prod",
    }


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_source_files()):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _source_files() -> list[Path]:
    found = []
    for name in SOURCES:
        top = ROOT / name
        below = top.rglob("*") if top.is_dir() else [top]
        found += [path for path in below if path.is_file() and "__pycache__" not in path.parts]
    return found


def _copy_sources(folder: Path) -> None:
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if target.is_dir():
            shutil.rmtree(target)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, target)


def _run(command: list[str], cwd: Path, env: dict[str, str], seconds: int) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603 - as above
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-4000:]}")


def _wait(process: subprocess.Popen[bytes], base: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{base}/healthz", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    stop(process)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
