"""/calendar/[token].ics over HTTP: a calendar for who knows the address, a page like any other for who does not."""

from typing import Any

import pytest

from portal.database import Database
from portal.demo.people import Cast
from portal.scheduling import service_feed
from tests.http.conftest import Browser
from tests.scheduling.desk import Desk, wall


@pytest.fixture
async def token(database: Database, cast: Cast, clock: Any) -> str:
    desk = Desk(database, cast, clock)
    await desk.set_up()
    await desk.create(await desk.calendar(), wall(13), "casey")
    access = await desk.seeing("casey", "casey")
    async with database.unit_of_work() as work:
        return await service_feed.make_address(work, access)


async def test_a_program_without_a_session_reads_the_calendar(browser: Browser, token: str) -> None:
    answer = await browser.get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert not any(word in answer.text for word in ("Casey", "Tess", "therapy", "Harbor Counseling", token))


async def test_any_other_address_is_not_found(browser: Browser, token: str) -> None:
    assert (await browser.get(f"/calendar/{token}.ics")).status_code == 200
    for other in (token[:-1], token[::-1], token.swapcase(), f"{token}%00", "..%2f..%2fetc%2fpasswd", "'or 1=1--"):
        assert (await browser.get(f"/calendar/{other}.ics")).status_code == 404, other
    assert (await browser.submit(f"/calendar/{token}.ics")).status_code == 405
