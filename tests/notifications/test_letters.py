"""Mail that did not arrive: seen by administrators of its practice, sent again once, or set aside."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from portal.access.actor import StaffTask
from portal.audit.words import ACTIONS
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.models import Account, AuditEvent, OutboxStatus
from portal.notifications import service_letters as service
from portal.notifications import words
from portal.notifications.rules import MOST_TRIES, wait_after
from tests.conftest import Clock
from tests.factories import as_staff
from tests.logins import mails
from tests.notifications.conftest import Enqueue, MailServer
from tests.notifications.delivering import Recorder, deliver, one
from tests.people import Human
from tests.statements import statements_of


def _refuse(_mail: OutgoingMail) -> None:
    raise MailRefused("the mail server refused this mail for good (550)", is_final=True)


async def fail(enqueue: Enqueue, key: str = "one", **more: Any) -> None:
    """Let there be a mail that did not arrive."""
    await enqueue(key, **more)
    await deliver(Recorder(_refuse))


async def do(database: Database, who: Human, act: Any, task: StaffTask = StaffTask.SETTINGS, **more: Any) -> Any:
    async with as_staff(database, who, task) as (work, access):
        return await act(work, access, **more)


async def test_an_administrator_sees_what_did_not_arrive_and_why(
    database: Database, enqueue: Enqueue, avery: Human, clock: Clock
) -> None:
    await fail(enqueue)
    page = await do(database, avery, service.list_dead_letters)
    (letter,) = page.letters
    assert (letter.subject, letter.name, letter.address) == ("A form has arrived", "Tess Rivera", "tess@harbor.example")
    assert (letter.reason, letter.tries, letter.at) == (
        "the mail server refused this mail for good (550)",
        1,
        clock.now,
    )
    assert (letter.why_not_again, page.before) == ("", None)
    assert await do(database, avery, service.count_mail) == service.Tally(waiting=0, failed=1, sent=0)


async def test_it_is_sent_again_and_arrives(
    database: Database, enqueue: Enqueue, avery: Human, server: MailServer
) -> None:
    server.script = ["554 no"]
    await enqueue()
    assert await deliver(server.mailer) == 0
    failed = await one(database)
    await do(database, avery, service.send_again, mail_id=failed.id)
    assert await do(database, avery, service.list_tried_again) == []
    assert await deliver(server.mailer) == 1
    assert server.taken[0]["Message-ID"] == f"<{failed.id}@localhost>"
    sent = await one(database)
    assert (sent.status, sent.last_error, sent.attempts) == (OutboxStatus.SENT, "", 1)
    assert (await do(database, avery, service.list_dead_letters)).letters == []
    async with database.unit_of_work(writes=False) as work:
        event = (await work.exec(select(AuditEvent).order_by(col(AuditEvent.sequence).desc()))).first()
    assert event is not None
    assert (event.action, event.object_id) == ("mail.sent_again", failed.id)
    assert {"mail.sent_again", "mail.set_aside"} <= set(ACTIONS)


async def test_sent_again_it_goes_to_the_address_that_the_person_has_now(
    database: Database, enqueue: Enqueue, avery: Human, tess: Human
) -> None:
    await fail(enqueue)
    async with database.unit_of_work() as work:
        await work.exec(update(Account).where(col(Account.id) == tess.account_id).values(email="tess@new.example"))
    await do(database, avery, service.send_again, mail_id=(await one(database)).id)
    recorder = Recorder()
    await deliver(recorder)
    assert [mail.to_address for mail in recorder.sent] == ["tess@new.example"]


async def test_two_administrators_at_once_send_it_once(database: Database, enqueue: Enqueue, avery: Human) -> None:
    await fail(enqueue)
    mail_id = (await one(database)).id
    tries = (do(database, avery, service.send_again, mail_id=mail_id) for _ in range(3))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "NoneType"]
    recorder = Recorder()
    await deliver(recorder)
    assert len(recorder.sent) == 1


async def test_set_aside_it_leaves_the_list_and_its_words_are_forgotten(
    database: Database, enqueue: Enqueue, avery: Human
) -> None:
    await fail(enqueue)
    mail_id = (await one(database)).id
    await do(database, avery, service.set_aside, mail_id=mail_id)
    mail = await one(database)
    assert (mail.status, mail.context) == (OutboxStatus.SET_ASIDE, b"")
    with pytest.raises(Conflict):
        await do(database, avery, service.send_again, mail_id=mail_id)
    recorder = Recorder()
    assert await deliver(recorder) == 0


@pytest.mark.parametrize("act", [service.send_again, service.set_aside])
async def test_nobody_touches_the_mail_of_another_practice_or_without_the_task(
    database: Database, enqueue: Enqueue, avery: Human, lena: Human, tess: Human, act: Any
) -> None:
    await fail(enqueue)
    mail_id = (await one(database)).id
    with pytest.raises(NotFound):
        await do(database, lena, act, mail_id=mail_id)
    with pytest.raises(NotFound):
        await do(database, avery, act, mail_id=UUID(int=1))
    with pytest.raises(NotPermitted):
        await do(database, tess, act, StaffTask.MESSAGES, mail_id=mail_id)
    assert (await one(database)).status is OutboxStatus.FAILED
    assert (await do(database, lena, service.list_dead_letters)).letters == []
    assert await do(database, lena, service.count_mail) == service.Tally()
    await do(database, avery, act, mail_id=mail_id)


@pytest.mark.parametrize("act", [service.list_dead_letters, service.list_tried_again, service.count_mail])
async def test_only_administrators_read_it(database: Database, cast: Cast, tess: Human, act: Any) -> None:
    with pytest.raises(NotPermitted):
        await do(database, tess, act, StaffTask.SEE_CLIENTS)


async def test_what_is_over_is_not_sent_again(database: Database, enqueue: Enqueue, avery: Human, clock: Clock) -> None:
    await fail(enqueue, kind="reset_password", context={"link": "http://localhost/x", "when": "today"})
    mail_id = (await one(database)).id
    clock.now += timedelta(minutes=31)
    (letter,) = (await do(database, avery, service.list_dead_letters)).letters
    assert letter.why_not_again == words.TOO_LATE
    with pytest.raises(Invalid, match="too late"):
        await do(database, avery, service.send_again, mail_id=mail_id)


def test_an_invitation_is_sent_again_where_it_gets_a_new_link() -> None:
    assert words.why_not_again("invitation", timedelta(0)) == words.INVITE_AGAIN
    assert words.why_not_again("reset_password", timedelta(minutes=29)) == ""
    assert words.why_not_again("of_another_version", timedelta(0)) == words.TOO_LATE
    assert words.subject_of("of_another_version") == words.UNKNOWN


async def test_what_is_tried_again_by_itself_is_listed_apart(
    database: Database, enqueue: Enqueue, avery: Human, server: MailServer, clock: Clock
) -> None:
    await enqueue("later", due_at=clock.now + timedelta(hours=1))
    await enqueue("grey")
    server.script = ["451 come back later"]
    await deliver(server.mailer)
    (letter,) = await do(database, avery, service.list_tried_again)
    assert (letter.reason, letter.at) == (
        "the mail server refused this mail for now (451)",
        clock.now + wait_after(1),
    )
    assert await do(database, avery, service.count_mail) == service.Tally(waiting=2)


async def test_given_up_after_a_day_and_sent_again_it_is_tried_as_often_again(
    database: Database, enqueue: Enqueue, avery: Human, clock: Clock
) -> None:
    def away(_mail: OutgoingMail) -> None:
        raise MailRefused("the mail server was not reached", is_final=False)

    await enqueue()
    for _ in range(MOST_TRIES):
        await deliver(Recorder(away))
        clock.now += timedelta(hours=5)
    await do(database, avery, service.send_again, mail_id=(await one(database)).id)
    await deliver(Recorder(away))
    mail = await one(database)
    assert (mail.status, mail.attempts) == (OutboxStatus.WAITING, 1)


async def test_pages_of_twenty_the_newest_first_each_in_one_statement(
    database: Database, enqueue: Enqueue, avery: Human, clock: Clock
) -> None:
    for number in range(23):
        clock.now += timedelta(minutes=1)
        await fail(enqueue, f"mail-{number:02}", to_address=f"{number:02}@mail.example", account_id=None)
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        with statements_of(database) as statements:
            first = await service.list_dead_letters(work, access)
            second = await service.list_dead_letters(work, access, before=first.before)
    assert len(statements) == 2
    addresses = [letter.address for letter in (*first.letters, *second.letters)]
    assert addresses == [f"{number:02}@mail.example" for number in reversed(range(23))]
    assert (len(first.letters), second.before) == (20, None)
    assert len(await mails(database)) == 23


async def test_open_pages_hear_of_a_refusal(database: Database, cast: Cast, enqueue: Enqueue) -> None:
    told: set[str] = set()

    async def hear(topics: frozenset[str]) -> None:
        told.update(topics)

    database.listeners.append(hear)
    await fail(enqueue)
    assert service.topic_of(cast.harbor.id) in told
