"""Moving an appointment is asking again: until when, what calendars hear of it, and how it is taken back."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from portal.errors import Conflict
from portal.models import OutboxMail, RequestStatus
from portal.notifications.outbox import context_of
from portal.scheduling import service_jobs
from tests.conftest import RING
from tests.scheduling.desk import MONDAY, Desk, at

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


async def asked_to_move(desk: Desk) -> tuple[UUID, UUID]:
    """Casey has ten on Monday, and asks for ten on Monday a week later instead; returns appointment and request."""
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    await desk.confirm(tess, await desk.ask(casey, at(10)))
    (one,) = await desk.appointments()
    return one.id, await desk.ask(casey, at(10, day=MONDAY + timedelta(days=7)), moves=one.id)


async def test_what_has_begun_is_moved_no_more(desk: Desk) -> None:
    one, move = await asked_to_move(desk)
    tess = await desk.deciding()
    desk.clock.now = at(10)
    with pytest.raises(Conflict, match="has begun"):
        await desk.confirm(tess, move)
    assert (await desk.appointment(one)).starts_at == at(10)
    desk.clock.now = at(9, 59)
    await desk.confirm(tess, move)
    assert (await desk.appointment(one)).starts_at == at(10, day=MONDAY + timedelta(days=7))


async def test_a_request_to_move_expires_when_what_it_moves_begins(desk: Desk) -> None:
    _, move = await asked_to_move(desk)
    for moment, status in ((at(9, 59), RequestStatus.REQUESTED), (at(10), RequestStatus.EXPIRED)):
        desk.clock.now = moment
        async with desk.database.unit_of_work() as work:
            await service_jobs.expire_requests(work)
        assert (await desk.request(move)).status is status


async def test_a_move_is_not_undone_into_the_past(desk: Desk) -> None:
    one, move = await asked_to_move(desk)
    tess = await desk.deciding()
    await desk.confirm(tess, move)
    desk.clock.now = at(10)
    with pytest.raises(Conflict, match="has passed"):
        await desk.undo(tess, move)
    desk.clock.now = at(9, 59)
    await desk.undo(tess, move)
    assert (await desk.appointment(one)).starts_at == at(10)


async def test_calendars_move_back_what_they_moved_and_lose_nothing(desk: Desk) -> None:
    one, move = await asked_to_move(desk)
    tess = await desk.deciding()
    desk.clock.now += timedelta(minutes=2)
    await desk.confirm(tess, move)
    desk.clock.now += timedelta(minutes=2)
    await desk.undo(tess, move)
    async with desk.database.unit_of_work(writes=False) as work:
        (row,) = (await work.exec(select(OutboxMail).where(OutboxMail.kind == "request_undone"))).all()
    said = context_of(RING, row)
    assert "METHOD:REQUEST" in said["calendar"]
    assert f"UID:{one}@portico" in said["calendar"]
    assert "SEQUENCE:2" in said["calendar"]
    assert f"DTSTART:{at(10):%Y%m%dT%H%M%SZ}" in said["calendar"]
    assert said["when"].startswith("Monday, 7 December")
