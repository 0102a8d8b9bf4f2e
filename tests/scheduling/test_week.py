"""The calendar of staff: who may change what, clocks that change, and what cannot be entered."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.clients.queries_search import write_client_words
from portal.clients.search_words import words_of
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.models import AccessLog, AppointmentStatus
from portal.scheduling import service_hours, service_inbox, service_staff, service_week
from portal.scheduling.service_hours import Stretch
from tests.scheduling.desk import MONDAY, Desk, at, wall

SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


async def test_a_therapist_has_their_own_calendar_the_office_all_and_a_biller_reads(desk: Desk) -> None:
    tess, noah, frank, bea = [await desk.calendar(name) for name in ("tess", "noah", "frank", "bea")]
    made = await desk.create(tess, wall(13), "casey")
    with pytest.raises(NotFound):
        await desk.alter("cancel", noah, made)
    with pytest.raises(NotFound):
        await desk.create(noah, wall(9), "morgan")  # in Tess's calendar
    with pytest.raises(NotFound):
        await desk.create(tess, wall(9), "morgan")  # who is not hers
    for deed in ("cancel", "delete"):
        with pytest.raises(NotPermitted):
            await desk.alter(deed, bea, made)
    with pytest.raises(NotPermitted):
        await desk.create(bea, wall(9), "casey")
    async with desk.database.unit_of_work(writes=False) as work:
        seen = [
            (await service_week.open_week(work, access, therapist_id=None, around=MONDAY)).count
            for access in (tess, noah, frank, bea)
        ]
    assert seen == [1, 0, 1, 1]
    await desk.alter("move", frank, made, wall=wall(14))
    assert (await desk.appointment(made)).starts_at == at(14)


async def test_who_may_come_is_found_by_name_however_many_there_are(desk: Desk) -> None:
    async with desk.database.unit_of_work() as work:
        for client in desk.cast.clients.values():
            words = words_of([client.given_name, client.family_name], client.email, client.phone)
            await write_client_words(work, client.organization_id, {client.id: words})

    async def found(person: str, name: str) -> list[str]:
        access = await desk.calendar(person)
        async with desk.database.unit_of_work(writes=False) as work:
            return [one.label for one in await service_staff.search_clients(work, access, name=name)]

    assert await found("tess", "LIN cas") == ["Casey Lin"]
    assert await found("frank", "mo") == ["Morgan Diaz"]
    assert await found("tess", "morgan") == [], "who is not hers"
    assert await found("frank", "quinn") == [], "who is another practice's"
    assert 0 < len(await found("frank", "")) <= 8
    assert await found("frank", "x y z") == []
    with pytest.raises(NotPermitted):
        await found("bea", "casey")
    tess, everybody = await desk.calendar(), [desk.client_id(name) for name in ("quinn", "casey", "morgan")]
    async with desk.database.unit_of_work(writes=False) as work:
        read = await service_staff.read_clients(work, tess, client_ids=everybody)
    assert [one.label for one in read] == ["Casey Lin"]


async def test_nothing_of_another_practice_fits_in(desk: Desk) -> None:
    tess = await desk.calendar()
    theo, quinn = desk.cast.staff["theo"].id, desk.client_id("quinn")
    for wrong in ({"therapist_id": theo}, {"client_ids": (quinn,)}, {"location_id": uuid4()}, {"service_id": uuid4()}):
        with pytest.raises(NotFound):
            await desk.create(tess, wall(9), "casey", **wrong)
    with pytest.raises(Invalid):
        await desk.create(tess, wall(9), client_ids=())
    assert await desk.create(tess, wall(9), "casey", "milo")


async def test_the_spring_gap_is_refused_and_the_autumn_hour_is_told_apart(desk: Desk) -> None:
    tess = await desk.calendar()
    with pytest.raises(Invalid, match="does not exist"):
        await desk.create(tess, wall(2, 30, SPRING), "casey")
    await desk.create(tess, wall(1, 30, AUTUMN), "casey")
    with pytest.raises(Conflict):
        await desk.create(tess, wall(1, 30, AUTUMN), "milo")
    await desk.create(tess, wall(1, 30, AUTUMN), "milo", is_second=True)
    first, second = await desk.appointments()
    assert (first.wall, second.wall) == ("2027-11-07T01:30", "2027-11-07T01:30")
    assert second.starts_at - first.starts_at == timedelta(hours=1)


async def test_back_to_back_fits_and_a_minute_over_does_not(desk: Desk) -> None:
    tess = await desk.calendar()
    made = await desk.create(tess, wall(9), "casey")
    await desk.create(tess, wall(9, 50), "milo")
    with pytest.raises(Conflict, match="just taken"):
        await desk.alter("move", tess, made, wall=wall(9, 1))
    await desk.alter("cancel", tess, made, is_late=True)
    assert (await desk.appointment(made)).status is AppointmentStatus.LATE_CANCELLED
    await desk.create(tess, wall(9), "tara")
    with pytest.raises(Conflict):
        await desk.alter("mark", tess, made, status=AppointmentStatus.KEPT)


async def test_kept_and_missed_are_noted_after_the_start_and_can_be_taken_back(desk: Desk) -> None:
    tess = await desk.calendar()
    made = await desk.create(tess, wall(9), "casey")
    with pytest.raises(Conflict, match="not begun"):
        await desk.alter("mark", tess, made, status=AppointmentStatus.KEPT)
    desk.clock.now = at(10)
    for status in (AppointmentStatus.KEPT, AppointmentStatus.CONFIRMED, AppointmentStatus.NO_SHOW):
        await desk.alter("mark", tess, made, status=status)
        assert (await desk.appointment(made)).status is status


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": time(12), "ends": time(9)},
        {"starts": time(9), "ends": time(9)},
    ],
)
async def test_hours_have_to_be_in_order(desk: Desk, wrong: dict[str, time]) -> None:
    tess, me = await desk.calendar(), desk.cast.staff["tess"].id
    with pytest.raises(Invalid):
        async with desk.database.unit_of_work() as work:
            await service_hours.add_weekly(work, tess, therapist_id=me, weekdays=[4], stretch=Stretch(**wrong))
    async with desk.database.unit_of_work() as work:
        stretch = Stretch(time(9), time(12), desk.office.id)
        await service_hours.add_weekly(work, tess, therapist_id=me, weekdays=[4, 5], stretch=stretch)
    friday = date(2026, 12, 4)
    starts = (await desk.booking(await desk.scheduling("casey", "casey"))).starts
    assert at(9, day=friday) in starts
    async with desk.database.unit_of_work() as work:
        await service_hours.add_away(work, tess, therapist_id=me, first_day=MONDAY, last_day=friday)
    starts = (await desk.booking(await desk.scheduling("casey", "casey"))).starts
    assert not [start for start in starts if at(0) <= start < at(0, day=date(2026, 12, 5))]
    assert at(9, day=date(2026, 12, 5)) in starts


async def test_hours_of_others_and_links_that_are_none_are_refused(desk: Desk) -> None:
    noah, tess_id, theo_id = await desk.calendar("noah"), desk.cast.staff["tess"].id, desk.cast.staff["theo"].id
    for therapist in (tess_id, theo_id):
        with pytest.raises(NotFound):
            async with desk.database.unit_of_work() as work:
                await service_hours.add_away(work, noah, therapist_id=therapist, first_day=MONDAY, last_day=MONDAY)
    frank = await desk.calendar("frank")
    for link in ("javascript:alert(1)", "http://video.example", "https://a b"):
        with pytest.raises(Invalid):
            async with desk.database.unit_of_work() as work:
                await service_hours.save_profile(work, frank, therapist_id=tess_id, buffer_minutes=5, video_link=link)
    async with desk.database.unit_of_work() as work:
        await service_hours.save_profile(
            work, frank, therapist_id=tess_id, buffer_minutes=5, video_link="https://v.example/t"
        )


async def test_staff_see_that_requests_compete_and_what_is_taken(desk: Desk) -> None:
    casey, gina = await desk.scheduling("casey", "casey"), await desk.scheduling("gina", "milo")
    tess, noah = await desk.deciding(), await desk.deciding("noah")
    first = await desk.ask(casey, at(10))
    await desk.ask(gina, at(10, 30))

    async def inbox(access: object = tess) -> service_inbox.InboxView:
        async with desk.database.unit_of_work() as work:
            return await service_inbox.list_inbox(work, access)  # type: ignore[arg-type]

    assert [row.competing for row in (await inbox()).waiting] == ["1 other request for this time"] * 2
    await desk.confirm(tess, first)
    view = await inbox()
    assert [(row.client, row.is_taken) for row in view.waiting] == [("Milo Park", True)]
    assert [row.status for row in view.answered] == ["Confirmed"]
    assert (await inbox(noah)).waiting == []
    with pytest.raises(NotPermitted):
        await desk.practice("bea", StaffTask.DECIDE_REQUESTS)


async def test_reading_what_somebody_wrote_to_a_request_is_written_down(desk: Desk) -> None:
    casey, gina = await desk.scheduling("casey", "casey"), await desk.scheduling("gina", "milo")
    wrote = await desk.ask(casey, at(10), note="I cannot sleep.")
    await desk.ask(gina, at(15))
    for person in ("tess", "tess", "noah"):
        who = await desk.deciding(person)
        async with desk.database.unit_of_work() as work:
            await service_inbox.list_inbox(work, who)
    async with desk.database.unit_of_work(writes=False) as work:
        looks = (await work.exec(select(AccessLog))).all()
    told = [(one.account_id, one.client_id, one.kind, one.object_id) for one in looks]
    assert told == [(desk.cast.accounts["tess"].id, casey.client_id, "appointments", wrote)]
