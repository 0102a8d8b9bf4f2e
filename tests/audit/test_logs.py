"""Who looked at health data, and what happened to a login."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from portal.access.actor import Person, PracticeAccess, Scope, StaffTask
from portal.audit.service import record_access, record_account_event
from portal.database import Database
from portal.demo.people import Cast
from portal.kit.ids import new_id
from portal.models import AccessLog, AccountEvent
from tests.conftest import Clock


def reading(database: Database, cast: Cast, name: str = "tess") -> PracticeAccess:
    member, account = cast.staff[name], cast.accounts[name]
    return PracticeAccess(
        actor=Person(account.id, new_id(), account.name, account.email),
        organization_id=member.organization_id,
        membership_id=member.id,
        role=member.role,
        task=StaffTask.READ_ANSWERS,
        scope=Scope.ASSIGNED,
        practice_name="",
        zone="UTC",
        now=database.clock(),
    )


async def look(database: Database, access: PracticeAccess, client_id: UUID, kind: str = "answers") -> None:
    async with database.unit_of_work() as work:
        await record_access(work, access, client_id=client_id, kind=kind)


async def looks(database: Database) -> int:
    async with database.unit_of_work(writes=False) as work:
        return len(list(await work.exec(select(AccessLog))))


async def test_looks_within_a_quarter_of_an_hour_are_one_row(database: Database, cast: Cast, clock: Clock) -> None:
    access, milo = reading(database, cast), cast.clients["milo"].id
    await look(database, access, milo)
    clock.now += timedelta(minutes=14)
    await look(database, access, milo)
    assert await looks(database) == 1
    clock.now += timedelta(minutes=1)
    await look(database, access, milo)
    assert await looks(database) == 2


async def test_another_person_client_or_kind_is_another_row(database: Database, cast: Cast) -> None:
    milo, casey = cast.clients["milo"].id, cast.clients["casey"].id
    await look(database, reading(database, cast), milo)
    await look(database, reading(database, cast), casey)
    await look(database, reading(database, cast), milo, "document")
    await look(database, reading(database, cast, "avery"), milo)
    assert await looks(database) == 4


async def test_looking_at_once_is_one_row(database: Database, cast: Cast) -> None:
    access, milo = reading(database, cast), cast.clients["milo"].id
    await asyncio.gather(*(look(database, access, milo) for _ in range(6)))
    assert await looks(database) == 1


async def test_a_look_cannot_name_a_client_of_another_practice(database: Database, cast: Cast) -> None:
    with pytest.raises(DBAPIError):
        await look(database, reading(database, cast), cast.clients["quinn"].id)
    assert await looks(database) == 0


async def test_a_look_in_a_reading_unit_is_refused_rather_than_forgotten(database: Database, cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="open this unit for writing"):
        async with database.unit_of_work(writes=False) as work:
            await record_access(work, reading(database, cast), client_id=cast.clients["milo"].id, kind="answers")


async def test_what_happened_to_a_login_is_kept(database: Database, cast: Cast) -> None:
    gina = cast.accounts["gina"].id
    async with database.unit_of_work() as work:
        await record_account_event(work, account_id=gina, action="signed_in", device="Firefox on Linux")
    async with database.unit_of_work(writes=False) as work:
        stored = (await work.exec(select(AccountEvent))).one()
    assert (stored.account_id, stored.action, stored.device) == (gina, "signed_in", "Firefox on Linux")
    assert stored.at == database.clock()


@pytest.mark.parametrize("table", ["access_log", "account_event"])
@pytest.mark.parametrize("edit", ["UPDATE {table} SET at = at", "DELETE FROM {table}"])
async def test_the_logs_refuse_to_be_edited(database: Database, cast: Cast, table: str, edit: str) -> None:
    await look(database, reading(database, cast), cast.clients["milo"].id)
    async with database.unit_of_work() as work:
        await record_account_event(work, account_id=cast.accounts["gina"].id, action="signed_in")
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.unit_of_work() as work:
            await (await work.connection()).execute(text(edit.format(table=table)))
