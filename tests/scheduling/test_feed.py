"""The private address for a calendar program, and what calendars tell: neutral unless somebody wants it otherwise."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
import vobject
from sqlmodel import select

from portal.access.actor import NOBODY, AccountAccess, Viewing
from portal.accounts.service_sessions import end_all_sessions
from portal.errors import NotFound
from portal.models import CalendarFeed, Grant, Permission
from portal.scheduling import queries_feed, service_feed
from portal.settings.catalog import SettingName
from tests.scheduling.desk import Desk, at, wall


async def make(desk: Desk, person: str, client: str) -> str:
    access = await desk.seeing(person, client)
    async with desk.database.unit_of_work() as work:
        return await service_feed.make_address(work, access)


async def read(desk: Desk, token: str) -> list[Any]:
    """What another program finds at an address."""
    async with desk.database.unit_of_work(writes=False) as work:
        text = await service_feed.read_feed(work, token)
    return list(vobject.readOne(text).contents.get("vevent", []))


async def show_details(desk: Desk, person: str, client: str) -> None:
    access = await desk.seeing(person, client)
    async with desk.database.unit_of_work() as work:
        await service_feed.choose_details(work, access, details=True)


async def test_a_feed_has_what_one_may_see_under_neutral_titles(desk: Desk) -> None:
    week = await desk.calendar()
    made = await desk.create(week, wall(13), "milo")
    gone = await desk.create(week, wall(14), "milo")
    await desk.create(week, wall(15), "casey")
    await desk.alter("cancel", week, gone)
    events = await read(desk, await make(desk, "gina", "milo"))
    assert [(one.uid.value, one.dtstart.value, one.status.value) for one in events] == [
        (f"{made}@portico", at(13), "CONFIRMED"),
        (f"{gone}@portico", at(14), "CANCELLED"),
    ]
    assert {one.summary.value for one in events} == {"Appointment"}
    assert {one.location.value for one in events} == {"Harbor office"}


async def test_whoever_wants_it_sees_what_it_is_in_feeds_and_mails(desk: Desk) -> None:
    week = await desk.calendar()
    await show_details(desk, "gina", "milo")
    await desk.create(week, wall(13), "milo", "tara")
    (event,) = await read(desk, await make(desk, "gina", "milo"))
    assert event.summary.value == "Individual therapy with Tess Rivera (Milo)"
    titles = {to: file.vevent.summary.value for to, file in (await desk.calendar_files()).items()}
    assert titles == {"gina": "Individual therapy with Tess Rivera (Milo and Tara)", "tara": "Appointment"}


async def test_an_address_ends_by_a_new_one_by_hand_and_with_the_right_to_see(desk: Desk) -> None:
    await desk.create(await desk.calendar(), wall(13), "milo")
    first = await make(desk, "gina", "milo")
    second = await make(desk, "gina", "milo")
    assert len(await read(desk, second)) == 1
    for token in (first, "nonsense", ""):
        with pytest.raises(NotFound):
            await read(desk, token)
    access = await desk.seeing("gina", "milo")
    async with desk.database.unit_of_work() as work:
        await service_feed.end_address(work, access)
    with pytest.raises(NotFound):
        await read(desk, second)
    with pytest.raises(NotFound):
        async with desk.database.unit_of_work() as work:
            await service_feed.end_address(work, access)


async def test_of_two_addresses_made_at_once_the_later_one_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody taps in two tabs at once: both are answered."""
    await desk.create(await desk.calendar(), wall(13), "milo")
    access, meet, put = await desk.seeing("gina", "milo"), asyncio.Barrier(2), queries_feed.put_own

    async def together(*args: Any) -> None:
        await meet.wait()
        await put(*args)

    if not desk.database.is_sqlite:  # there a second unit does not even begin
        monkeypatch.setattr(queries_feed, "put_own", together)

    async def tap() -> str:
        async with desk.database.unit_of_work() as work:
            await work.connection()
            return await service_feed.make_address(work, access)

    async def shows(token: str) -> bool:
        try:
            return len(await read(desk, token)) == 1
        except NotFound:
            return False

    assert sorted([await shows(token) for token in await asyncio.gather(tap(), tap())]) == [False, True]


async def test_who_is_viewed_as_without_a_login_has_no_address(desk: Desk) -> None:
    await make(desk, "gina", "milo")
    gina = await desk.seeing("gina", "milo")
    milo = Viewing(gina.organization_id, gina.client_id, None, NOBODY, "Milo Park")
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await service_feed.open_own(work, gina)).since is not None
        seen = await service_feed.open_own(work, replace(gina, viewing=milo))
    assert (seen.since, seen.details) == (None, False)


async def test_signing_out_everywhere_ends_what_reads_without_a_session(desk: Desk) -> None:
    """Whoever held somebody's phone for a minute may have made an address there."""
    await desk.create(await desk.calendar(), wall(13), "milo")
    token, own = await make(desk, "gina", "milo"), await make(desk, "casey", "casey")
    assert len(await read(desk, token)) == 1
    access = await desk.seeing("gina", "milo")
    async with desk.database.unit_of_work() as work:
        await end_all_sessions(work, AccountAccess(access.actor, work.now), keep_this=True)
    with pytest.raises(NotFound):
        await read(desk, token)
    assert await read(desk, own) == []


@pytest.mark.parametrize("lost", ["grant", "contacts", "login"])
async def test_what_one_may_not_see_any_more_is_not_in_the_feed(desk: Desk, lost: str) -> None:
    await desk.create(await desk.calendar(), wall(13), "milo")
    token, own = await make(desk, "gina", "milo"), await make(desk, "casey", "casey")
    assert len(await read(desk, token)) == 1
    if lost == "contacts":
        await desk.switch_off(SettingName.CONTACT_ACCESS)
    elif lost == "login":
        await desk.change(desk.cast.accounts["gina"], disabled_at=desk.clock.now)
    else:
        async with desk.database.unit_of_work() as work:
            for grant in (await work.exec(select(Grant).where(Grant.permission == Permission.SCHEDULING))).all():
                await work.delete(grant)
    with pytest.raises(NotFound):
        await read(desk, token)
    assert await read(desk, own) == []


async def test_only_the_hash_of_a_token_is_stored(desk: Desk) -> None:
    token = await make(desk, "casey", "casey")
    async with desk.database.unit_of_work(writes=False) as work:
        (row,) = (await work.exec(select(CalendarFeed))).all()
    assert token not in str(row.model_dump())
    assert len(token) == 43
