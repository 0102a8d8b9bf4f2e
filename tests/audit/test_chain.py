"""The chain of changes: it grows one at a time, refuses to be edited, and shows it when it was."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from portal.access.actor import Person, System
from portal.audit import queries
from portal.audit.rules import START, Fault, Link, Problem, canonical_detail
from portal.audit.service import ChainReport, record_change, verify_chain
from portal.audit.words import fault_sentence
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.kit.ids import new_id
from portal.models import AuditEvent, AuditHead
from tests.unlocked import unlocked_engine

AT_ONCE = 8


def avery(cast: Cast) -> Person:
    account = cast.accounts["avery"]
    return Person(account.id, new_id(), account.name, account.email)


async def write(database: Database, cast: Cast, count: int = 1, organization_id: UUID | None = None) -> None:
    for number in range(count):
        async with database.unit_of_work() as work:
            await record_change(
                work,
                organization_id=organization_id or cast.harbor.id,
                actor=avery(cast),
                action="setting.changed",
                detail={"number": number},
            )


async def verify(database: Database, organization_id: UUID) -> ChainReport:
    async with database.unit_of_work(writes=False) as work:
        return await verify_chain(work, organization_id)


async def tamper(database: Database, *statements: str) -> None:
    """Do what somebody with the database in their hands could do: drop the triggers, then edit."""
    async with database.unit_of_work() as work:
        for name in ("audit_event_no_update", "audit_event_no_delete"):
            await run(work, f"DROP TRIGGER {name}" + ("" if database.is_sqlite else " ON audit_event"))
        for statement in statements:
            await run(work, statement)


async def run(work: Work, statement: str) -> None:
    await (await work.connection()).execute(text(statement))


async def test_a_change_says_who_did_what_and_follows_the_one_before(database: Database, cast: Cast) -> None:
    await write(database, cast, 2)
    async with database.unit_of_work(writes=False) as work:
        first, second = await work.exec(select(AuditEvent).order_by(col(AuditEvent.sequence)))
        end = await queries.find_head(work, cast.harbor.id)
    assert (first.sequence, second.sequence) == (1, 2)
    assert (first.actor_id, first.actor_name, first.at) == (cast.accounts["avery"].id, "", database.clock())
    assert first.previous_hash == START
    assert second.previous_hash == first.hash
    assert end == Link(2, second.hash)


async def test_the_portal_itself_is_named_as_the_actor(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await record_change(
            work, organization_id=cast.harbor.id, actor=System("expiry"), action="form.sent", object_id=uuid4()
        )
    async with database.unit_of_work(writes=False) as work:
        stored = (await work.exec(select(AuditEvent))).one()
    assert (stored.actor_id, stored.actor_name) == (None, "expiry")


async def test_several_changes_in_one_unit_follow_each_other(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        for _ in range(3):
            await record_change(work, organization_id=cast.harbor.id, actor=avery(cast), action="form.sent")
    report = await verify(database, cast.harbor.id)
    assert (report.events, report.intact) == (3, True)


async def test_what_is_rolled_back_leaves_no_gap(database: Database, cast: Cast) -> None:
    await write(database, cast)
    with pytest.raises(LookupError):
        async with database.unit_of_work() as work:
            await record_change(work, organization_id=cast.harbor.id, actor=avery(cast), action="form.sent")
            raise LookupError
    await write(database, cast)
    report = await verify(database, cast.harbor.id)
    assert (report.events, report.intact) == (2, True)


async def test_practices_have_chains_of_their_own(database: Database, cast: Cast) -> None:
    await write(database, cast, 2)
    await write(database, cast, 1, cast.lakeside.id)
    assert (await verify(database, cast.harbor.id)).events == 2
    lakeside = await verify(database, cast.lakeside.id)
    assert (lakeside.events, lakeside.intact) == (1, True)


async def test_a_change_costs_two_statements(database: Database, cast: Cast) -> None:
    await write(database, cast)
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.extend([] if statement.startswith("BEGIN") else [statement])

    event.listen(database.write_engine.sync_engine, "before_cursor_execute", note)
    async with database.unit_of_work() as work:
        seen.clear()
        await record_change(work, organization_id=cast.harbor.id, actor=avery(cast), action="form.sent")
        assert len(seen) == 2


async def at_once(database: Database, cast: Cast) -> list[BaseException | None]:
    return await asyncio.gather(*(write(database, cast) for _ in range(AT_ONCE)), return_exceptions=True)


@pytest.mark.parametrize("before", [0, 1], ids=["first of the chain", "later in the chain"])
async def test_changes_at_once_all_find_their_place(database: Database, cast: Cast, before: int) -> None:
    await write(database, cast, before)
    assert await at_once(database, cast) == [None] * AT_ONCE
    report = await verify(database, cast.harbor.id)
    assert (report.events, report.intact) == (AT_ONCE + before, True)


async def test_without_the_lock_changes_at_once_would_be_lost(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: take the lock away, and the database refuses all but one."""
    await write(database, cast)
    everybody_has_read = asyncio.Barrier(AT_ONCE)

    async def look_without_lock(work: Work, organization_id: UUID) -> Link:
        found = await queries.find_head(work, organization_id)
        await everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_head", look_without_lock)
    plain = unlocked_engine(database, AT_ONCE)  # everybody reads at once, and none says before that it will write
    monkeypatch.setattr(database, "write_engine", plain)
    outcomes = await at_once(database, cast)
    await plain.dispose()
    assert sum(outcome is None for outcome in outcomes) == 1
    report = await verify(database, cast.harbor.id)
    assert (report.events, report.intact) == (2, True)


