"""How long a change of a setting takes to reach two hundred open pages; a part of bench.practice."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
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
A_WHILE = 1.0
PAGE = f"{PREFIX}.portal___ui___session_state____page_state"
CHANGE = f"{PAGE}.portal___practice___settings___state____settings_state.change"
FRAME, PAGE_TOO = ("shell_state",), ("shell_state", "'weighed_rx_state_': True")
"""What is loaded again: the frame, with the links that go or come, and then the page itself."""
CONCERNS, CONCERNS_NOT = SettingName.ONLINE_PAYMENTS, SettingName.NEW_PAYERS


@dataclass(frozen=True)
class Reached:
    """Seconds from the administrator's click to the last of the open pages, for each change.

    `frames` and `pages` of a setting that lets everybody there do less or more, `others` of one that does not.
    """

    frames: list[float]
    pages: list[float]
    others: list[float]


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
    tabs = [Tab(portal.base, "/home/", {"for": one.client_id}, cookie=one.cookie) for one in people]
    await open_all(tabs)
    admin = Tab(portal.base, "/practice/settings/", cookie=await _administrator(portal.folder))
    await admin.open()
    concerned = [await _change(admin, tabs, CONCERNS, PAGE_TOO, value=bool(number % 2)) for number in range(TIMES)]
    others = [await _change(admin, tabs, CONCERNS_NOT, FRAME, value=bool(number % 2)) for number in range(TIMES)]
    for tab in (*tabs, admin):
        await tab.close()
    return Reached([one[0] for one in concerned], [one[-1] for one in concerned], [one[-1] for one in others])


async def _change(
    admin: Tab, tabs: Sequence[Tab], setting: SettingName, parts: Sequence[str], *, value: bool
) -> list[float]:
    """Return when the last page had each of the parts."""
    for tab in tabs:
        tab.updates.clear()
    start = time.perf_counter()
    await admin.send(CHANGE, {"name": setting.value, "value": value, "step": 2})
    reached = []
    async with asyncio.timeout(60):
        for part in parts:
            for tab in tabs:
                await _has(tab, part)
            reached.append(time.perf_counter() - start)
    await asyncio.sleep(A_WHILE)
    return reached


async def _has(tab: Tab, part: str) -> None:
    while part not in str(tab.updates):
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
