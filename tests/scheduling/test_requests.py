"""Asking for a time, deciding, undoing, accepting another: each refusal beside its success."""

import asyncio
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, delete, select

from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.models import AddOn, AppointmentStatus, ClientTherapist, RequestStatus, Subscription
from portal.scheduling import service_deciding, service_jobs
from portal.scheduling.service_offers import BY_VIDEO
from portal.settings.catalog import SettingName
from tests.scheduling.crowd import fill
from tests.scheduling.desk import MONDAY, Desk, at, wall


async def expire(desk: Desk) -> int:
    async with desk.database.unit_of_work() as work:
        return await service_jobs.expire_requests(work)


async def test_casey_sees_tess_s_free_times_and_asks_for_one(desk: Desk) -> None:
    casey = await desk.scheduling("casey", "casey")
    booking = await desk.booking(casey)
    assert booking.offer is not None
    assert booking.offer.therapist.name == "Tess Rivera"
    assert [start for start in booking.starts if start < at(0, day=date(2026, 12, 1))] == [
        *(at(hour, minute) for hour in (9, 10) for minute in (0, 30)),
        at(11),
        *(at(hour, minute) for hour in (13, 14, 15) for minute in (0, 30)),
        at(16),
    ]
    operation = uuid4()
    note = "It is about <b>sleep</b>."
    first = await desk.ask(casey, at(10), operation=operation, note=note)
    assert await desk.ask(casey, at(10), operation=operation, note=note) == first
    (view,) = (await desk.own(casey)).requests
    assert (view.status, view.is_waiting, view.note) == ("Waiting for Tess", True, "It is about <b>sleep</b>.")
    assert await desk.mails() == [("request_received", "tess")]


@pytest.mark.parametrize(
    "starts_at",
    [
        at(8, 30),  # before the hours begin
        at(11, 30),  # would end after them
        at(12),  # at lunch
        at(10, 10),  # not a time that is offered
        at(10, day=MONDAY - timedelta(days=14)),  # past
        at(9, day=MONDAY + timedelta(days=70)),  # too far ahead
    ],
)
async def test_only_a_time_that_is_offered_can_be_asked_for(desk: Desk, starts_at: datetime) -> None:
    casey = await desk.scheduling("casey", "casey")
    with pytest.raises(Invalid):
        await desk.ask(casey, starts_at)
    assert await desk.ask(casey, at(10))


async def test_the_notice_counts_to_the_minute(desk: Desk) -> None:
    casey = await desk.scheduling("casey", "casey")
    desk.clock.now = at(10) - timedelta(hours=24) + timedelta(minutes=1)
    with pytest.raises(Invalid):
        await desk.ask(casey, at(10))
    desk.clock.now = at(10) - timedelta(hours=24)
    assert await desk.ask(casey, at(10))


async def test_only_assigned_and_subscribed_therapists_are_offered(desk: Desk) -> None:
    casey = await desk.scheduling("casey", "casey")
    with pytest.raises(Invalid):
        await desk.ask(casey, at(10), therapist_id=desk.cast.staff["noah"].id)
    with pytest.raises(Invalid):
        await desk.ask(casey, at(10), therapist_id=desk.cast.staff["theo"].id)
    with pytest.raises(Invalid):
        await desk.ask(casey, at(10), place=BY_VIDEO)
    with pytest.raises(NotPermitted):
        await desk.scheduling("morgan", "morgan")
    assert (await desk.own(await desk.seeing("morgan", "morgan"))).upcoming == []
    with pytest.raises(NotPermitted):
        await desk.scheduling("omar", "omar")
    with pytest.raises(NotPermitted):
        await desk.seeing("pete", "milo")
    assert await desk.ask(casey, at(10))


async def test_another_s_request_is_not_found(desk: Desk) -> None:
    casey, gina = await desk.scheduling("casey", "casey"), await desk.scheduling("gina", "milo")
    request = await desk.ask(casey, at(10))
    with pytest.raises(NotFound):
        await desk.withdraw(gina, request)
    with pytest.raises(NotFound):
        await desk.confirm(await desk.deciding("noah"), request)
    with pytest.raises(NotFound):
        await desk.confirm(await desk.practice("theo", (await desk.deciding()).task, practice="lakeside"), request)
    await desk.withdraw(casey, request)
    assert (await desk.request(request)).status is RequestStatus.WITHDRAWN


