"""One server process for each kind of database, started once: tests make their own sessions in its database."""

import asyncio
import base64
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import col, select, update

from portal.access.actor import StaffTask
from portal.access.gate import open_practice
from portal.database import Database
from portal.demo.appointments import load_appointments
from portal.demo.forms import load_forms
from portal.demo.people import Cast, load_people
from portal.insurance.service import Typed, add_policy
from portal.kit.tokens import new_token, token_hash
from portal.models import (
    Account,
    FormAssignment,
    InsurancePolicy,
    InsuranceProposal,
    Organization,
    ProposalStatus,
    Session,
    metadata,
)
from tests.conftest import CHEAP_HASH, RING, _admin, _named
from tests.insurance.conftest import OWN
from tests.security.tab import PAGE, Tab
from tests.security.written import write_thread

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180
ACCOUNT = f"{PAGE}.portal___accounts___state____account_state"
MEMBER_ID = "ZX81-SECRET"


@dataclass
class Door:
    """A running portal, its database, and the tabs a test opened."""

    base: str
    url: str
    cast: Cast
    log: Path
    database: Database = field(init=False)
    tabs: list[Tab] = field(default_factory=list)

    async def sign_in(self, name: str) -> str:
        """Open a session for somebody of the cast, as if the password had just been given; return its token."""
        token = new_token()
        async with self.database.unit_of_work() as work:
            now = work.now
            row = Session(
                account_id=self.cast.accounts[name].id,
                token_hash=token_hash(token),
                created_at=now,
                touched_at=now,
                stepped_up_at=now,
            )
            work.add(row)
        return token

    def tab(self, token: str | None, **more: Any) -> Tab:
        """A tab with a session's cookie, not yet connected."""
        made = Tab(self.base, f"portico_session={token}" if token else None, **more)
        self.tabs.append(made)
        return made

    async def tab_of(self, name: str, **more: Any) -> Tab:
        """A tab of somebody of the cast, loaded."""
        return await self.tab(await self.sign_in(name), **more).open()

    async def connect_cards(self) -> None:
        """Let Harbor take cards, as at first: who feeds every handler with anything disconnects it too."""
        async with self.database.unit_of_work() as work:
            here = col(Organization.id) == self.cast.harbor.id
            await work.exec(update(Organization).where(here).values(card_processing_connected_at=work.now))

    def client_id(self, name: str) -> str:
        return str(self.cast.clients[name].id)

    async def assignments(self, name: str) -> list[str]:
        """The forms that were sent about somebody."""
        async with self.database.unit_of_work(writes=False) as work:
            query = select(FormAssignment.id).where(col(FormAssignment.client_id) == self.cast.clients[name].id)
            return [str(found) for found in (await work.exec(query.order_by(col(FormAssignment.id)))).all()]

    async def change_session(self, token: str, **values: Any) -> None:
        """Change a session's row, as another process would."""
        async with self.database.unit_of_work() as work:
            await work.exec(update(Session).where(col(Session.token_hash) == token_hash(token)).values(**values))

    async def age_session(self, token: str, age: timedelta) -> None:
        """Let time have passed since the person last did something."""
        async with self.database.unit_of_work() as work:
            moment = work.now - age
        await self.change_session(token, touched_at=moment)

    async def rows(self, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in some tables (all, when none is named), for before and after."""
        found = {}
        async with self.database.unit_of_work(writes=False) as work:
            connection = await work.connection()
            for name in tables or sorted(metadata.tables):
                found[name] = sorted(
                    map(tuple, (await connection.execute(text(f'SELECT * FROM "{name}"'))).all()), key=repr
                )
        return found

    def logged(self) -> str:
        return self.log.read_text(errors="replace")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _fill(url: str) -> Cast:
    """Make the tables and load the cast as of now: the server keeps real time."""
    database = Database(url, RING)
    async with database.write_engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    async with database.unit_of_work() as work:
        cast = await load_people(work, CHEAP_HASH)
        await load_forms(work, cast)
        await load_appointments(work, cast)
    await database.close()
    return cast


def _environment(url: str, port: int, folder: Path, redis: str) -> dict[str, str]:
    return {
        **os.environ,
        **({"PORTAL_REDIS_URL": redis, "REFLEX_REDIS_URL": redis} if redis else {}),
        "PORTAL_MODE": "test",
        # What nobody asked for would change rows between a test's before and after.
        "PORTAL_WORKER_IN_SERVER": "false",
        "DATABASE_URL": url,
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_KEY": base64.b64encode(RING.keys[0]).decode(),
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
    }


def start_server(url: str, port: int, folder: Path, log: Path, redis: str = "") -> subprocess.Popen[bytes]:
    """Start a server on a database; with a Redis it is one of several processes. Whoever calls stops it."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1"]
    with log.open("wb") as file:
        return subprocess.Popen(  # noqa: S603 - our own server
            [*command, "--host", "127.0.0.1", "--port", str(port), "tests.security.server:app"],
            cwd=ROOT,
            env=_environment(url, port, folder, redis),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_for_server(process: subprocess.Popen[bytes], base: str, log: Path) -> None:
    """Wait until a server answers; fail with its log when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{base}/healthz", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Door]]:
    """A function from a kind of database to a running portal; each is started once."""
    running: dict[str, tuple[Door, subprocess.Popen[bytes]]] = {}

    def door(kind: str) -> Door:
        if kind not in running:
            folder = tmp_path_factory.mktemp("door")
            url = f"sqlite+aiosqlite:///{folder / 'portal.db'}"
            if kind == "postgresql":
                server, name = request.getfixturevalue("postgres_url"), f"door_{uuid4().hex}"
                _admin(server, f'CREATE DATABASE "{name}"')
                url = _named(server, name)
            cast = asyncio.run(_fill(url))
            port, log = free_port(), folder / "server.log"
            process = start_server(url, port, folder, log)
            running[kind] = Door(f"http://localhost:{port}", url, cast, log), process
            wait_for_server(process, f"http://127.0.0.1:{port}", log)
        return running[kind][0]

    yield door
    for _, process in running.values():
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
async def door(request: pytest.FixtureRequest, doors: Callable[[str], Door]) -> AsyncIterator[Door]:
    """The running portal of this kind of database."""
    # Starting it runs an event loop of its own, so it is started from a thread without one.
    here: Door = await asyncio.to_thread(doors, request.param)
    here.database, here.tabs = Database(here.url, RING), []
    await here.connect_cards()
    yield here
    for tab in here.tabs:
        await tab.close()
    await here.database.close()


@pytest.fixture
async def thread(door: Door) -> str:
    """A conversation of Gina's with Tess about Milo."""
    return await write_thread(door.database, door.cast)


@pytest.fixture
async def policies(door: Door) -> AsyncIterator[dict[str, str]]:
    """A policy of Milo's and one of Casey's; nothing of either is left afterwards but its history."""
    session = token_hash(await door.sign_in("bea"))
    made: dict[str, str] = {}
    async with door.database.unit_of_work() as work:
        for name in ("milo", "casey"):
            task = StaffTask.INSURANCE_REVIEW
            access = await open_practice(work, session, task, client_id=UUID(door.client_id(name)))
            typed = Typed("Aetna", {**OWN, "member_id": MEMBER_ID})
            made[name] = str(await add_policy(work, access, typed=typed, place=1))
    yield made
    async with door.database.unit_of_work() as work:
        await work.exec(update(InsurancePolicy).values(place=None, ended_at=work.now))
        gone = update(InsuranceProposal).where(col(InsuranceProposal.status) == ProposalStatus.WAITING)
        await work.exec(gone.values(status=ProposalStatus.WITHDRAWN))


@pytest.fixture
async def rename(door: Door) -> AsyncIterator[Callable[[str, str], Awaitable[None]]]:
    """Let somebody choose another name on their account page; afterwards everybody has their own again."""

    async def choose(who: str, name: str) -> None:
        tab = await door.tab_of(who, path="/account")
        await tab.do(f"{ACCOUNT}.save_name", fields={"name": name})
        assert tab.state[ACCOUNT]["name"] == name
        await tab.close()

    yield choose
    async with door.database.unit_of_work() as work:
        for person in door.cast.accounts.values():
            await work.exec(update(Account).where(col(Account.id) == person.id).values(name=person.name))
