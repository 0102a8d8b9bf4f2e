"""Sending: refused, delayed, hanging, killed, and by several workers at once."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, update

import portal
from portal.database import Database
from portal.integrations.email.smtp import SmtpMailer
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.jobs.worker import deliver_due
from portal.models import OutboxMail, OutboxStatus
from portal.notifications import delivery
from portal.notifications.rules import LEASE, MOST_TRIES, wait_after
from portal.runtime import runtime
from tests.conftest import Clock
from tests.logins import mails
from tests.notifications.conftest import Enqueue, MailServer
from tests.notifications.delivering import Recorder, deliver, one

ROOT = Path(portal.__file__).parents[1]
WORKER = """
import asyncio, sys
from datetime import datetime
from portal.config import Config, Mode
from portal.database import Database
from portal.integrations.email.smtp import SmtpMailer
from portal.jobs.worker import deliver_due
from portal.kit.crypto import KeyRing
from portal.runtime import Runtime

url, port, now = sys.argv[1:]
database = Database(url, KeyRing((b"t" * 32,)), lambda: datetime.fromisoformat(now))
mailer = SmtpMailer("127.0.0.1", int(port), None, None, "none")
asyncio.run(deliver_due(Runtime(Config(mode=Mode.TEST), database), mailer, "another process"))
"""


async def test_mail_arrives_once_as_text_and_html(database: Database, enqueue: Enqueue, server: MailServer) -> None:
    await enqueue()
    assert await deliver(server.mailer) == 1
    assert await deliver(server.mailer) == 0
    (mail,) = server.taken
    stored = await one(database)
    assert (mail["To"], mail["Subject"]) == ("tess@harbor.example", "A form has arrived · Harbor Counseling")
    assert mail["From"] == "Harbor Counseling <portal@localhost>"
    assert mail["Message-ID"] == f"<{stored.id}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Hello Tess Rivera," in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert (stored.status, stored.sent_at, stored.attempts) == (OutboxStatus.SENT, database.clock(), 1)


async def test_what_was_sent_is_emptied(database: Database, enqueue: Enqueue) -> None:
    await enqueue(kind="reset_password", context={"link": "http://localhost:8000/reset-password/x", "when": "today"})
    recorder = Recorder()
    await deliver(recorder)
    assert "http://localhost:8000/reset-password/x" in recorder.sent[0].text
    assert (await one(database)).context == b""


async def test_not_before_it_is_due(database: Database, enqueue: Enqueue, clock: Clock) -> None:
    await enqueue(due_at=clock.now + timedelta(minutes=15))
    recorder = Recorder()
    assert await deliver(recorder) == 0
    clock.now += timedelta(minutes=15)
    assert await deliver(recorder) == 1


async def test_the_longest_waiting_goes_first_in_batches(database: Database, enqueue: Enqueue, clock: Clock) -> None:
    for number in range(23):
        await enqueue(f"mail-{number}", kind="join_received", to_address=f"{number}@mail.example")
        clock.now += timedelta(seconds=1)
    recorder = Recorder()
    assert await deliver(recorder) == 23
    assert [mail.to_address for mail in recorder.sent] == [f"{number}@mail.example" for number in range(23)]


async def test_greylisting_is_tried_again_later_with_the_same_message_id(
    database: Database, enqueue: Enqueue, server: MailServer, clock: Clock
) -> None:
    await enqueue()
    server.script = ["451 come back later", "421 busy"]
    assert await deliver(server.mailer) == 0
    first = await one(database)
    assert (first.status, first.attempts, first.leased_until) == (OutboxStatus.WAITING, 1, None)
    assert first.due_at == clock.now + wait_after(1)
    assert first.last_error == "the mail server refused this mail for now (451)"
    assert await deliver(server.mailer) == 0
    assert len(server.script) == 1
    clock.now += wait_after(1)
    assert await deliver(server.mailer) == 0
    clock.now += wait_after(2)
    assert await deliver(server.mailer) == 1
    assert server.taken[0]["Message-ID"] == f"<{first.id}@localhost>"
    assert (await one(database)).last_error == ""


@pytest.mark.parametrize(("recipients", "script"), [(["550 no such user"], []), ([], ["554 no"])])
async def test_refused_for_good_is_not_tried_again(
    database: Database, enqueue: Enqueue, server: MailServer, clock: Clock, recipients: list[str], script: list[str]
) -> None:
    await enqueue("bad")
    await enqueue("good")
    server.recipients, server.script = [*recipients], [*script]
    assert await deliver(server.mailer) == 1
    bad, good = await mails(database)
    assert (bad.status, good.status) == (OutboxStatus.FAILED, OutboxStatus.SENT)
    assert "for good (55" in bad.last_error
    assert (bad.failed_at, good.failed_at) == (clock.now, None)
    assert "tess" not in bad.last_error
    clock.now += timedelta(days=2)
    assert await deliver(server.mailer) == 0


async def test_it_is_given_up_after_ten_tries(database: Database, enqueue: Enqueue, clock: Clock) -> None:
    def refuse(_mail: OutgoingMail) -> None:
        raise MailRefused("the mail server was not reached", is_final=False)

    await enqueue()
    for _ in range(MOST_TRIES):
        assert (await one(database)).status is OutboxStatus.WAITING
        await deliver(Recorder(refuse))
        clock.now += timedelta(hours=5)
    assert (await one(database)).status is OutboxStatus.FAILED


def test_waits_grow_and_stay_within_a_day_altogether() -> None:
    waits = [wait_after(attempt) for attempt in range(1, MOST_TRIES)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=30)
    assert timedelta(hours=12) < sum(waits, timedelta()) < timedelta(days=1)


async def test_server_that_hangs_is_left(
    database: Database, enqueue: Enqueue, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SEND_LIMIT", timedelta(seconds=0.2))
    await enqueue()
    server.script = ["hang"]
    assert await deliver(server.mailer) == 0
    assert (await one(database)).last_error == "the mail server did not answer"


async def test_server_that_is_away(database: Database, enqueue: Enqueue) -> None:
    await enqueue()
    assert await deliver(SmtpMailer("127.0.0.1", 1, None, None, "none", timeout=2)) == 0
    assert (await one(database)).last_error.startswith("the mail server was not reached")


async def test_mistake_of_ours_holds_up_nobody_else(database: Database, enqueue: Enqueue) -> None:
    await enqueue("bad")
    await enqueue("good")
    async with database.unit_of_work() as work:
        await work.exec(update(OutboxMail).where(col(OutboxMail.dedupe_key) == "bad").values(kind="of_another_version"))
    recorder = Recorder()
    assert await deliver(recorder) == 1
    bad, good = await mails(database)
    assert (bad.status, bad.last_error) == (OutboxStatus.FAILED, "the mail could not be written")
    assert good.status is OutboxStatus.SENT


async def test_surprise_in_a_mailer_is_a_try_like_any_other(database: Database, enqueue: Enqueue) -> None:
    def surprise(_mail: OutgoingMail) -> None:
        raise KeyError("tess@harbor.example")

    await enqueue()
    assert await deliver(Recorder(surprise)) == 0
    mail = await one(database)
    assert (mail.status, mail.last_error) == (OutboxStatus.WAITING, "the mail could not be sent (KeyError)")


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


async def test_killed_after_accepted_sends_one_more_with_the_same_message_id(
    database: Database, enqueue: Enqueue, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> None:
        raise Killed

    await enqueue()
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "_write_down", killed)
        with pytest.raises(Killed):
            await deliver(server.mailer)
    assert len(server.taken) == 1
    assert await deliver(server.mailer, "worker-2") == 0
    clock.now += LEASE
    assert await deliver(server.mailer, "worker-2") == 1
    clock.now += timedelta(days=1)
    assert await deliver(server.mailer, "worker-3") == 0
    assert len(server.taken) == 2
    assert server.taken[0]["Message-ID"] == server.taken[1]["Message-ID"]
    assert server.taken[0]["Date"] == server.taken[1]["Date"]


async def test_process_killed_between_accepted_and_answer(
    database: Database, database_url: str, enqueue: Enqueue, server: MailServer, clock: Clock
) -> None:
    await enqueue()
    server.on_taken = lambda: process.send_signal(signal.SIGKILL)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, database_url, str(server.port), clock.now.isoformat(), cwd=ROOT
    )
    async with asyncio.timeout(60):
        assert await process.wait() == -signal.SIGKILL
    server.on_taken = None
    mail = await one(database)
    assert (mail.status, mail.attempts) == (OutboxStatus.WAITING, 1)
    clock.now += LEASE
    assert await deliver(server.mailer) == 1
    assert [taken["Message-ID"] for taken in server.taken] == [f"<{mail.id}@localhost>"] * 2


async def test_several_workers_send_everything_once(database: Database, enqueue: Enqueue) -> None:
    for number in range(30):
        await enqueue(f"mail-{number}")
    recorders = [Recorder() for _ in range(4)]
    counts = await asyncio.gather(*(deliver(one, f"worker-{number}") for number, one in enumerate(recorders)))
    sent = [mail.message_id for recorder in recorders for mail in recorder.sent]
    assert sum(counts) == 30
    assert len(sent) == len(set(sent)) == 30


async def test_negative_control_without_a_lease_two_workers_send_the_same(
    database: Database, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LEASE", timedelta(0))
    await enqueue()
    second = Recorder()

    class First(Recorder):
        async def send(self, mail: OutgoingMail) -> None:
            await deliver(second, "worker-2")
            await super().send(mail)

    first = First()
    await deliver(first)
    assert len(first.sent) + len(second.sent) == 2


async def test_worker_whose_lease_ran_out_does_not_overwrite(
    database: Database, enqueue: Enqueue, clock: Clock
) -> None:
    await enqueue()
    second = Recorder()

    class Slow(Recorder):
        async def send(self, mail: OutgoingMail) -> None:
            clock.now += LEASE
            assert await deliver(second, "worker-2") == 1
            raise MailRefused("too late", is_final=True)

    assert await deliver(Slow()) == 0
    mail = await one(database)
    assert (mail.status, mail.leased_by, mail.last_error) == (OutboxStatus.SENT, "worker-2", "")


async def test_stopping_gives_back_what_was_not_tried(database: Database, enqueue: Enqueue) -> None:
    for number in range(5):
        await enqueue(f"mail-{number}")
    stop = asyncio.Event()
    recorder = Recorder(lambda _mail: stop.set())
    assert await deliver_due(runtime(), recorder, "worker-1", stop) == 1
    waiting = [mail for mail in await mails(database) if mail.status is OutboxStatus.WAITING]
    assert [(mail.leased_until, mail.attempts) for mail in waiting] == [(None, 0)] * 4
    assert await deliver(Recorder(), "worker-2") == 4
