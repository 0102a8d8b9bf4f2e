"""A real SMTP server that refuses, hangs and dies as the script says, and helpers to fill the outbox."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.database import Database
from portal.demo.people import Cast
from portal.integrations.email.smtp import SmtpMailer
from portal.notifications.outbox import enqueue_mail
from tests.logins import hasher, logins

__all__ = ["hasher", "logins"]
Enqueue = Callable[..., Awaitable[bool]]


@dataclass
class MailServer:
    """What the server took, and what it answers: one line per mail, then "250 taken" for the rest."""

    port: int = 0
    script: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    connections: list[Session] = field(default_factory=list)
    hang: asyncio.Event = field(default_factory=asyncio.Event)
    hangs: asyncio.Event = field(default_factory=asyncio.Event)
    on_taken: Callable[[], None] | None = None
    drops_at_reset: bool = False

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if session not in self.connections:
            self.connections.append(session)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 fine"

    async def handle_RSET(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        if self.drops_at_reset and server.transport is not None:
            server.transport.abort()
        return "250 fine"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.recipients.pop(0) if self.recipients else "250 fine"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.script.pop(0) if self.script else "250 taken"
        if answer == "hang":
            self.hangs.set()
            await self.hang.wait()
            return "451 too late"
        if answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))  # type: ignore[arg-type]
            if self.on_taken:
                self.on_taken()
        return answer

    @property
    def mailer(self) -> SmtpMailer:
        """The mailer that talks to this server."""
        return SmtpMailer("127.0.0.1", self.port, None, None, "none", timeout=2)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """An SMTP server on a free port."""
    made = MailServer()
    controller = UnthreadedController(made, hostname="127.0.0.1", port=0, loop=asyncio.get_running_loop())
    listening = await controller._create_server()
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    made.hang.set()
    listening.close()


@pytest.fixture
def enqueue(database: Database, cast: Cast) -> Enqueue:
    """Put a mail to Tess into the outbox, in a unit of its own."""

    async def one(key: str = "one", **more: object) -> bool:
        values: dict[str, object] = {
            "kind": "form_submitted",
            "to_address": "tess@harbor.example",
            "account_id": cast.accounts["tess"].id,
            "organization_id": cast.harbor.id,
            "context": {},
            "dedupe_key": key,
        }
        async with database.unit_of_work() as work:
            return await enqueue_mail(work, **{**values, **more})  # type: ignore[arg-type]

    return one
