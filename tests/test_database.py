"""One unit of work: committed whole or not at all, told after the commit, and never two on one state."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import select

from portal.database import Database, Work, assert_no_open_unit
from portal.demo.people import Cast
from portal.models import Organization
from tests.unlocked import unlocked_engine


async def _rename(database: Database, cast: Cast, name: str, *, fail: bool = False, writes: bool = True) -> None:
    async with database.unit_of_work(writes=writes) as work:
        practice = (await work.exec(select(Organization).where(Organization.id == cast.harbor.id))).one()
        practice.name = name
        work.tell(f"organization:{practice.id}")
        await work.flush()
        if fail:
            raise RuntimeError("after the change")


async def _name(database: Database, cast: Cast) -> str:
    async with database.unit_of_work(writes=False) as work:
        return (await work.exec(select(Organization.name).where(Organization.id == cast.harbor.id))).one()


async def test_a_unit_that_ends_well_is_kept_and_told_afterwards(database: Database, cast: Cast) -> None:
    told: list[tuple[frozenset[str], str]] = []

    async def listener(topics: frozenset[str]) -> None:
        told.append((topics, await _name(database, cast)))

    database.listeners.append(listener)
    await _rename(database, cast, "New name")
    assert told == [(frozenset({f"organization:{cast.harbor.id}"}), "New name")]


async def test_a_unit_that_fails_leaves_nothing_and_tells_nobody(database: Database, cast: Cast) -> None:
    told: list[frozenset[str]] = []

    async def listener(topics: frozenset[str]) -> None:
        told.append(topics)

    database.listeners.append(listener)
    before = await _name(database, cast)
    with pytest.raises(RuntimeError, match="after the change"):
        await _rename(database, cast, "New name", fail=True)
    assert await _name(database, cast) == before
    assert told == []


async def test_a_unit_that_only_reads_is_refused_by_the_database_when_it_writes(database: Database, cast: Cast) -> None:
    before = await _name(database, cast)
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await _rename(database, cast, "New name", writes=False)
    assert await _name(database, cast) == before
    await _rename(database, cast, "New name")
    assert await _name(database, cast) == "New name"


AGE = select(Organization).where(Organization.slug == "harbor")


async def _grow_older(engine: AsyncEngine, together: asyncio.Barrier, *, locked: bool) -> bool:
    """Read an age and write it back plus one; `locked` is the way every unit of work of the portal begins."""
    question = AGE.with_for_update() if locked else AGE
    await together.wait()
    try:
        async with Work(engine) as work:
            practice = (await work.exec(question)).one()
            await asyncio.sleep(0.01)
            practice.majority_age += 1
            await work.commit()
    except OperationalError:
        return False
    return True


async def _everybody_at_once(database: Database, *, locked: bool) -> tuple[int, list[bool]]:
    together = asyncio.Barrier(8)
    engine = database.write_engine if locked else unlocked_engine(database)
    kept = await asyncio.gather(*(_grow_older(engine, together, locked=locked) for _ in range(8)))
    await engine.dispose()
    async with database.unit_of_work(writes=False) as work:
        return (await work.exec(AGE)).one().majority_age, kept


async def test_a_check_and_the_change_that_rests_on_it_see_one_state(database: Database) -> None:
    age, kept = await _everybody_at_once(database, locked=True)
    assert age == 18 + 8
    assert all(kept)


async def test_without_the_lock_changes_are_lost(database: Database) -> None:
    age, kept = await _everybody_at_once(database, locked=False)
    assert age < 18 + 8, kept


async def test_a_port_refuses_to_be_called_inside_a_unit(database: Database) -> None:
    assert_no_open_unit("mail")
    async with database.unit_of_work(writes=False):
        with pytest.raises(RuntimeError, match="inside a unit of work"):
            assert_no_open_unit("mail")
    assert_no_open_unit("mail")
