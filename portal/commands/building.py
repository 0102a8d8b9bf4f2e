"""Building the pages that browsers load: only when something that goes into them changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.common import Refusal, plainly
from portal.config import Config, config
from portal.schema import ROOT

_SOURCES = ("portal", "assets")
_FILES = ("rxconfig.py", "requirements/base.txt")
_KINDS = {".py", ".js", ".jsx", ".css", ".json", ".woff2", ".svg", ".png", ".ico", ".txt"}
_TAIL = 40
ENVIRONMENT = {
    "REFLEX_USE_NPM": "1",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_ENV_MODE": "prod",
    "GRANIAN_WORKERS": "1",
    # The lock file names packages and their hashes, never the host that they happened to come from.
    "npm_config_omit_lockfile_registry_resolved": "true",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}


def build(force: Annotated[bool, typer.Option(help="Build even when nothing changed.")] = False) -> None:
    """Build the pages for browsers, unless they are up to date."""
    with plainly():
        settings = config()
        if not force and is_built(settings):
            typer.echo("The pages are up to date.")
            return
        typer.echo("Building the pages; the first time takes about a minute…")
        build_pages(settings)
        typer.echo("The pages are built.")


def is_built(settings: Config) -> bool:
    """Say whether the built pages are those of the present sources and address."""
    stamp = web_folder() / "portico.stamp"
    return stamp.exists() and stamp.read_text() == f"{source_hash(settings)} {lock_hash()}"


def build_pages(settings: Config) -> None:
    """Build with Reflex in a process of its own; raises Refusal with the end of its output when that fails."""
    stamp = web_folder() / "portico.stamp"
    stamp.unlink(missing_ok=True)
    sources = source_hash(settings)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and fixed words
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-_TAIL:])
        raise Refusal(f"{tail}\nThe pages could not be built; the lines above say why.")
    # Building may bring the lock of the JavaScript packages up to date, so that is looked at afterwards.
    stamp.write_text(f"{sources} {lock_hash()}")


def source_hash(settings: Config) -> str:
    """Return one hash over everything that goes into the pages, the public address included."""
    total = hashlib.sha256(settings.origin.encode())
    for path in _inputs():
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def lock_hash() -> str:
    """Return one hash over the lock of the JavaScript packages."""
    locks = sorted((ROOT / "reflex.lock").glob("*.json"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in locks)).hexdigest()


def web_folder() -> Path:
    """Return the folder that Reflex builds in."""
    return ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")


def environment() -> dict[str, str]:
    """Return the environment for Reflex: Node from the virtual environment, and nothing asked of the outside."""
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, **ENVIRONMENT, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}


def _inputs() -> Iterator[Path]:
    for folder in _SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _KINDS and path.is_file() and "external" not in path.parts:
                yield path
    yield from (ROOT / name for name in _FILES)
