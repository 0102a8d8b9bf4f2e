"""Builds the front end and runs the server: what `portal serve` calls.

    built = build()        # compiles and bundles, 20 to 60 s; nothing when the last build still fits (0.1 s)
    serve()                # runs until Ctrl-C or SIGTERM, then stops everything it started

`serve` needs no Node: it starts granian with what `build` left in `.web/build/client`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from portal.config import Config, config

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / ".web"
BUILT = WEB / "build" / "client"
_STAMP = WEB / "portico-build"
_SOURCES = ("portal/**/*.py", "portal/**/*.js", "portal/**/*.jsx", "assets/**/*", "rxconfig.py", "reflex.lock/*")
_ENVIRONMENT = {
    "REFLEX_USE_NPM": "1",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
}


class BuildFailed(Exception):
    """The front end could not be built; the message is the end of what the build said."""


def build(settings: Config | None = None, *, force: bool = False) -> bool:
    """Build the front end unless the last build was made of the same sources for the same address; say whether it was.

    Raises BuildFailed. The address of the socket is part of a build, so another port or base URL needs another one.
    """
    settings = settings or config()
    if not force and is_built() and _STAMP.read_text() == fingerprint(settings):
        return False
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode != 0 or not (BUILT / "index.html").exists():
        raise BuildFailed((done.stdout + done.stderr)[-4000:])
    # A first build writes its own lock files, so the stamp is taken afterwards.
    _STAMP.write_text(fingerprint(settings))
    return True


def is_built() -> bool:
    """Say whether there is a front end to serve."""
    return _STAMP.exists() and (BUILT / "assets").is_dir()


def fingerprint(settings: Config) -> str:
    """Return the SHA-256 of everything that a build depends on."""
    digest = hashlib.sha256(f"{settings.origin}\n{sys.version}\n".encode())
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "external" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def serve(settings: Config | None = None) -> None:
    """Serve pages, sockets and routes on one port; returns after Ctrl-C or SIGTERM, when all is stopped."""
    settings = settings or config()
    os.chdir(ROOT)
    os.environ.update(_ENVIRONMENT)
    os.environ.update(
        {
            "REFLEX_ENV_MODE": "prod",
            "__REFLEX_SKIP_COMPILE": "true",
            "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        }
    )
    Server(
        "portal.portal:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        websockets=True,
        log_access=False,
        workers_kill_timeout=10,
    ).serve()


def _environment() -> dict[str, str]:
    """Return the build's environment: Node from the wheel that came with Python, before any other."""
    node = Path(shutil.which("node", path=str(Path(sys.executable).parent)) or sys.executable).parent
    path = os.pathsep.join((str(node), os.environ.get("PATH", "")))
    return {**os.environ, **_ENVIRONMENT, "PATH": path, "PYTHONPATH": str(ROOT)}
