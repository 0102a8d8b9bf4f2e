"""Reading what was done and who looked: by person, client and action, page by page, in one's own practice only."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from portal.access.actor import StaffTask
from portal.audit.service import record_access, record_change
from portal.audit.trail import Wanted, list_actors, read_looks, read_trail
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotPermitted
from portal.kit.ids import new_id
from portal.practice.record.showing import place_in_chain, place_in_log, rows_of_looks
from tests.conftest import Clock
from tests.factories import as_staff
from tests.people import Human
from tests.statements import statements_of


@dataclass
class Book:
    """Three changes by two people about two clients in Harbor, one in Lakeside, and five looks."""

    database: Database
    avery: Human

    async def trail(self, wanted: Wanted, **more: int) -> list[tuple[str, str, str]]:
        async with as_staff(self.database, self.avery, StaffTask.AUDIT, writes=False) as (work, access):
            found = await read_trail(work, access, wanted=wanted, **more)
        return [(entry.actor, entry.action, entry.client) for entry in found.entries]


@pytest.fixture
async def book(
    database: Database, cast: Cast, clock: Clock, avery: Human, tess: Human, theo: Human, milo: Human, casey: Human
) -> Book:
    async def change(who: Human, organization_id: UUID, action: str, client_id: UUID | None) -> None:
        async with as_staff(database, who, StaffTask.READ_ANSWERS) as (work, access):
            await record_change(
                work, organization_id=organization_id, actor=access.actor, action=action, client_id=client_id
            )

    await change(avery, cast.harbor.id, "setting.changed", None)
    await change(tess, cast.harbor.id, "form.sent", milo.client_id)
    await change(tess, cast.harbor.id, "form.sent", casey.client_id)
    await change(theo, cast.lakeside.id, "form.sent", cast.clients["quinn"].id)
    for _ in range(5):
        clock.now += timedelta(minutes=15)
        async with as_staff(database, tess, StaffTask.READ_ANSWERS) as (work, access):
            await record_access(work, access, client_id=milo.client_id, kind="answers")
    return Book(database, avery)


async def test_entries_are_found_by_person_client_and_action(book: Book, tess: Human, milo: Human, cast: Cast) -> None:
    casey, park = ("Tess Rivera", "form.sent", "Casey Lin"), ("Tess Rivera", "form.sent", "Milo Park")
    setting = ("Avery Stone", "setting.changed", "")
    assert await book.trail(Wanted()) == [casey, park, setting]
    assert await book.trail(Wanted(actor_id=tess.account_id)) == [casey, park]
    assert await book.trail(Wanted(client_id=milo.client_id)) == [park]
    assert await book.trail(Wanted(client_words=("par", "mil"))) == [park]
    assert await book.trail(Wanted(client_words=("zz",))) == []
    assert await book.trail(Wanted(actions=("setting.changed",))) == [setting]
    assert await book.trail(Wanted(client_id=cast.clients["quinn"].id)) == []
    assert await book.trail(Wanted(actor_id=cast.accounts["theo"].id)) == []


async def test_looks_are_read_a_page_at_a_time(book: Book, milo: Human, tess: Human) -> None:
    async with as_staff(book.database, book.avery, StaffTask.AUDIT, writes=False) as (work, access):
        with statements_of(book.database) as statements:
            first = await read_looks(work, access, limit=3)
        assert len(statements) == 1
        _, older = rows_of_looks(first, access.zone)
        second = await read_looks(work, access, before=place_in_log(older), limit=3)
        assert (len(first.looks), len(second.looks)) == (3, 2)
        assert second.before is None
        assert len({look.id for look in (*first.looks, *second.looks)}) == 5
        assert {look.client_id for look in first.looks} == {milo.client_id}
        assert (await read_looks(work, access, wanted=Wanted(actor_id=tess.account_id))).looks[0].actor == "Tess Rivera"
        assert (await read_looks(work, access, wanted=Wanted(client_id=new_id()))).looks == ()


async def test_another_practice_has_a_record_of_its_own(book: Book, lena: Human) -> None:
    async with as_staff(book.database, lena, StaffTask.AUDIT, writes=False) as (work, access):
        assert [entry.client for entry in (await read_trail(work, access)).entries] == ["Quinn Ellis"]
        assert (await read_looks(work, access)).looks == ()
        assert [name for _, name in await list_actors(work, access)] == ["Lena Cho", "Theo Grant"]


async def test_only_administrators_read_the_record(book: Book, avery: Human, tess: Human, frank: Human) -> None:
    for who in (tess, frank):
        with pytest.raises(NotPermitted):
            async with as_staff(book.database, who, StaffTask.AUDIT):
                pass
    async with as_staff(book.database, avery, StaffTask.SEE_CLIENTS, writes=False) as (work, access):
        for read in (read_trail, read_looks, list_actors):
            with pytest.raises(NotPermitted):
                await read(work, access)
    assert await book.trail(Wanted())


@pytest.mark.parametrize("text", ["", "x", "-1", "1e9", "99999999999", "² ", "2026-01-01 x", "nan 0"])
def test_nonsense_is_no_place(text: str) -> None:
    assert place_in_chain(text) is None
    assert place_in_log(text) is None
