"""How long a change of a setting takes to reach two hundred open pages; a part of bench.practice."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlmodel import select

from bench.answers import PREFIX, open_all
from bench.people import fillers, open_session
from bench.sockets import Tab
from portal.config import Config, Mode
from portal.database import Database
from portal.models import Account
from portal.settings.catalog import SettingName
from tests.e2e import site

PAGES, TIMES = 200, 20
PAGE = f"{PREFIX}.portal___ui___session_state____page_state"
CHANGE = f"{PAGE}.portal___practice___settings___state____settings_state.change"
PARTS = ("home_state", "shell_state")
"""What is loaded again on each page: itself and its frame."""
SETTING = SettingName.NEW_PAYERS


def run() -> list[float]:
    """Build, start, open the pages, change a setting again and again; return how long the last page waited."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    try:
        return asyncio.run(measure(portal))
    finally:
        site.stop(process)


async def measure(portal: site.Portal) -> list[float]:
    """Return the seconds from the administrator's click to the last page, for each change."""
    people = await fillers(portal.folder, PAGES)
    tabs = [Tab(portal.base, "/home/", {"for": one.client_id}, cookie=one.cookie) for one in people]
    await open_all(tabs)
    admin = Tab(portal.base, "/practice/settings/", cookie=await _administrator(portal.folder))
    await admin.open()
    took = [await _change(admin, tabs, value=bool(number % 2)) for number in range(TIMES)]
    for tab in (*tabs, admin):
        await tab.close()
    return took


async def _change(admin: Tab, tabs: Sequence[Tab], *, value: bool) -> float:
    for tab in tabs:
        tab.updates.clear()
    start = time.perf_counter()
    await admin.send(CHANGE, {"name": SETTING.value, "value": value, "step": 2})
    async with asyncio.timeout(30):
        for tab in tabs:
            await _both(tab)
    return time.perf_counter() - start


async def _both(tab: Tab) -> None:
    while not all(part in str(tab.updates) for part in PARTS):
        tab.arrived.clear()
        await tab.arrived.wait()


async def _administrator(folder: Path) -> str:
    """Return the cookie of a live session of the demo practice's administrator."""
    config = Config(mode=Mode.TEST, data_dir=folder)
    database = Database(config.database, config.ring())
    async with database.unit_of_work() as work:
        account = (await work.exec(select(Account).where(Account.email_key == "avery@harbor.example"))).one()
        cookie = open_session(work, account)
    await database.close()
    return cookie
