"""Several people at one time at the same moment. Each race has a control: with the safeguards off, it goes wrong."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from portal.errors import Conflict, PortalError, SentBefore
from portal.models import Appointment, AppointmentRequest, AppointmentStatus, OutboxMail, RequestStatus
from portal.scheduling import changes, service_deciding, telling
from portal.scheduling.rules import MOST_WAITING
from tests.scheduling.crowd import crowd
from tests.scheduling.desk import Desk, at, wall
from tests.scheduling.unguarded import compare_nothing, drop_safeguards, meet_before, one_statement_at_a_time


async def two_overlapping(desk: Desk) -> list[UUID]:
    casey, gina = await desk.scheduling("casey", "casey"), await desk.scheduling("gina", "milo")
    return [await desk.ask(casey, at(10)), await desk.ask(gina, at(10, 30))]


async def confirm_both(desk: Desk) -> tuple[list[Any], list[UUID]]:
    """Two staff confirm two requests that overlap, having looked at the same moment; returns what each was told."""
    requests, tess, frank = await two_overlapping(desk), await desk.deciding(), await desk.deciding("frank")
    pairs = zip((tess, frank), requests, strict=True)
    return await at_once(*(desk.confirm(who, request) for who, request in pairs)), requests


async def at_once(*deeds: Any) -> list[Any]:
    said = await asyncio.gather(*deeds, return_exceptions=True)
    assert all(not isinstance(each, Exception) or isinstance(each, PortalError) for each in said), said
    return list(said)


def names(said: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in said)


async def starts(desk: Desk) -> list[Any]:
    return sorted(one.starts_at for one in await desk.appointments() if one.status is AppointmentStatus.CONFIRMED)


async def test_of_two_confirmations_at_once_one_wins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    if not desk.database.is_sqlite:  # there a second unit does not even begin to look
        meet_before(monkeypatch, "take_chair")
    said, requests = await confirm_both(desk)
    assert names(said) == ["Conflict", "NoneType"]
    assert len(await desk.appointments()) == 1
    statuses = {(await desk.request(request)).status for request in requests}
    assert statuses == {RequestStatus.CONFIRMED, RequestStatus.REQUESTED}


async def test_control_without_the_safeguards_both_are_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await drop_safeguards(desk, monkeypatch)
    meet_before(monkeypatch, "insert_appointment")
    said, _ = await confirm_both(desk)
    assert said == [None, None]
    assert await starts(desk) == [at(10), at(10, 30)]


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


async def test_fifty_people_ask_for_one_time_and_one_gets_it(desk: Desk) -> None:
    people = await crowd(desk, 50)
    requests = await at_once(*(desk.ask(who, at(10)) for who in people))
    assert len(set(requests)) == 50
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(func.count()).select_from(AppointmentRequest))).one() == 50
    assert await desk.appointments() == []
    assert await desk.mails() == [("request_received", "tess")] * 50
    tess, frank = await desk.deciding(), await desk.deciding("frank")
    said = await at_once(*(desk.confirm((tess, frank)[place % 2], each) for place, each in enumerate(requests)))
    assert names(said) == ["Conflict"] * 49 + ["NoneType"]
    assert await starts(desk) == [at(10)]
    kinds = [kind for kind, _ in await desk.mails()]
    assert kinds.count("request_confirmed") == 1
    statuses = [(await desk.request(each)).status for each in requests]
    assert statuses.count(RequestStatus.REQUESTED) == 49


async def test_control_without_the_safeguards_many_get_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    people = await crowd(desk, 8)
    requests = await at_once(*(desk.ask(who, at(10)) for who in people))
    tess = await desk.deciding()
    await drop_safeguards(desk, monkeypatch)
    meet_before(monkeypatch, "insert_appointment", parties=8)
    assert await at_once(*(desk.confirm(tess, each) for each in requests)) == [None] * 8
    assert await starts(desk) == [at(10)] * 8


async def test_one_operation_at_once_is_one_request_and_one_mail(desk: Desk) -> None:
    casey, operation = await desk.scheduling("casey", "casey"), uuid4()
    said = await at_once(*(desk.ask(casey, at(10), operation=operation) for _ in range(6)))
    assert len(set(said)) == 1
    assert await desk.mails() == [("request_received", "tess")]


async def test_another_wish_by_the_same_operation_is_not_dropped(desk: Desk) -> None:
    casey, operation = await desk.scheduling("casey", "casey"), uuid4()
    request = await desk.ask(casey, at(10), operation=operation, note="By the window, please")
    assert await desk.ask(casey, at(10), operation=operation, note=" By the window, please ") == request
    for when, note in ((at(11), "By the window, please"), (at(10), "")):
        with pytest.raises(SentBefore):
            await desk.ask(casey, when, operation=operation, note=note)
    assert (await desk.request(request)).starts_at == at(10)
    assert await desk.mails() == [("request_received", "tess")]


async def test_control_six_operations_are_six_requests(desk: Desk) -> None:
    casey = await desk.scheduling("casey", "casey")
    said = await at_once(*(desk.ask(casey, at(10), operation=uuid4()) for _ in range(6)))
    assert len(set(said)) == 6
    assert await desk.mails() == [("request_received", "tess")] * 6


async def ask_past_the_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch, meeting: str) -> list[str]:
    """Nine requests wait, and four more are made at once; returns what was said to them."""
    casey = await desk.scheduling("casey", "casey")
    for _ in range(MOST_WAITING - 1):
        await desk.ask(casey, at(10))
    if meeting:
        meet_before(monkeypatch, meeting, parties=4)
    return names(await at_once(*(desk.ask(casey, at(10)) for _ in range(4))))


async def test_of_four_requests_at_once_only_one_is_the_tenth(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await ask_past_the_limit(desk, monkeypatch, "" if desk.database.is_sqlite else "hold_client")
    assert said == ["Conflict", "Conflict", "Conflict", "UUID"]


async def test_control_without_the_lock_more_wait_than_may(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await drop_safeguards(desk, monkeypatch)
    monkeypatch.setattr(changes, "hold_client", _hold_nothing)
    assert await ask_past_the_limit(desk, monkeypatch, "insert_request") == ["UUID"] * 4


async def _hold_nothing(*_args: Any) -> None:
    return


async def confirm_and_withdraw(desk: Desk) -> tuple[list[Any], RequestStatus, bool]:
    """Tess confirms what Casey withdraws: what each was told, the request, and whether there is an appointment."""
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))
    said = await at_once(desk.confirm(tess, request), desk.withdraw(casey, request))
    return said, (await desk.request(request)).status, bool(await desk.appointments())


async def test_confirm_against_withdraw(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    if not desk.database.is_sqlite:
        meet_before(monkeypatch, "swap_request")
    said, status, is_there = await confirm_and_withdraw(desk)
    assert names(said) == ["Conflict", "NoneType"]
    assert (status, is_there) in {(RequestStatus.CONFIRMED, True), (RequestStatus.WITHDRAWN, False)}


async def test_control_without_comparing_both_confirm_and_withdraw_succeed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drop_safeguards(desk, monkeypatch)
    compare_nothing(monkeypatch)
    meet_before(monkeypatch, "swap_request")
    said, _, is_there = await confirm_and_withdraw(desk)
    assert (said, is_there) == ([None, None], True)


async def test_undo_against_a_new_confirmation(desk: Desk) -> None:
    (first, second), tess, frank = await two_overlapping(desk), await desk.deciding(), await desk.deciding("frank")
    await desk.confirm(tess, first)
    await at_once(desk.undo(tess, first), desk.confirm(frank, second))
    (first_is, second_is) = [(await desk.request(request)).status for request in (first, second)]
    assert first_is is RequestStatus.REQUESTED
    assert len(await starts(desk)) == (second_is is RequestStatus.CONFIRMED)


async def undo_a_move_and_confirm(desk: Desk) -> list[Any]:
    """Casey's appointment was moved from ten to two; the move is undone while Milo's request for ten is confirmed."""
    casey, gina, tess = (
        await desk.scheduling("casey", "casey"),
        await desk.scheduling("gina", "milo"),
        await desk.deciding(),
    )
    await desk.confirm(tess, await desk.ask(casey, at(10)))
    (one,) = await desk.appointments()
    move = await desk.ask(casey, at(14), moves=one.id)
    await desk.confirm(tess, move)
    other = await desk.ask(gina, at(10))
    return [desk.undo(tess, move), desk.confirm(await desk.deciding("frank"), other)]


async def test_undo_of_a_move_against_a_confirmation_of_its_old_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds = await undo_a_move_and_confirm(desk)
    if not desk.database.is_sqlite:
        meet_before(monkeypatch, "take_chair")
    assert names(await at_once(*deeds)) == ["Conflict", "NoneType"]
    assert await starts(desk) in ([at(10)], [at(10), at(14)])


async def test_control_without_the_safeguards_the_undo_overlaps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    deeds = await undo_a_move_and_confirm(desk)
    await drop_safeguards(desk, monkeypatch)
    meet_before(monkeypatch, "insert_appointment", "move_appointment")
    assert await at_once(*deeds) == [None, None]
    assert await starts(desk) == [at(10), at(10)]


async def move_and_confirm(desk: Desk) -> list[Any]:
    """Frank moves Milo's appointment to a quarter past ten while Tess confirms Casey's request for ten."""
    casey, tess, week = await desk.scheduling("casey", "casey"), await desk.deciding(), await desk.calendar("frank")
    moved = await desk.create(week, wall(14), "milo")
    request = await desk.ask(casey, at(10))
    return [desk.confirm(tess, request), desk.alter("move", week, moved, wall=wall(10, 15))]


async def test_move_against_confirm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    deeds = await move_and_confirm(desk)
    if not desk.database.is_sqlite:
        meet_before(monkeypatch, "take_chair")
    assert names(await at_once(*deeds)) == ["Conflict", "NoneType"]
    assert await starts(desk) in ([at(10, 15)], [at(10), at(14)])


async def test_control_without_the_safeguards_the_move_overlaps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    deeds = await move_and_confirm(desk)
    await drop_safeguards(desk, monkeypatch)
    meet_before(monkeypatch, "insert_appointment", "move_appointment")
    assert await at_once(*deeds) == [None, None]
    assert await starts(desk) == [at(10), at(10, 15)]


async def confirm_and_crash(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[UUID, int, set[str]]:
    """The power goes between the confirmation and its mail; returns the request, appointments, and kinds of mail."""
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))

    async def crash(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="power"):
        patched.setattr(telling, "tell_clients", crash)
        async with desk.database.unit_of_work() as work:
            await service_deciding.confirm_request(work, tess, request_id=request, revision=1)
    async with desk.database.unit_of_work(writes=False) as work:
        kinds = set((await work.exec(select(OutboxMail.kind))).all())
    return request, len(await desk.appointments()), kinds


async def test_a_crash_between_confirm_and_mail_leaves_neither(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    request, appointments, kinds = await confirm_and_crash(desk, monkeypatch)
    assert (appointments, kinds) == (0, {"request_received"})
    await desk.confirm(await desk.deciding(), request)
    assert ("request_confirmed", "casey") in await desk.mails()


async def test_control_without_a_transaction_a_crash_leaves_an_appointment_that_nobody_hears_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_statement_at_a_time(desk)
    request, appointments, kinds = await confirm_and_crash(desk, monkeypatch)
    assert (appointments, kinds) == (1, {"request_received"})
    assert (await desk.request(request)).status is RequestStatus.CONFIRMED
