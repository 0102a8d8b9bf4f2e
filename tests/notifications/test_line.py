"""Several mails over one connection: what befalls one of them is nothing to the next."""

import asyncio
from typing import Any
from unittest.mock import AsyncMock

import pytest

from portal.database import Database
from portal.integrations.email.smtp import SmtpLine
from portal.integrations.ports import MailLine, MailRefused, OutgoingMail
from portal.models import OutboxStatus
from portal.notifications import delivery
from portal.notifications.rules import BATCH, LEASE
from tests.conftest import NOW, Clock
from tests.logins import mails
from tests.notifications.conftest import Enqueue, MailServer
from tests.notifications.delivering import deliver

SENT, WAITING, FAILED = OutboxStatus.SENT, OutboxStatus.WAITING, OutboxStatus.FAILED


async def three(enqueue: Enqueue) -> None:
    for number in range(3):
        await enqueue(f"mail-{number}")


async def statuses(database: Database) -> list[OutboxStatus]:
    return [mail.status for mail in sorted(await mails(database), key=lambda mail: mail.dedupe_key)]


async def test_a_batch_goes_over_one_connection(enqueue: Enqueue, server: MailServer) -> None:
    for number in range(2 * BATCH + 1):
        await enqueue(f"mail-{number}")
    assert await deliver(server.mailer) == 2 * BATCH + 1
    assert len({mail["Message-ID"] for mail in server.taken}) == len(server.taken) == 2 * BATCH + 1
    assert len(server.connections) == 3


@pytest.mark.parametrize(
    ("recipients", "script", "then"),
    [
        (["250 fine", "550 no such user"], [], FAILED),
        (["250 fine", "450 full"], [], WAITING),
        ([], ["250 taken", "554 no"], FAILED),
        ([], ["250 taken", "421 too many"], WAITING),
    ],
)
async def test_refusal_spoils_neither_what_went_before_nor_the_rest(
    database: Database,
    enqueue: Enqueue,
    server: MailServer,
    recipients: list[str],
    script: list[str],
    then: OutboxStatus,
) -> None:
    await three(enqueue)
    server.recipients, server.script = [*recipients], [*script]
    assert await deliver(server.mailer) == 2
    assert sorted(await statuses(database)) == sorted([SENT, then, SENT])
    assert len(server.taken) == 2


async def test_server_that_leaves_between_two_mails_costs_no_try(
    database: Database, enqueue: Enqueue, server: MailServer
) -> None:
    await three(enqueue)
    server.drops_at_reset = True
    assert await deliver(server.mailer) == 3
    assert len(server.connections) == len(server.taken) == 3
    assert [mail.attempts for mail in await mails(database)] == [1, 1, 1]


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


async def test_killed_amid_a_batch_only_the_mail_in_hand_comes_twice(
    database: Database, enqueue: Enqueue, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ends = delivery._write_down, iter((False, True))

    async def write_down(*given: Any) -> None:
        if next(ends):
            raise Killed
        await real(*given)

    await three(enqueue)
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "_write_down", write_down)
        # Nothing is tidied up behind a process that was killed.
        patched.setattr(delivery, "_give_back", AsyncMock())
        with pytest.raises(Killed):
            await deliver(server.mailer)
    assert sorted(await statuses(database)) == sorted([SENT, WAITING, WAITING])
    assert await deliver(server.mailer, "worker-2") == 0
    clock.now += LEASE
    assert await deliver(server.mailer, "worker-2") == 2
    first, second, again, third = (mail["Message-ID"] for mail in server.taken)
    assert second == again
    assert len({first, second, third}) == 3


def written(number: int) -> OutgoingMail:
    return OutgoingMail(
        message_id=f"<{number}@localhost>",
        file_id=str(number),
        sender="Harbor Counseling <portal@localhost>",
        to_address="tess@harbor.example",
        subject="A form has arrived",
        text="Hello",
        html="<p>Hello</p>",
        written_at=NOW,
    )


async def after_one_that_hung(line: MailLine, server: MailServer) -> None:
    """Give up on a mail that the server does not answer, and send another one."""
    server.script = ["hang"]
    first = asyncio.create_task(line.send(written(1)))
    await server.hangs.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await line.send(written(2))


async def test_after_a_mail_that_hung_the_next_has_a_connection_of_its_own(server: MailServer) -> None:
    async with asyncio.timeout(20), server.mailer.connected() as line:
        await after_one_that_hung(line, server)
    assert [mail["Message-ID"] for mail in server.taken] == ["<2@localhost>"]
    assert len(server.connections) == 2


async def test_negative_control_over_the_same_connection_the_next_mail_is_lost_with_the_one_that_hung(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmtpLine, "close", lambda _line: None)
    async with asyncio.timeout(20), server.mailer.connected() as line:
        with pytest.raises(MailRefused, match="not reached"):
            await after_one_that_hung(line, server)
    assert server.taken == []


async def test_nobody_is_called_when_no_mail_is_sent(server: MailServer) -> None:
    async with asyncio.timeout(10), server.mailer.connected():
        pass
    assert server.connections == []
