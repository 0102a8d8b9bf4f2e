"""Several people at one time at the same moment. Each race has a control: with the safeguards off, it goes wrong."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from portal.errors import Conflict
from portal.models import Appointment, AppointmentRequest, AppointmentStatus, OutboxMail, RequestStatus
from portal.scheduling import changes, service_deciding
from tests.scheduling.desk import Desk, at, wall


async def drop_safeguards(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the database holds, the therapist's lock, and (SQLite) the lock on writing."""
    async with desk.database.write_engine.begin() as connection:
        if desk.database.is_sqlite:
            for name in ("appointment_free_when_added", "appointment_free_when_changed"):
                await connection.execute(sql(f"DROP TRIGGER {name}"))
        else:
            await connection.execute(sql("ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap"))
    desk.database.write_engine = desk.database.read_engine
    locked = changes.queries.lock_chair

    async def unlocked(work: Any, *ids: UUID) -> Any:
        profile = await locked(work, *ids) if desk.database.is_sqlite else await _plain(work, *ids)
        await asyncio.sleep(0)
        return profile

    monkeypatch.setattr(changes.queries, "lock_chair", unlocked)
    meet = asyncio.Barrier(2)
    write = changes.insert_appointment

    async def together(*args: Any) -> None:
        await meet.wait()
        await write(*args)

    monkeypatch.setattr(changes, "insert_appointment", together)


async def _plain(work: Any, organization_id: UUID, membership_id: UUID) -> Any:
    query = select(changes.TherapistProfile).where(changes.TherapistProfile.membership_id == membership_id)
    return (await work.exec(query)).one_or_none()


async def two_overlapping(desk: Desk) -> list[UUID]:
    casey, gina = await desk.scheduling("casey", "casey"), await desk.scheduling("gina", "milo")
    return [await desk.ask(casey, at(10)), await desk.ask(gina, at(10, 30))]


async def test_of_two_confirmations_at_once_one_wins(desk: Desk) -> None:
    requests, tess, frank = await two_overlapping(desk), await desk.deciding(), await desk.deciding("frank")
    pairs = zip((tess, frank), requests, strict=True)
    said = await asyncio.gather(*(desk.confirm(who, request) for who, request in pairs), return_exceptions=True)
    assert sorted(type(each).__name__ for each in said) == ["Conflict", "NoneType"]
    assert len(await desk.appointments()) == 1
    statuses = {(await desk.request(request)).status for request in requests}
    assert statuses == {RequestStatus.CONFIRMED, RequestStatus.REQUESTED}


async def test_control_without_the_safeguards_both_are_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    requests, tess, frank = await two_overlapping(desk), await desk.deciding(), await desk.deciding("frank")
    await drop_safeguards(desk, monkeypatch)
    pairs = zip((tess, frank), requests, strict=True)
    said = await asyncio.gather(*(desk.confirm(who, request) for who, request in pairs), return_exceptions=True)
    if desk.database.is_sqlite:
        assert any(isinstance(each, DBAPIError) and "locked" in str(each) for each in said)
        return
    assert said == [None, None]
    assert len(await desk.appointments()) == 2


async def test_the_database_itself_refuses_what_overlaps(desk: Desk) -> None:
    """Also where our own look at what is taken is left out, for an addition and for a move."""
    tess = await desk.calendar()
    first = await desk.create(tess, wall(10), "casey")
    second = await desk.create(tess, wall(10, 50), "milo")
    one, other = await desk.appointment(first), await desk.appointment(second)
    with pytest.raises(Conflict, match="just taken"):
        async with desk.database.unit_of_work() as work:
            await changes.move_appointment(work, other, at(10, 49), at(11, 39))
    copy = Appointment(**(one.model_dump() | {"id": uuid4(), "starts_at": at(9, 11), "ends_at": at(10, 1)}))
    with pytest.raises(Conflict, match="just taken"):
        async with desk.database.unit_of_work() as work:
            await changes.insert_appointment(work, copy, [desk.client_id("casey")])
    fitting = Appointment(**(copy.model_dump() | {"starts_at": at(9, 10), "ends_at": at(10)}))
    async with desk.database.unit_of_work() as work:
        await changes.insert_appointment(work, fitting, [desk.client_id("casey")])
    await desk.alter("cancel", tess, first)
    async with desk.database.unit_of_work() as work:
        again = Appointment(**(one.model_dump() | {"id": uuid4()}))
        await changes.insert_appointment(work, again, [desk.client_id("casey")])
    with pytest.raises(DBAPIError):
        async with desk.database.unit_of_work() as work:
            await work.exec(sql("UPDATE appointment SET status = 'confirmed'"))  # type: ignore[call-overload]  # plain SQL


