"""Who is told of what: each kind at exactly its event, by switch, never to whoever did it; and the files along."""

import asyncio
from datetime import timedelta

import pytest
import vobject
from icalendar import Calendar
from sqlmodel import select

from portal.models import OutboxMail
from portal.notifications.outbox import context_of
from portal.scheduling import service_jobs
from portal.scheduling.telling import SWITCH, Event
from portal.settings.catalog import SettingName
from tests.conftest import RING
from tests.scheduling.desk import Desk, at, wall


async def calendars(desk: Desk, kind: str) -> list[Calendar]:
    async with desk.database.unit_of_work(writes=False) as work:
        rows = (await work.exec(select(OutboxMail).where(OutboxMail.kind == kind))).all()
    return [Calendar.from_ical(context_of(RING, row)["calendar"]) for row in rows]


async def everything_staff_do(desk: Desk) -> None:
    """One of each of the seven events, for Tara, who has a login, and whose mother may schedule for her."""
    tara, tess, week = await desk.scheduling("tara", "tara"), await desk.deciding(), await desk.calendar()
    first, second = await desk.ask(tara, at(9)), await desk.ask(tara, at(10))
    await desk.confirm(tess, first)
    desk.clock.now += timedelta(minutes=2)
    await desk.undo(tess, first)
    await desk.decline(tess, second)
    made = await desk.create(week, wall(13), "tara")
    await desk.alter("move", week, made, wall=wall(14))
    await desk.alter("cancel", week, made)
    await desk.alter("delete", week, await desk.create(week, wall(15), "tara"))


async def test_each_event_is_told_to_client_and_contact_and_to_nobody_else(desk: Desk) -> None:
    await everything_staff_do(desk)
    told = [mail for mail in await desk.mails() if mail[0] != "request_received"]
    once = [event.value for event in SWITCH if event is not Event.CREATED]
    expected = [*once, Event.CREATED.value, Event.CREATED.value]
    assert told == sorted((kind, who) for kind in expected for who in ("gina", "tara"))


@pytest.mark.parametrize("event", [Event.CANCELLED, Event.UNDONE, Event.CREATED])
async def test_a_switch_of_the_practice_silences_its_event_alone(desk: Desk, event: Event) -> None:
    await desk.switch_off(SWITCH[event])
    await everything_staff_do(desk)
    kinds = {kind for kind, _ in await desk.mails()}
    assert event.value not in kinds
    assert kinds >= {other.value for other in SWITCH if other is not event}


async def test_whoever_did_it_is_not_told(desk: Desk) -> None:
    tara, gina = await desk.scheduling("tara", "tara"), await desk.scheduling("gina", "tara")
    made = await desk.create(await desk.calendar("frank"), wall(13), "tara")
    await desk.cancel(gina, made)
    assert ("appointment_cancelled", "tara") in await desk.mails()
    assert ("appointment_cancelled", "gina") not in await desk.mails()
    assert ("appointment_given_back", "tess") in await desk.mails()
    assert (await desk.own(tara)).upcoming == []


async def test_a_payer_and_an_ended_grant_hear_nothing(desk: Desk) -> None:
    week = await desk.calendar()
    await desk.create(week, wall(13), "milo")
    assert await desk.mails() == [("appointment_created", "gina")]
    await desk.switch_off(SettingName.CONTACT_ACCESS)
    await desk.create(week, wall(15), "milo")
    assert await desk.mails() == [("appointment_created", "gina")]


async def test_who_left_the_practice_hears_no_more_of_its_clients(desk: Desk) -> None:
    """The appointments of who left stay until somebody moves them, and clients cancel them."""
    noah = desk.cast.staff["noah"]
    week, tara = await desk.calendar("frank"), await desk.scheduling("tara", "tara")
    first, second = [await desk.create(week, wall(hour), "tara", therapist_id=noah.id) for hour in (13, 14)]
    await desk.cancel(tara, first)
    await desk.change(noah, deactivated_at=desk.clock.now)
    await desk.cancel(await desk.scheduling("tara", "tara"), second)
    assert [who for kind, who in await desk.mails() if kind == "appointment_given_back"] == ["noah"]


