"""SIGKILL while a script fills in a form: what was shown as saved is there, and the rest is saved afterwards, once."""

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from portal.database import Database
from portal.intake.fhir.canonical import fingerprint
from portal.models import AssignmentStatus, Form, FormAnswer, FormAssignment, FormVersion
from tests.conftest import RING, _admin, _named
from tests.security.conftest import Door, _fill, free_port, start_server, wait_for_server
from tests.security.tab import PAGE, Tab
from tests.torture import Death, times_on, write_down

pytestmark = pytest.mark.torture

FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
QUESTIONS = [f"q{number}" for number in range(4)]
# After how many of the four replies the server is killed: after the last one nothing is on its way.
MOMENTS = (0, 1, 2, 3, 4)
Operation = dict[str, Any]


@dataclass
class Script:
    """What fills in the form: what it was told is saved, by question, and what it does not know of yet."""

    door: Door
    session: str
    assignment_id: str
    process: subprocess.Popen[bytes]
    folder: Path
    saved: dict[str, tuple[int, str]] = field(default_factory=dict)
    waiting: dict[str, Operation] = field(default_factory=dict)

    async def open(self) -> Tab:
        """Open the form as a page does, and look whether everything that was shown as saved is there."""
        tab = self.door.tab(self.session, path="/forms/[assignment_id]", query={"for": self.door.client_id("milo")})
        tab.parts = {"assignment_id": self.assignment_id}
        await tab.open()
        await tab.do(f"{FILL}.load")
        answers = {each["path"]: each for each in tab.state[FILL]["sheet"]["answers"]}
        for path, (revision, text) in self.saved.items():
            found = answers[path]["revision"], answers[path]["value"][0]["valueString"]
            sent = self.waiting.get(path, {}).get("value", [{}])[0].get("valueString")
            assert found in ((revision, text), (revision + 1, sent)), path
        return tab

    async def write(self, tab: Tab, turn: int) -> None:
        """Answer all questions at once, as a phone does that comes out of a tunnel."""
        for path in QUESTIONS:
            revision, _ = self.saved.get(path, (0, ""))
            self.waiting[path] = {
                "operation_id": str(uuid4()),
                "path": path,
                "base_revision": revision,
                "value": [{"valueString": f"Words of turn {turn} for {path}"}],
            }
        await self.send(tab)

    async def send(self, tab: Tab) -> None:
        """Send what is not known to be saved, with the ids that it had."""
        for operation in self.waiting.values():
            await tab.send(f"{FILL}.save", operation=operation)

    def replies(self, tab: Tab) -> int:
        """Take the replies that arrived, as the page would show them; returns how many operations are answered."""
        for reply in tab.state.get(FILL, {}).get("replies", []):
            mine = self.waiting.get(reply.get("path", ""))
            if mine and mine["operation_id"] == reply["operation_id"]:
                assert reply["outcome"] == "saved", reply
                self.saved[reply["path"]] = reply["revision"], mine["value"][0]["valueString"]
                del self.waiting[reply["path"]]
        return len(QUESTIONS) - len(self.waiting)

    async def die(self, tab: Tab) -> None:
        """Kill the server and its workers at once, as a power cut does; what had reached the page is shown there."""
        os.killpg(self.process.pid, signal.SIGKILL)
        await asyncio.to_thread(self.process.wait)
        await tab.until(lambda: not tab.client.connected)
        self.replies(tab)
        with suppress(Exception):
            await tab.close()
        self.door.tabs.remove(tab)

    async def start(self) -> None:
        """Start the server again, where it was."""
        port = int(self.door.base.rpartition(":")[2])
        self.process = start_server(self.door.url, port, self.folder, self.door.log)
        await asyncio.to_thread(wait_for_server, self.process, f"http://127.0.0.1:{port}", self.door.log)


async def a_form(door: Door) -> str:
    """Send Gina a form of a few lines of text about Milo."""
    items = [{"linkId": path, "type": "string", "text": path} for path in QUESTIONS]
    body = json.dumps({"resourceType": "Questionnaire", "status": "active", "title": "Lines", "item": items})
    harbor = door.cast.harbor.id
    async with door.database.unit_of_work() as work:
        form = Form(organization_id=harbor, title="Lines", created_at=work.now)
        work.add(form)
        await work.flush()
        version = FormVersion(
            organization_id=harbor,
            form_id=form.id,
            number=1,
            questionnaire=body,
            sha256=fingerprint(body),
            published_at=work.now,
        )
        work.add(version)
        await work.flush()
        sheet = FormAssignment(
            organization_id=harbor,
            client_id=door.cast.clients["milo"].id,
            form_version_id=version.id,
            status=AssignmentStatus.SENT,
            sent_at=work.now,
        )
        work.add(sheet)
        await work.flush()
        return str(sheet.id)


@pytest.fixture(params=["sqlite", "postgresql"])
async def script(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Script]:
    """A server of its own, which may be killed, and Gina's open form."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'portal.db'}"
    drop: Callable[[], None] = lambda: None  # noqa: E731
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres_url"), f"killed_{uuid4().hex}"
        _admin(server, f'CREATE DATABASE "{name}"')
        url, drop = _named(server, name), lambda: _admin(server, f'DROP DATABASE "{name}" WITH (FORCE)')
    cast = await asyncio.to_thread(lambda: asyncio.run(_fill(url)))
    port, log = free_port(), tmp_path / "server.log"
    door = Door(f"http://localhost:{port}", url, cast, log)
    door.database = Database(url, RING)
    process = start_server(url, port, tmp_path, log)
    await asyncio.to_thread(wait_for_server, process, f"http://127.0.0.1:{port}", log)
    made = Script(door, await door.sign_in("gina"), await a_form(door), process, tmp_path)
    yield made
    for tab in door.tabs:
        await tab.close()
    os.killpg(made.process.pid, signal.SIGKILL)
    await asyncio.to_thread(made.process.wait)
    await door.database.close()
    drop()


async def test_what_was_shown_as_saved_is_there_after_every_death(script: Script) -> None:
    deaths: list[Death] = []
    times = times_on(script.door.database)
    for turn, (_, replies) in enumerate(zip(range(times), cycle(MOMENTS), strict=False)):
        tab = await script.open()
        await script.write(tab, turn)
        await tab.until(lambda wanted=replies, tab=tab: script.replies(tab) >= wanted)
        on_their_way = len(script.waiting)
        await script.die(tab)
        place = f"{len(QUESTIONS) - on_their_way} of {len(QUESTIONS)} answers shown as saved"
        deaths.append(Death("a form", f"turn {turn + 1}", place, awaited_reply=on_their_way > 0))
        await script.start()
        again = await script.open()
        await script.send(again)
        await again.until(lambda tab=again: script.replies(tab) == len(QUESTIONS))
        assert {revision for revision, _ in script.saved.values()} == {turn + 1}
        await again.close()
        script.door.tabs.remove(again)
    write_down(deaths)
    assert sum(death.awaited_reply for death in deaths) * 3 >= len(deaths)
    assert await rows(script) == times * len(QUESTIONS)


async def rows(script: Script) -> int:
    """How many revisions of answers there are: each operation was applied once, however often it was sent."""
    async with script.door.database.unit_of_work(writes=False) as work:
        found = (await work.exec(select(FormAnswer.operation_id).where(col(FormAnswer.path).in_(QUESTIONS)))).all()
    assert len(set(found)) == len(found)
    return len(found)
