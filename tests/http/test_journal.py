"""The keys of what a browser keeps unconfirmed: one login's, one browser's, for three days at most."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select

from portal.access.gate import open_account
from portal.accounts.service import end_all_sessions
from portal.database import Database
from portal.demo.people import Cast
from portal.jobs.leftovers import clear_leftovers
from portal.kit.tokens import new_token, token_hash
from portal.models import JournalKey, Session
from portal.runtime import runtime
from tests.access.house import House
from tests.http.conftest import Browser

Browsers = Callable[..., Browser]
DEVICE, OTHER = "d" * 43, "e" * 43


@pytest.fixture
async def house(database: Database, cast: Cast, clock: Any) -> House:
    return House(database, cast, clock)


async def arrive(house: House, browser: Browser, person: str, device: str = DEVICE) -> str:
    """Give a browser the cookies of somebody who has signed in on a device; returns the session's hash."""
    token = new_token()
    session = Session(
        account_id=house.cast.accounts[person].id,
        token_hash=token_hash(token),
        created_at=house.clock.now,
        touched_at=house.clock.now,
    )
    await house.store(session)
    browser.cookies.set("portico_session", token)
    browser.cookies.set("portico_device", device)
    return token_hash(token)


async def ask(browser: Browser, **headers: str) -> httpx.Response:
    given = {"Origin": browser.origin, "Accept": "application/json", **headers}
    return await browser.post("/auth/journal-key", headers=given)


async def keys(browser: Browser) -> list[dict[str, str]]:
    answer = await ask(browser)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found: list[dict[str, str]] = answer.json()["keys"]
    return found


async def test_a_login_has_one_key_in_each_browser(house: House, browsers: Browsers) -> None:
    gina, phone, pete = browsers(), browsers(), browsers()
    await arrive(house, gina, "gina")
    await arrive(house, phone, "gina", OTHER)
    await arrive(house, pete, "pete")
    first = await keys(gina)
    assert await keys(gina) == first
    others = [await keys(phone), await keys(pete)]
    assert len({key["key"] for found in (first, *others) for key in found}) == 3
    async with house.database.unit_of_work(writes=False) as work:
        rows = list(await work.exec(select(JournalKey)))
    assert all(first[0]["key"].encode() not in row.key and row.device != DEVICE for row in rows)


async def test_nobody_else_gets_a_key(house: House, browsers: Browsers) -> None:
    gina, stranger = browsers(), browsers()
    await arrive(house, gina, "gina")
    assert (await ask(stranger)).status_code == 401
    assert (await ask(gina, Origin="https://elsewhere.example")).status_code == 403
    assert (await gina.get("/auth/journal-key")).status_code in (404, 405)
    assert (await ask(gina)).status_code == 200
    house.clock.now += timedelta(minutes=31)
    assert (await ask(gina)).status_code == 401


async def test_signing_out_everywhere_ends_every_key(house: House, browsers: Browsers) -> None:
    gina = browsers()
    session = await arrive(house, gina, "gina")
    first = await keys(gina)
    async with house.database.unit_of_work() as work:
        await end_all_sessions(work, await open_account(work, session))
    await arrive(house, gina, "gina")
    assert not {key["id"] for key in first} & {key["id"] for key in await keys(gina)}


async def test_a_key_is_renewed_daily_and_gone_after_three_days(house: House, browsers: Browsers) -> None:
    gina, found = browsers(), []
    for _ in range(4):
        await arrive(house, gina, "gina")
        found.append([key["id"] for key in await keys(gina)])
        house.clock.now += timedelta(hours=24)
    assert [len(each) for each in found] == [1, 2, 3, 3]
    assert found[0][0] not in found[3]
    assert found[3][1:] == found[2][:2]
    house.clock.now += timedelta(hours=72)
    await clear_leftovers(runtime())
    async with house.database.unit_of_work(writes=False) as work:
        assert list(await work.exec(select(JournalKey))) == []