async def test_a_note_for_the_therapist_is_read_by_nobody_else_on_the_clients_side(desk: Desk) -> None:
    """What Tara writes to Tess her mother does not read, nor Tara what her mother writes; both see what is asked."""
    tara, gina = await desk.scheduling("tara", "tara"), await desk.scheduling("gina", "tara")
    await desk.ask(tara, at(9), note="Please do not tell my mother.")
    await desk.ask(gina, at(10), note="She does not sleep.")
    notes = {name: [one.note for one in (await desk.own(who)).requests] for name, who in (("t", tara), ("g", gina))}
    assert notes == {"t": ["Please do not tell my mother.", ""], "g": ["", "She does not sleep."]}


async def test_calendar_files_keep_their_uid_and_count_up(desk: Desk) -> None:
    week = await desk.calendar()
    made = await desk.create(week, wall(13), "casey")
    await desk.alter("move", week, made, wall=wall(14))
    await desk.alter("cancel", week, made)
    files = [
        (await calendars(desk, kind))[0]
        for kind in ("appointment_created", "appointment_rescheduled", "appointment_cancelled")
    ]
    events = [one.walk("VEVENT")[0] for one in files]
    assert [str(one["METHOD"]) for one in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(one["SEQUENCE"]) for one in events] == [0, 1, 2]
    assert {str(one["UID"]) for one in events} == {f"{made}@portico"}
    assert [one["DTSTART"].dt for one in events] == [at(13), at(14), at(14)]
    for one, text in zip(events, (file.to_ical().decode() for file in files), strict=True):
        assert str(one["SUMMARY"]) == "Appointment"
        assert not any(word in text for word in ("Harbor Counseling", "Tess", "Casey Lin", "therapy"))


async def test_another_program_reads_the_files_the_same_way(desk: Desk) -> None:
    week = await desk.calendar()
    made = await desk.create(week, wall(13), "casey")
    await desk.alter("cancel", week, made)
    for kind, method, sequence, status in (
        ("appointment_created", "REQUEST", "0", "CONFIRMED"),
        ("appointment_cancelled", "CANCEL", "1", "CANCELLED"),
    ):
        (file,) = await calendars(desk, kind)
        read = vobject.readOne(file.to_ical().decode())
        event = read.vevent
        assert (read.method.value, event.sequence.value, event.status.value) == (method, sequence, status)
        assert (event.uid.value, event.summary.value) == (f"{made}@portico", "Appointment")
        assert (event.dtstart.value, event.dtend.value) == (at(13), at(13, 50))
        assert event.attendee.value == "mailto:casey@mail.example"


async def test_an_address_that_the_practice_hides_is_in_no_mail(desk: Desk) -> None:
    week = await desk.calendar()
    await desk.create(week, wall(13), "casey")
    assert "Pier Street" not in (await calendars(desk, "appointment_created"))[0].to_ical().decode()
    await desk.restrict("milo", SettingName.HIDE_LOCATION)  # off for Milo: shown to his side
    await desk.create(week, wall(15), "milo")
    files = [one.to_ical().decode().replace("\r\n ", "") for one in await calendars(desk, "appointment_created")]
    assert sorted("Pier Street" in one for one in files) == [False, True]


async def test_one_reminder_two_days_before_and_a_new_one_after_a_move(desk: Desk) -> None:
    week = await desk.calendar()
    made = await desk.create(week, wall(13), "casey")

    async def once() -> None:
        async with desk.database.unit_of_work() as work:
            await service_jobs.remind(work)

    async def remind() -> int:
        await asyncio.gather(*(once() for _ in range(3)))
        return [kind for kind, _ in await desk.mails()].count("appointment_reminder")

    desk.clock.now = at(12) - timedelta(days=2)
    assert await remind() == 0
    desk.clock.now = at(13, 5) - timedelta(days=2)
    assert await remind() == 1
    await desk.alter("move", week, made, wall=wall(15))
    desk.clock.now = at(15, 5) - timedelta(days=2)
    assert await remind() == 2
