"""Commands that stay: the server, and a worker beside it."""

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.building import ENVIRONMENT, build, is_built
from portal.commands.common import Refusal, plainly, require_tables, run
from portal.commands.database import demo, migrate
from portal.config import Config, Mode, config
from portal.integrations.relay import Relay
from portal.jobs.worker import run_worker
from portal.practice.service_first_run import make_first_run_token
from portal.runtime import Runtime
from portal.schema import ROOT

_SERVER = {
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}
_GRACE_SECONDS = 5
_PEOPLE = "gina@mail.example, tess@harbor.example or avery@harbor.example"


def serve(
    set_up: Annotated[
        bool, typer.Option("--set-up", help="Before that, do what “migrate”, “demo --if-empty” and “build” do.")
    ] = False,
) -> None:
    """Serve the portal on one port, until Ctrl-C."""
    with plainly():
        settings = config()
        _require_port(settings)
        if set_up:
            _set_up(settings)
        require_tables(settings)
        if not is_built(settings):
            raise Refusal("The pages are not built, or not from these sources. Run “portal build” first.")
        os.chdir(ROOT)
        os.environ.update(ENVIRONMENT | _SERVER)
        token = run(_first_run_token)
        threading.Thread(target=_announce, args=(settings, token), daemon=True).start()
        _serve(settings)


def _set_up(settings: Config) -> None:
    migrate()
    if settings.mode is not Mode.PRODUCTION:
        demo(if_empty=True)
    build()


def worker() -> None:
    """Send mail and do what is due, beside a server that runs elsewhere, until Ctrl-C."""
    with plainly():
        typer.echo("Working. Ctrl-C stops it.")
        run(_work)


async def _work(here: Runtime) -> None:
    stop = asyncio.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(kind, stop.set)
    if url := here.config.redis_url.get_secret_value():
        here.database.listeners.append(Relay(url).send)
    await run_worker(here, stop)


def _serve(settings: Config) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - takes a moment to load, and only serving needs it
    from granian.log import LogLevels  # noqa: PLC0415 - likewise
    from granian.server import Server  # noqa: PLC0415 - likewise

    # A fresh process, not a copy of this one: threads that set-up has used do not survive being copied.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "portal.portal:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        log_level=LogLevels.warning,
        workers_kill_timeout=_GRACE_SECONDS,
        working_dir=Path(ROOT),
    )
    server.serve()


def _require_port(settings: Config) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            raise Refusal(
                f"Port {settings.port} of {settings.host} cannot be used: {taken.strerror}. "
                f"Choose another one, such as PORT={settings.port + 1}."
            ) from taken


async def _first_run_token(here: Runtime) -> str | None:
    """Make the token of an installation without a practice; at every start a new one."""
    async with here.database.unit_of_work() as work:
        return await make_first_run_token(work)


def _announce(settings: Config, token: str | None) -> None:
    """Say one line once the portal answers, or two where nothing is set up yet."""
    waiting = threading.Event()
    while not waiting.wait(0.2):
        if _answers(settings):
            typer.echo(line_of(settings, token))
            return


def _answers(settings: Config) -> bool:
    """Ask the portal itself, past any proxy that the environment names."""
    connection = HTTPConnection(_reachable(settings.host), settings.port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def line_of(settings: Config, token: str | None) -> str:
    """Return what is said once the portal answers; `token` is that of the first run, where there is one."""
    if token is not None:
        return (
            f"The portal is at {settings.origin} · Ctrl-C stops it\n"
            f"There is no practice yet. Set yours up here, once: {settings.origin}/first-run/{token}"
        )
    if settings.mode is Mode.PRODUCTION or not settings.demo:
        return f"The portal is at {settings.origin} · Ctrl-C stops it"
    from portal.demo.people import PASSWORD  # noqa: PLC0415 - never in production

    return (
        f"The portal is at {settings.origin} · sign in as {_PEOPLE}, password {PASSWORD} · "
        f"its mail is at {settings.origin}/dev/mail · Ctrl-C stops it"
    )


def _reachable(host: str) -> str:
    """Return the address by which this machine reaches what listens on `host`: all addresses are no address."""
    with suppress(ValueError):
        address = ip_address(host)
        if address.is_unspecified:
            return "127.0.0.1" if address.version == 4 else "::1"
    return host