async def test_the_first_confirmation_wins_and_the_other_is_offered_another_time(desk: Desk) -> None:
    casey, gina, tess = (
        await desk.scheduling("casey", "casey"),
        await desk.scheduling("gina", "milo"),
        await desk.deciding(),
    )
    first, second = await desk.ask(casey, at(10)), await desk.ask(gina, at(10))
    await desk.confirm(tess, first)
    with pytest.raises(Conflict, match="just taken"):
        await desk.confirm(tess, second)
    with pytest.raises(Conflict):
        await desk.decline(tess, second, at(10, 30))
    await desk.decline(tess, second, at(13), at(14), at(15), message="Would one of these do?")
    (view,) = (await desk.own(gina)).requests
    assert (view.message, [one.id for one in view.suggestions]) == (
        "Would one of these do?",
        [at(hour).isoformat() for hour in (13, 14, 15)],
    )
    with pytest.raises(NotFound):
        await desk.accept(gina, second, at(16))
    await desk.accept(gina, second, at(14))
    assert [(one.starts_at, one.wall, one.zone) for one in await desk.appointments()] == [
        (at(10), "2026-11-30T10:00", "America/New_York"),
        (at(14), "2026-11-30T14:00", "America/New_York"),
    ]
    assert [view.about for view in (await desk.own(gina)).upcoming] == ["Individual therapy with Tess Rivera"]


async def test_a_suggestion_that_was_taken_meanwhile_is_refused(desk: Desk) -> None:
    gina, tess = await desk.scheduling("gina", "milo"), await desk.deciding()
    request = await desk.ask(gina, at(10))
    await desk.decline(tess, request, at(13), at(14))
    await desk.create(await desk.calendar(), wall(13, 30), "casey")  # until 14:20
    with pytest.raises(Conflict, match="just taken"):
        await desk.accept(gina, request, at(13))
    with pytest.raises(Conflict):
        await desk.accept(gina, request, at(14))


@pytest.mark.parametrize("deed", ["confirm", "decline"])
async def test_undo_within_a_minute_sends_neither_mail_and_later_both(desk: Desk, deed: str) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))
    told = "request_confirmed" if deed == "confirm" else "request_declined"
    await getattr(desk, deed)(tess, request)
    assert (told, "casey") in await desk.mails()
    desk.clock.now += timedelta(seconds=59)
    await desk.undo(tess, request)
    assert await desk.mails() == [("request_received", "tess")]
    assert (await desk.request(request)).status is RequestStatus.REQUESTED
    assert await desk.appointments() == []
    await getattr(desk, deed)(tess, request)
    desk.clock.now += timedelta(seconds=61)
    await desk.undo(tess, request)
    assert await desk.mails() == sorted([("request_received", "tess"), (told, "casey"), ("request_undone", "casey")])


async def test_undo_of_a_confirmation_frees_the_time_for_the_next(desk: Desk) -> None:
    casey, gina, tess = (
        await desk.scheduling("casey", "casey"),
        await desk.scheduling("gina", "milo"),
        await desk.deciding(),
    )
    first, second = await desk.ask(casey, at(10)), await desk.ask(gina, at(10, 30))
    await desk.confirm(tess, first)
    with pytest.raises(Conflict):
        await desk.confirm(tess, second)
    await desk.undo(tess, first)
    await desk.confirm(tess, second)
    with pytest.raises(Conflict):
        await desk.confirm(tess, first)
    assert [one.starts_at for one in await desk.appointments()] == [at(10, 30)]


@pytest.mark.parametrize("lost", ["subscription", "assignment"])
async def test_a_therapist_who_was_unsubscribed_or_unassigned_meanwhile(desk: Desk, lost: str) -> None:
    casey, frank = await desk.scheduling("casey", "casey"), await desk.deciding("frank")
    request = await desk.ask(casey, at(10))
    async with desk.database.unit_of_work() as work:
        if lost == "assignment":
            await work.exec(delete(ClientTherapist).where(col(ClientTherapist.client_id) == desk.client_id("casey")))
        for row in (await work.exec(select(Subscription))).all() if lost == "subscription" else ():
            if row.add_on is AddOn.SELF_SCHEDULING:
                row.ended_at = work.now
    with pytest.raises(Conflict, match="does not look after"):
        await desk.confirm(frank, request)
    await desk.decline(frank, request)
    assert (await desk.request(request)).status is RequestStatus.DECLINED


async def test_a_service_that_changed_keeps_the_terms_it_was_asked_for_with(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))
    await desk.change(desk.service, minutes=80, price_cents=99000)
    await desk.confirm(tess, request)
    (one,) = await desk.appointments()
    assert (one.ends_at - one.starts_at, one.price_cents) == (timedelta(minutes=50), 15000)


