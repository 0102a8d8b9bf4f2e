"""Mail that is over for long is forgotten; what waits, failed, or says that a failure is over, is not."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from portal.access.actor import StaffTask
from portal.clients.service_read import read_client
from portal.database import Database
from portal.demo.people import Cast
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.jobs import old_mail
from portal.jobs.old_mail import clear_old_mail
from portal.models import MutedMail, OutboxMail, OutboxStatus
from portal.notifications.pruning import KEPT, forget_old_mail
from portal.notifications.service_letters import set_aside
from portal.runtime import runtime
from tests.conftest import Clock
from tests.factories import as_staff
from tests.logins import mails
from tests.notifications.conftest import Enqueue
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human


def refuse(_mail: OutgoingMail) -> None:
    raise MailRefused("the mail server refused this mail for good (550)", is_final=True)


async def keys(database: Database) -> list[str]:
    return sorted(mail.dedupe_key for mail in await mails(database))


async def test_what_was_sent_is_forgotten_after_four_hundred_days_and_not_before(
    database: Database, enqueue: Enqueue, clock: Clock
) -> None:
    await enqueue("first")
    await deliver(Recorder())
    clock.now += KEPT - timedelta(minutes=1)
    await enqueue("second")
    await deliver(Recorder())
    assert await clear_old_mail(runtime()) == 0
    assert not await enqueue("first"), "while the row is there its key is taken"
    clock.now += timedelta(minutes=1)
    assert await clear_old_mail(runtime()) == 1
    assert await keys(database) == ["second"]


async def test_what_waits_or_failed_stays_and_what_was_not_wanted_or_set_aside_goes(
    database: Database, enqueue: Enqueue, avery: Human, tess: Human, clock: Clock
) -> None:
    for key in ("failed", "aside"):
        await enqueue(key)
        await deliver(Recorder(refuse))
    (aside,) = [mail.id for mail in await mails(database) if mail.dedupe_key == "aside"]
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await set_aside(work, access, mail_id=aside)
    async with database.unit_of_work() as work:
        work.add(MutedMail(account_id=tess.account_id, kind="form_submitted", muted_at=work.now))
    await enqueue("muted")
    await deliver(Recorder())
    await enqueue("waiting", due_at=clock.now + KEPT + timedelta(days=2))
    assert {mail.dedupe_key: mail.status for mail in await mails(database)} == {
        "failed": OutboxStatus.FAILED,
        "aside": OutboxStatus.SET_ASIDE,
        "muted": OutboxStatus.MUTED,
        "waiting": OutboxStatus.WAITING,
    }
    clock.now += KEPT + timedelta(days=1)
    assert await clear_old_mail(runtime()) == 2
    assert await keys(database) == ["failed", "waiting"]


async def test_it_counts_from_when_a_mail_went_out_at_last(database: Database, enqueue: Enqueue, clock: Clock) -> None:
    """Sent again after a year of having failed, it is new."""
    await enqueue("late")
    async with database.unit_of_work() as work:
        await work.exec(update(OutboxMail).values(status=OutboxStatus.SENT, sent_at=work.now + KEPT))
    clock.now += KEPT + timedelta(days=1)
    assert await clear_old_mail(runtime()) == 0
    assert await keys(database) == ["late"]


async def test_what_says_that_a_failure_is_over_stays_beside_it(
    database: Database, enqueue: Enqueue, avery: Human, casey: Human, clock: Clock
) -> None:
    """Or else staff would read again, after a year, that mail to Casey does not arrive."""
    to_casey = {"to_address": "casey@mail.example", "account_id": casey.account_id, "kind": "form_reminder"}

    async def fails() -> str:
        async with as_staff(database, avery, StaffTask.SEE_CLIENTS, client=casey) as (work, access):
            return (await read_client(work, access)).mail_fails

    await enqueue("before", **to_casey)
    await deliver(Recorder())
    await enqueue("refused", **to_casey)
    await deliver(Recorder(refuse))
    assert await fails() != ""
    clock.now += timedelta(minutes=1)
    await enqueue("arrived", **to_casey)
    await deliver(Recorder())
    assert await fails() == ""
    async with database.unit_of_work() as work:
        long_ago = work.now - KEPT
        for key, values in {
            "before": {"sent_at": long_ago - timedelta(days=3)},
            "refused": {"failed_at": long_ago - timedelta(days=2)},
            "arrived": {"sent_at": long_ago - timedelta(days=1)},
        }.items():
            one = update(OutboxMail).where(col(OutboxMail.dedupe_key) == key)
            await work.exec(one.values(due_at=long_ago - timedelta(days=4), **values))
    assert await clear_old_mail(runtime()) == 1
    assert await keys(database) == ["arrived", "refused"]
    assert await fails() == ""


async def test_in_batches_and_by_several_workers_at_once(
    database: Database, enqueue: Enqueue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_mail, "BATCH", 3)
    for number in range(20):
        await enqueue(f"mail-{number}")
    await deliver(Recorder())
    clock.now += KEPT
    gone = await asyncio.gather(*(clear_old_mail(runtime()) for _ in range(4)))
    assert sum(gone) == 20, "each was forgotten once"
    assert await keys(database) == []


async def test_a_turn_has_an_end(
    database: Database, enqueue: Enqueue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_mail, "BATCH", 2)
    monkeypatch.setattr(old_mail, "MOST_BATCHES", 3)
    for number in range(10):
        await enqueue(f"mail-{number}")
        clock.now += timedelta(minutes=1)
    await deliver(Recorder())
    clock.now += KEPT
    assert await clear_old_mail(runtime()) == 6
    assert await keys(database) == [f"mail-{number}" for number in range(6, 10)], "the oldest first"
    assert await clear_old_mail(runtime()) == 4


async def test_another_practices_old_mail_goes_too(
    database: Database, enqueue: Enqueue, cast: Cast, clock: Clock
) -> None:
    await enqueue("here")
    await enqueue("there", organization_id=cast.lakeside.id)
    await enqueue("of nobody", organization_id=None)
    await deliver(Recorder())
    clock.now += KEPT
    async with database.unit_of_work() as work:
        assert await forget_old_mail(work) == 3
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(OutboxMail.id))).all() == []
