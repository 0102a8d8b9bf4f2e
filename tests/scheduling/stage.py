"""Where hypothesis plays: the desk with everybody let in, a loop of its own, and a look at all that is stored."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import select

from portal.config import Config, Mode
from portal.database import Database
from portal.models import Appointment, AppointmentRequest
from portal.runtime import Runtime, set_runtime
from tests.conftest import NOW, PROCESSES, RING, Clock
from tests.scheduling.desk import Desk, at

PAIRS = [("casey", "casey"), ("gina", "milo"), ("gina", "tara"), ("tara", "tara")]
"""Who acts for whom."""
EVERY_STEP: tuple[tuple[str, dict[str, Any]], ...] = (
    ("a_morning", {}),
    ("confirm", {"staff": "tess", "place": 1}),
    ("undo", {"staff": "frank", "place": 1}),
    ("decline", {"staff": "tess", "place": 1, "others": [at(13), at(15)]}),
    ("accept", {"place": 1, "which": 1}),
    ("withdraw", {"place": 1}),
    ("create", {"staff": "frank", "starts_at": at(9), "who": ("milo", "tara")}),
    ("move", {"staff": "tess", "place": 1, "starts_at": at(9, 30)}),
    ("ask_to_move", {"starts_at": at(14), "place": 1}),
    ("wait", {"passed": timedelta(seconds=90)}),
    ("give_back", {"place": 1}),
    ("take_away", {"staff": "frank", "place": 1, "deed": "delete"}),
)
DEEDS = {"ask", "confirm", "undo", "decline", "accept", "withdraw", "create", "alter", "cancel"}
"""A play in which each of the deeds is done, in an order in which each is allowed."""
EMPTIED = ("request_suggestion", "appointment_request", "appointment_attendee", "appointment", "outbox_mail")


class Stage:
    """The desk with everybody let in, and a loop to run it in; emptied before every play."""

    def __init__(self, url: str, cast: Any, folder: Any) -> None:
        self.loop, self.clock = asyncio.new_event_loop(), Clock()
        self.done: Counter[str] = Counter()
        self.database = Database(url, RING, self.clock, writers=PROCESSES)
        set_runtime(Runtime(Config(mode=Mode.TEST, data_dir=folder), self.database))
        self.desk = Desk(self.database, cast, self.clock)
        self.run(self._open())

    def run(self, what: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(what)

    async def _open(self) -> None:
        desk = self.desk
        await desk.set_up()
        self.people = {pair: await desk.scheduling(*pair) for pair in PAIRS}
        self.deciding = {name: await desk.deciding(name) for name in ("tess", "frank")}
        self.calendar = {name: await desk.calendar(name) for name in ("tess", "frank")}

    async def empty(self) -> None:
        self.clock.now = NOW
        async with self.database.unit_of_work() as work:
            for table in EMPTIED:
                await work.exec(sql(f"DELETE FROM {table}"))  # type: ignore[call-overload]  # plain SQL

    def close(self) -> None:
        self.run(self.database.close())
        set_runtime(None)
        self.loop.close()


async def stored(desk: Desk) -> tuple[list[Appointment], list[AppointmentRequest], Counter[tuple[str, str]]]:
    async with desk.database.unit_of_work(writes=False) as work:
        appointments = list((await work.exec(select(Appointment))).all())
        requests = list((await work.exec(select(AppointmentRequest))).all())
    return appointments, requests, Counter(await desk.mails())