EDITS = ["UPDATE {table} SET action = 'x'", "DELETE FROM {table}"]


@pytest.mark.parametrize("edit", EDITS)
async def test_the_chain_refuses_to_be_edited(database: Database, cast: Cast, edit: str) -> None:
    await write(database, cast, 2)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.unit_of_work() as work:
            await run(work, edit.format(table="audit_event"))
    assert (await verify(database, cast.harbor.id)).intact


async def test_an_event_that_does_not_follow_the_end_is_refused(database: Database, cast: Cast) -> None:
    await write(database, cast)
    stray = AuditEvent(
        organization_id=cast.harbor.id,
        sequence=7,
        at=database.clock(),
        action="form.sent",
        previous_hash="0" * 64,
        hash="1" * 64,
    )
    with pytest.raises(DBAPIError, match="follow the end"):
        async with database.unit_of_work() as work:
            work.add(stray)
    assert (await verify(database, cast.harbor.id)).events == 1


def set_action(place: int) -> str:
    return f"UPDATE audit_event SET action = 'form.sent' WHERE sequence = {place}"


SWAP = tuple(
    f"UPDATE audit_event SET sequence = {new} WHERE sequence = {old}" for old, new in ((2, 90), (3, 2), (90, 3))
)
TAMPERING = {
    "nothing": ((), set()),
    "changed": ((set_action(3),), {(3, Fault.CHANGED)}),
    "changed time": (
        ("UPDATE audit_event SET at = (SELECT created_at FROM organization LIMIT 1) WHERE sequence = 2",),
        {(2, Fault.CHANGED)},
    ),
    "missing": (("DELETE FROM audit_event WHERE sequence = 2",), {(2, Fault.MISSING)}),
    "first missing": (("DELETE FROM audit_event WHERE sequence = 1",), {(1, Fault.MISSING)}),
    "cut off": (("DELETE FROM audit_event WHERE sequence > 3",), {(4, Fault.MISSING)}),
    "all gone": (("DELETE FROM audit_event",), {(1, Fault.MISSING)}),
    "swapped": (SWAP, {(2, Fault.REORDERED), (3, Fault.REORDERED)}),
}


@pytest.mark.parametrize("name", TAMPERING)
async def test_tampering_is_found(database: Database, cast: Cast, name: str) -> None:
    statements, expected = TAMPERING[name]
    await write(database, cast, 5)
    await write(database, cast, 2, cast.lakeside.id)
    only_harbor = f" AND organization_id = '{stored_id(database, cast.harbor.id)}'"
    scoped = [
        edit + (only_harbor if "WHERE sequence" in edit else only_harbor.replace("AND", "WHERE")) for edit in statements
    ]
    await tamper(database, *scoped)
    found = {(problem.sequence, problem.fault) for problem in (await verify(database, cast.harbor.id)).problems}
    assert expected <= found
    assert bool(expected) == bool(found)
    assert (await verify(database, cast.lakeside.id)).intact


def stored_id(database: Database, value: UUID) -> str:
    return value.hex if database.is_sqlite else str(value)


async def test_a_recalculated_tail_is_betrayed_by_the_head(database: Database, cast: Cast) -> None:
    """Somebody who cuts the last event off and sets the head back leaves an end that differs from the one kept."""
    await write(database, cast, 3)
    kept = (await verify(database, cast.harbor.id)).end
    await tamper(database, "DELETE FROM audit_event WHERE sequence = 3")
    async with database.unit_of_work() as work:
        head = (await work.exec(select(AuditHead))).one()
        last = (await work.exec(select(AuditEvent).where(AuditEvent.sequence == 2))).one()
        head.sequence, head.hash = last.sequence, last.hash
        work.add(head)
    report = await verify(database, cast.harbor.id)
    assert report.intact
    assert report.end != kept


@pytest.mark.parametrize("long", ["x" * 201, ["x" * 201]], ids=["text", "list"])
def test_long_text_is_no_detail(long: Any) -> None:
    assert canonical_detail({"b": "y" * 200, "a": 1}) == '{"a":1,"b":"' + "y" * 200 + '"}'
    with pytest.raises(ValueError, match="too long"):
        canonical_detail({"note": long})


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.CHANGED, "Entry 4 was changed after it was written."),
        (Fault.MISSING, "Entry 4 is missing."),
        (Fault.REORDERED, "Entry 4 does not stand where it was written."),
    ],
)
def test_every_fault_has_a_sentence(fault: Fault, sentence: str) -> None:
    assert fault_sentence(Problem(4, fault)) == sentence
