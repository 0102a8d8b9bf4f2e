"""What the tests of delivery share: a mailer that remembers, and one round of a worker."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

from portal.database import Database
from portal.integrations.ports import Mailer, OutgoingMail
from portal.jobs.worker import deliver_due
from portal.models import OutboxMail
from portal.runtime import runtime
from tests.logins import mails


class Recorder:
    """A mailer that keeps what it gets; `before` runs while a mail is being handed over."""

    def __init__(self, before: Callable[[OutgoingMail], object] | None = None) -> None:
        self.sent: list[OutgoingMail] = []
        self.before = before

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Self]:
        yield self

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
