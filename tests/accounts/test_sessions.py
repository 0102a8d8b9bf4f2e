"""Sessions: touched by conditional update, ended here, there and everywhere, and only one's own."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from portal.access.gate import open_account
from portal.accounts import queries, service
from portal.accounts.rules import is_live
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, SignedOut
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import Session
from tests.conftest import NOW, Clock
from tests.logins import access_of, account_row, is_signed_in, session_row, sign_in


async def touch(database: Database, token: str) -> bool:
    async with database.unit_of_work() as work:
        return await service.touch_session(work, token_hash(token))


async def test_touch_writes_at_most_once_a_minute(database: Database, logins: Cast, clock: Clock) -> None:
    token = await sign_in("gina@mail.example")
    written = []
    for _ in range(12):
        clock.now += timedelta(seconds=15)
        written.append(await touch(database, token))
    assert written == [False, False, False, True] * 3
    assert (await session_row(database, token)).touched_at == clock.now


async def test_touch_never_wakes_a_session_that_is_over(database: Database, logins: Cast, clock: Clock) -> None:
    idle, ended = await sign_in("gina@mail.example"), await sign_in("gina@mail.example")
    async with database.unit_of_work() as work:
        await service.sign_out(work, token_hash(ended))
    clock.now += timedelta(minutes=5)
    assert not await touch(database, ended)
    clock.now += timedelta(minutes=25, seconds=1)
    assert not await touch(database, idle)
    assert (await session_row(database, idle)).touched_at == NOW


async def test_twelve_hours_are_the_end_however_busy(database: Database, logins: Cast, clock: Clock) -> None:
    token = await sign_in("gina@mail.example")
    while clock.now + timedelta(minutes=20) <= NOW + timedelta(hours=12):
        clock.now += timedelta(minutes=20)
        assert await touch(database, token)
    clock.now += timedelta(minutes=1)
    assert not await touch(database, token)
    async with database.unit_of_work(writes=False) as work:
        with pytest.raises(SignedOut):
            await open_account(work, token_hash(token))


@pytest.mark.parametrize("minutes", [0, 29, 30, 31, 719, 720, 721])
async def test_query_and_rule_agree_on_what_is_live(
    database: Database, logins: Cast, clock: Clock, minutes: int
) -> None:
    tokens = {idle: await _session(database, logins, NOW, NOW + timedelta(minutes=idle)) for idle in (0, 10, 700)}
    clock.now = NOW + timedelta(minutes=minutes)
    for idle, token in tokens.items():
        async with database.unit_of_work(writes=False) as work:
            found = await queries.find_session(work, token_hash(token)) is not None
        assert found is is_live(NOW, NOW + timedelta(minutes=idle), None, clock.now)


async def _session(database: Database, logins: Cast, created: datetime, touched: datetime) -> str:
    token = f"{touched.timestamp()}"
    async with database.unit_of_work() as work:
        gina = logins.accounts["gina"].id
        work.add(Session(account_id=gina, token_hash=token_hash(token), created_at=created, touched_at=touched))
    return token


async def test_list_shows_ones_own_live_sessions(database: Database, logins: Cast, clock: Clock) -> None:
    await sign_in("pete@mail.example")
    old = await sign_in("gina@mail.example", device="Firefox on Linux")
    clock.now += timedelta(minutes=10)
    here = await sign_in("gina@mail.example", device="Safari on iPhone")
    access = await access_of(database, here)
    async with database.unit_of_work(writes=False) as work:
        listed = await service.list_sessions(work, access)
    assert [(row.device, row.is_this_one) for row in listed] == [
        ("Safari on iPhone", True),
        ("Firefox on Linux", False),
    ]
    clock.now += timedelta(minutes=25)
    async with database.unit_of_work(writes=False) as work:
        assert [row.device for row in await service.list_sessions(work, access)] == ["Safari on iPhone"]
    assert await is_signed_in(database, old)


async def test_one_session_is_ended_and_the_tabs_are_told(database: Database, logins: Cast) -> None:
    other, here = await sign_in("gina@mail.example"), await sign_in("gina@mail.example")
    access = await access_of(database, here)
    told: list[frozenset[str]] = []

    async def listen(topics: frozenset[str]) -> None:
        told.append(topics)

    database.listeners.append(listen)
    async with database.unit_of_work() as work:
        await service.end_session(work, access, session_id=(await session_row(database, other)).id)
    assert not await is_signed_in(database, other)
    assert await is_signed_in(database, here)
    assert told == [frozenset({f"account:{access.actor.account_id}"})]


async def test_sessions_of_others_cannot_be_ended(database: Database, logins: Cast) -> None:
    pete, gina = await sign_in("pete@mail.example"), await sign_in("gina@mail.example")
    access = await access_of(database, gina)
    for foreign in ((await session_row(database, pete)).id, new_id()):
        with pytest.raises(NotFound):
            async with database.unit_of_work() as work:
                await service.end_session(work, access, session_id=foreign)
    assert await is_signed_in(database, pete)


async def test_sign_out_everywhere_here_too(database: Database, logins: Cast) -> None:
    other, here = await sign_in("gina@mail.example"), await sign_in("gina@mail.example")
    pete = await sign_in("pete@mail.example")
    async with database.unit_of_work() as work:
        assert await service.end_all_sessions(work, await access_of(database, here)) == 2
    assert not await is_signed_in(database, other)
    assert not await is_signed_in(database, here)
    assert await is_signed_in(database, pete)


async def test_sign_out_elsewhere_keeps_this_one(database: Database, logins: Cast) -> None:
    other, here = await sign_in("gina@mail.example"), await sign_in("gina@mail.example")
    async with database.unit_of_work() as work:
        assert await service.end_all_sessions(work, await access_of(database, here), keep_this=True) == 1
    assert not await is_signed_in(database, other)
    assert await is_signed_in(database, here)


async def test_signing_out_twice_or_with_a_foreign_token_changes_nothing(database: Database, logins: Cast) -> None:
    token, pete = await sign_in("gina@mail.example"), await sign_in("pete@mail.example")
    for value in (token, token, "no such token", ""):
        async with database.unit_of_work() as work:
            await service.sign_out(work, token_hash(value))
    assert not await is_signed_in(database, token)
    assert await is_signed_in(database, pete)
    async with database.unit_of_work(writes=False) as work:
        rows = (await work.exec(select(Session))).all()
    assert sorted(row.ended_because for row in rows) == ["", "signed_out"]


async def test_name_is_changed_for_oneself(database: Database, logins: Cast) -> None:
    access = await access_of(database, await sign_in("gina@mail.example"))
    async with database.unit_of_work() as work:
        await service.update_profile(work, access, name="  Gina   Park-Lee ")
    assert (await account_row(database, access.actor.account_id)).name == "Gina Park-Lee"
    assert (await account_row(database, logins.accounts["pete"].id)).name == "Pete Park"
    for name in ("   ", "x" * 121):
        with pytest.raises(Invalid):
            async with database.unit_of_work() as work:
                await service.update_profile(work, access, name=name)
