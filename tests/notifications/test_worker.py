"""The worker's loop, the ports it calls, and where mail may go."""

import asyncio
import ssl
from datetime import timedelta

import pytest

from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import Cast
from portal.integrations.email.folder import FolderMailer, mail_folder
from portal.integrations.email.smtp import SmtpMailer
from portal.integrations.ports import Mailer
from portal.jobs.worker import run_worker
from portal.models import OutboxStatus
from portal.notifications import delivery
from portal.runtime import Runtime, runtime, set_runtime
from tests.notifications.conftest import Enqueue, MailServer
from tests.notifications.delivering import Recorder, deliver, one


async def test_ports_refuse_to_be_called_inside_a_unit(
    database: Database, enqueue: Enqueue, server: MailServer
) -> None:
    await enqueue()
    recorder = Recorder()
    await deliver(recorder)
    folder = FolderMailer(mail_folder(runtime().config))
    mailers: tuple[Mailer, ...] = (server.mailer, folder)
    for mailer in mailers:
        async with mailer.connected() as line:
            async with database.unit_of_work(writes=False):
                with pytest.raises(RuntimeError, match="inside a unit of work"):
                    await line.send(recorder.sent[0])
            await line.send(recorder.sent[0])
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