async def test_requests_expire_when_their_time_comes(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    request = await desk.ask(casey, at(10))
    for moment, status in ((at(9, 59), RequestStatus.REQUESTED), (at(10), RequestStatus.EXPIRED)):
        desk.clock.now = moment
        ended = await asyncio.gather(*(expire(desk) for _ in range(3)))
        assert sum(ended) == (status is RequestStatus.EXPIRED), "once, also by several workers at once"
        assert (await desk.request(request)).status is status
    with pytest.raises(Conflict, match="passed"):
        await desk.confirm(tess, request)


async def test_moving_is_a_request_again_and_leaves_the_time_until_it_is_confirmed(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    await desk.confirm(tess, await desk.ask(casey, at(10)))
    (before,) = await desk.appointments()
    move = await desk.ask(casey, at(10, 30), moves=before.id)
    assert (await desk.appointment(before.id)).starts_at == at(10)
    await desk.confirm(tess, move)
    (after,) = await desk.appointments()
    assert (after.id, after.starts_at, after.sequence) == (before.id, at(10, 30), 1)
    await desk.undo(tess, move)
    assert (await desk.appointment(before.id)).starts_at == at(10)
    gina = await desk.scheduling("gina", "milo")
    with pytest.raises(NotFound):
        await desk.ask(gina, at(15), moves=before.id)


async def test_cancelling_keeps_to_the_rule_and_says_it(desk: Desk) -> None:
    gina, tess = await desk.scheduling("gina", "milo"), await desk.deciding()
    await desk.confirm(tess, await desk.ask(gina, at(10)))
    (one,) = await desk.appointments()
    (view,) = (await desk.own(gina)).upcoming
    assert view.can_change
    desk.clock.now = at(7)
    (view,) = (await desk.own(gina)).upcoming
    rule = "Harbor Counseling asks for 24 hours' notice to cancel or move an appointment. Please call +1 212 555 0142."
    assert (view.can_change, view.rule) == (False, rule)
    with pytest.raises(Conflict, match="24 hours"):
        await desk.cancel(gina, one.id)
    await desk.switch_hours(SettingName.CANCEL_NOTICE_HOURS, 0)
    await desk.cancel(gina, one.id)
    assert (await desk.appointment(one.id)).status is AppointmentStatus.CANCELLED
    assert (await desk.own(gina)).upcoming == []
    assert [view.status for view in (await desk.own(gina)).past] == ["Cancelled"]


async def test_the_join_button_stays_for_three_hours(desk: Desk) -> None:
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    wednesday = at(9, day=date(2026, 12, 2))
    await desk.confirm(tess, await desk.ask(casey, wednesday, place=BY_VIDEO))
    for passed, join in ((timedelta(), True), (timedelta(hours=2, minutes=59), True), (timedelta(hours=3), False)):
        desk.clock.now = wednesday + passed
        own = await desk.own(casey)
        assert [bool(one.join) for one in own.upcoming] == ([True] if join else [])
        assert len(own.past) == (0 if join else 1)


async def test_times_are_shown_on_one_s_own_clock_with_the_practice_s_beside_it(desk: Desk) -> None:
    casey = await desk.scheduling("casey", "casey")
    await desk.ask(casey, at(10))
    (view,) = (await desk.own(casey, "America/Los_Angeles")).requests
    assert (view.when, view.beside) == ("Monday, 30 November, 7:00 AM", "10:00 AM New York time")
    (view,) = (await desk.own(casey)).requests
    assert view.beside == ""


async def test_statements_are_few(desk: Desk) -> None:
    """Reads and writes with locks, the gate (one read) and the entry in the chain (two writes) included."""
    casey, tess = await desk.scheduling("casey", "casey"), await desk.deciding()
    await desk.ask(casey, at(15))
    with desk.counting() as offered:
        await desk.booking(casey)
    with desk.counting() as asked:
        request = await desk.ask(casey, at(10))
    access, revision = tess, (await desk.request(request)).revision
    with desk.counting() as confirmed:
        async with desk.database.unit_of_work() as work:
            await service_deciding.confirm_request(work, access, request_id=request, revision=revision)
    with desk.counting() as listed:
        await desk.own(casey)
    counted = [_reads_and_writes(each) for each in (offered, asked, confirmed, listed)]
    assert counted == [(4, 0), (5, 5), (5, 6), (4, 0)]


async def test_free_times_take_the_same_statements_for_any_range_and_any_number(desk: Desk) -> None:
    """One therapist with a few rows, then five with many hours, many appointments and sixty days full of them."""
    casey = await desk.scheduling("casey", "casey")
    with desk.counting() as few:
        assert (await desk.booking(casey)).is_complete
    await fill(desk, therapists=5, appointments=200)
    with desk.counting() as many:
        assert len({one.therapist.id for one in (await desk.booking(casey)).offers}) == 5
    assert len(many) == len(few) == 3


def _reads_and_writes(sent: list[str]) -> tuple[int, int]:
    locks = ("FROM audit_head", "SELECT client.id \nFROM client")
    reads = sum(one.lstrip().startswith("SELECT") and not any(lock in one for lock in locks) for one in sent)
    return 1 + reads, len(sent) - reads
