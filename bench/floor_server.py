"""Builds and runs the floor: Reflex with next to nothing in it."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

SOURCE = Path(__file__).parent / "floor"
BUILT = {"__REFLEX_SKIP_COMPILE": "true", "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true"}


def build(port: int) -> Path:
    """Build the floor's pages in a folder of its own; again only when its sources changed."""
    folder = Path(tempfile.gettempdir()) / f"portico-floor-{os.getuid()}"
    note = folder / "built"
    wanted = f"{port} " + "".join(sorted(path.read_text() for path in SOURCE.rglob("*.py")))
    if note.exists() and note.read_text() == wanted:
        return folder
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    subprocess.run(command, cwd=folder, env=_environment(folder, port), check=True, capture_output=True)  # noqa: S603 - our own command
    note.write_text(wanted)
    return folder


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Serve the floor with a fresh database; whoever calls stops the process."""
    path = folder / "floor.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE floor (key TEXT PRIMARY KEY, value INTEGER NOT NULL)")
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--host", "127.0.0.1", "--port", str(port), "floor.floor:app"],
        cwd=folder,
        env={**_environment(folder, port), **BUILT, "FLOOR_DATABASE": str(path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise RuntimeError("The floor did not start.")


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(folder),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_ENV_MODE": "prod",
        "API_URL": f"http://localhost:{port}",
        "DEPLOY_URL": f"http://localhost:{port}",
    }
