"""How long a change of a setting takes to reach two hundred open pages; a part of bench.practice."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlmodel import select

from bench.answers import PREFIX, open_all
from bench.people import Filler, fillers, open_session
from bench.sockets import Tab
from portal.config import Config, Mode
from portal.database import Database
from portal.models import Account, Charge, ChargeState, Membership
from portal.settings.catalog import SettingName
from tests.e2e import site

PAGES, TIMES = 200, 20
A_WHILE = 1.0
PAGE = f"{PREFIX}.portal___ui___session_state____page_state"
CHANGE = f"{PAGE}.portal___practice___settings___state____settings_state.change"
PARTS = ("shell_state", "home_state")
"""What is shown anew: the frame, whose link to Billing goes or comes, and the page, with what there is to pay."""


@dataclass(frozen=True)
class Reached:
    """Seconds from the administrator's click to the last of the open pages, for each change of online payments."""

    frames: list[float]
    pages: list[float]


def run() -> Reached:
    """Build, start, open the pages, change settings again and again."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    try:
        return asyncio.run(measure(portal))
    finally:
        site.stop(process)


async def measure(portal: site.Portal) -> Reached:
    """Return how long each change took."""
    people = await fillers(portal.folder, PAGES)
    await _owe(portal.folder, people)
    tabs = [Tab(portal.base, "/home/", {"for": one.client_id}, cookie=one.cookie) for one in people]
    await open_all(tabs)
    admin = Tab(portal.base, "/practice/settings/", cookie=await _administrator(portal.folder))
    await admin.open()
    await admin.send(CHANGE, {"name": SettingName.INSURANCE_INFO.value, "value": False, "step": 2})
    await asyncio.sleep(A_WHILE)
    took = [await _change(admin, tabs, value=bool(number % 2)) for number in range(TIMES)]
    for tab in (*tabs, admin):
        await tab.close()
    return Reached([one[0] for one in took], [one[1] for one in took])


async def _change(admin: Tab, tabs: Sequence[Tab], *, value: bool) -> list[float]:
    """Return when the last page had each of the parts."""
    for tab in tabs:
        tab.updates.clear()
    start = time.perf_counter()
    await admin.send(CHANGE, {"name": SettingName.ONLINE_PAYMENTS.value, "value": value, "step": 2})
    reached = []
    async with asyncio.timeout(60):
        for part in PARTS:
            for tab in tabs:
                await _has(tab, part)
            reached.append(time.perf_counter() - start)
    await asyncio.sleep(A_WHILE)
    return reached


async def _has(tab: Tab, part: str) -> None:
    while part not in str(tab.updates):
        tab.arrived.clear()
        await tab.arrived.wait()


async def _owe(folder: Path, people: Sequence[Filler]) -> None:
    """Let everybody have something to pay: with payments off it is no longer on their page."""
    database = _database(folder)
    async with database.unit_of_work() as work:
        account = (await work.exec(select(Account).where(Account.email_key == "avery@harbor.example"))).one()
        practice = (await work.exec(select(Membership).where(Membership.account_id == account.id))).one()
        for one in people:
            belongs = {"organization_id": practice.organization_id, "client_id": UUID(one.client_id)}
            what = {"on_day": work.now.date(), "amount_cents": 7_000, "currency": "USD", "created_at": work.now}
            charge = Charge(**belongs, **what)
            work.add(charge)
            await work.flush()
            work.add(ChargeState(**belongs, charge_id=charge.id))
    await database.close()


def _database(folder: Path) -> Database:
    config = Config(mode=Mode.TEST, data_dir=folder)
    return Database(config.database, config.ring())


async def _administrator(folder: Path) -> str:
    """Return the cookie of a live session of the demo practice's administrator."""
    database = _database(folder)
    async with database.unit_of_work() as work:
        account = (await work.exec(select(Account).where(Account.email_key == "avery@harbor.example"))).one()
        cookie = open_session(work, account)
    await database.close()
    return cookie
