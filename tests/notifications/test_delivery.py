"""Sending: refused, delayed, hanging, killed, and by several workers at once."""

import asyncio
import signal
import ssl
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, update

import portal
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import Cast
from portal.integrations.email.folder import FolderMailer, mail_folder
from portal.integrations.email.smtp import SmtpMailer
from portal.integrations.ports import Mailer, MailRefused, OutgoingMail
from portal.jobs.worker import deliver_due, run_worker
from portal.models import OutboxMail, OutboxStatus
from portal.notifications import delivery
from portal.notifications.rules import LEASE, MOST_TRIES, wait_after
from portal.runtime import Runtime, runtime, set_runtime
from tests.conftest import Clock
from tests.logins import mails
from tests.notifications.conftest import Enqueue, MailServer

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


class Recorder:
    """A mailer that keeps what it gets; `before` runs while a mail is being handed over."""

    def __init__(self, before: Callable[[OutgoingMail], object] | None = None) -> None:
        self.sent: list[OutgoingMail] = []
        self.before = before

    async def send(self, mail: OutgoingMail) -> None:
        await asyncio.sleep(0)
        if self.before:
            self.before(mail)
        self.sent.append(mail)


async def deliver(mailer: Mailer, worker: str = "worker-1") -> int:
    return await deliver_due(runtime(), mailer, worker)


async def one(database: Database) -> OutboxMail:
    (mail,) = await mails(database)
    return mail


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
        await enqueue(f"mail-{number}", to_address=f"{number}@mail.example")
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


async def test_ports_refuse_to_be_called_inside_a_unit(
    database: Database, enqueue: Enqueue, server: MailServer
) -> None:
    await enqueue()
    recorder = Recorder()
    await deliver(recorder)
    folder = FolderMailer(mail_folder(runtime().config))
    for mailer in (server.mailer, folder):
        async with database.unit_of_work(writes=False):
            with pytest.raises(RuntimeError, match="inside a unit of work"):
                await mailer.send(recorder.sent[0])
        await mailer.send(recorder.sent[0])
    assert len(server.taken) == 1


async def test_worker_wakes_for_a_new_mail_and_stops_at_once(
    database: Database, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.jobs.worker.LONGEST_PAUSE", timedelta(hours=1))
    arrived, stop = asyncio.Event(), asyncio.Event()
    recorder = Recorder(lambda _mail: arrived.set())
    task = asyncio.create_task(run_worker(runtime(), stop, recorder))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await enqueue("first")
        await arrived.wait()
        arrived.clear()
        await enqueue("second")
        await arrived.wait()
        stop.set()
        await task
    assert len(recorder.sent) == 2
    assert database.listeners == []


async def test_worker_outlives_a_database_that_is_away(
    database: Database, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.jobs.worker.LONGEST_PAUSE", timedelta(milliseconds=10))
    arrived, stop, failures = asyncio.Event(), asyncio.Event(), [1, 2]
    real = delivery.next_moment

    async def away(work: object) -> object:
        if failures:
            failures.pop()
            raise OSError
        return await real(work)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "next_moment", away)
    await enqueue()
    task = asyncio.create_task(run_worker(runtime(), stop, Recorder(lambda _mail: arrived.set())))
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await task


async def test_nothing_to_do_costs_one_read_and_no_lock(database: Database, cast: Cast) -> None:
    from sqlalchemy import event  # noqa: PLC0415

    statements: list[str] = []
    for engine in {database.read_engine, database.write_engine}:
        event.listen(
            engine.sync_engine, "before_cursor_execute", lambda _c, _u, statement, *_: statements.append(statement)
        )
    assert await deliver(Recorder()) == 0
    assert [statement.split()[0] for statement in statements if statement != "BEGIN"] == ["SELECT"]


async def test_folder_keeps_one_file_a_mail_for_its_owner_only(database: Database, enqueue: Enqueue) -> None:
    await enqueue()
    folder = mail_folder(runtime().config)
    await deliver(FolderMailer(folder))
    (path,) = folder.iterdir()
    assert path.name == f"{(await one(database)).id}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtps://u:p%40ss@mail.example.org", 465, "wrapped"),
        ("smtps://mail.example.org:4650", 4650, "wrapped"),
        ("smtp://mail.example.org", 587, "upgraded"),
        ("smtp://localhost", 25, "none"),
        ("smtp://127.0.0.1:1025", 1025, "none"),
    ],
)
def test_mail_leaves_this_machine_over_tls_only(url: str, port: int, tls: str) -> None:
    mailer = SmtpMailer.from_url(url)
    assert (mailer.port, mailer.tls) == (port, tls)
    assert mailer.password == ("p@ss" if "u:" in url else None)


@pytest.mark.parametrize("url", ["", "http://mail.example.org", "smtp://", "mail.example.org:25"])
def test_other_addresses_of_a_mail_server_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="PORTAL_SMTP_URL"):
        SmtpMailer.from_url(url)


async def test_server_without_tls_gets_nothing_where_tls_is_asked_for(
    database: Database, enqueue: Enqueue, server: MailServer
) -> None:
    await enqueue()
    strict = SmtpMailer(
        "127.0.0.1", server.port, None, None, "upgraded", timeout=2, certificates=ssl.create_default_context()
    )
    assert await deliver(strict) == 0
    assert server.taken == []
    assert (await one(database)).status is OutboxStatus.WAITING


async def test_links_and_message_ids_carry_the_public_host(database: Database, enqueue: Enqueue) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, base_url="https://portal.example.org"), database))
    await enqueue()
    recorder = Recorder()
    await deliver(recorder)
    assert recorder.sent[0].message_id.endswith("@portal.example.org>")
    assert "https://portal.example.org/practice" in recorder.sent[0].text