async def test_fifty_requests_for_one_time_are_fifty_requests(desk: Desk) -> None:
    people = [
        await desk.scheduling("casey", "casey"),
        await desk.scheduling("gina", "milo"),
        await desk.scheduling("tara", "tara"),
    ]
    asked = [people[place % 3] for place in range(27)]
    said = await asyncio.gather(*(desk.ask(who, at(10)) for who in asked), return_exceptions=True)
    stored = {each for each in said if isinstance(each, UUID)}
    refused = [each for each in said if not isinstance(each, UUID)]
    assert all(isinstance(each, Conflict) for each in refused)
    assert len(stored) + len(refused) == 27
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(func.count()).select_from(AppointmentRequest))).one() == len(stored)
    assert await desk.appointments() == []


async def test_one_operation_at_once_is_one_request_and_one_mail(desk: Desk) -> None:
    casey, operation = await desk.scheduling("casey", "casey"), uuid4()
    said = await asyncio.gather(*(desk.ask(casey, at(10), operation=operation) for _ in range(6)))
    assert len(set(said)) == 1
    assert await desk.mails() == [("request_received", "tess")]


async def test_confirm_against_withdraw(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    for hour in (10, 13, 14):
        request = await desk.ask(casey, at(hour))
        await asyncio.gather(desk.confirm(tess, request), desk.withdraw(casey, request), return_exceptions=True)
        status = (await desk.request(request)).status
        there = any(one.starts_at == at(hour) for one in await desk.appointments())
        assert (status, there) in {(RequestStatus.CONFIRMED, True), (RequestStatus.WITHDRAWN, False)}


async def test_undo_against_a_new_confirmation(desk: Desk) -> None:
    (first, second), tess, frank = await two_overlapping(desk), await desk.deciding(), await desk.deciding("frank")
    await desk.confirm(tess, first)
    await asyncio.gather(desk.undo(tess, first), desk.confirm(frank, second), return_exceptions=True)
    (first_is, second_is) = [(await desk.request(request)).status for request in (first, second)]
    taken = [one for one in await desk.appointments() if one.status is AppointmentStatus.CONFIRMED]
    assert first_is is RequestStatus.REQUESTED
    assert len(taken) == (second_is is RequestStatus.CONFIRMED)


async def test_move_against_confirm(desk: Desk) -> None:
    casey, tess, week = await desk.scheduling("casey", "casey"), await desk.deciding(), await desk.calendar("frank")
    moved = await desk.create(week, wall(14), "milo")
    request = await desk.ask(casey, at(10))
    said = await asyncio.gather(
        desk.confirm(tess, request), desk.alter("move", week, moved, wall=wall(10, 15)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in said) == ["Conflict", "NoneType"]
    starts = sorted(one.starts_at for one in await desk.appointments())
    assert starts in ([at(10, 15)], [at(10), at(14)])


async def test_a_crash_between_confirm_and_commit_leaves_neither_appointment_nor_mail(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))
    with pytest.raises(RuntimeError):
        async with desk.database.unit_of_work() as work:
            await service_deciding.confirm_request(work, tess, request_id=request, revision=1)
            raise RuntimeError("the power went")
    async with desk.database.unit_of_work(writes=False) as work:
        kinds = set((await work.exec(select(OutboxMail.kind))).all())
    assert (await desk.appointments(), kinds) == ([], {"request_received"})
    await desk.confirm(tess, request)
    assert ("request_confirmed", "casey") in await desk.mails()
