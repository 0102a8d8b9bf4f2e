"""Mail over TLS, from the first byte (smtps) or upgraded (STARTTLS): only to a server that shows who it is."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from portal.database import Database
from portal.integrations.email.smtp import SmtpMailer
from portal.models import OutboxStatus
from tests.notifications.certificates import Authority, new_authority
from tests.notifications.conftest import Enqueue, MailServer
from tests.notifications.delivering import deliver, one

KINDS = ("wrapped", "upgraded")
PASSWORD = "p@ss/word"


# The server knows of TLS that it begins itself; of TLS from the first byte it does not.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@asynccontextmanager
async def serving(tls: str, context: ssl.SSLContext) -> AsyncIterator[MailServer]:
    """A mail server that talks TLS, and wants a name and a password."""
    made = MailServer()

    def let_in(_server: SMTP, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"portal", PASSWORD.encode())
        return AuthResult(success=known, handled=known)

    controller = UnthreadedController(
        made,
        hostname="127.0.0.1",
        port=0,
        loop=asyncio.get_running_loop(),
        ssl_context=context if tls == "wrapped" else None,
        tls_context=context if tls == "upgraded" else None,
        require_starttls=tls == "upgraded",
        auth_required=True,
        auth_require_tls=tls == "upgraded",
        authenticator=let_in,
    )
    listening = await controller._create_server()
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    listening.close()


def mailer(server: MailServer, tls: str, trusting: ssl.SSLContext | None, password: str = PASSWORD) -> SmtpMailer:
    """A mailer like that of smtps:// (wrapped) or smtp:// (upgraded), with the authority that it trusts."""
    return SmtpMailer("localhost", server.port, "portal", password, tls, timeout=5, certificates=trusting)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return new_authority(tmp_path)


@pytest.mark.parametrize("tls", KINDS)
async def test_mail_arrives_over_tls_with_name_and_password(
    database: Database, enqueue: Enqueue, authority: Authority, tls: str
) -> None:
    await enqueue("one")
    await enqueue("two")
    async with serving(tls, authority.server("localhost")) as server:
        assert await deliver(mailer(server, tls, authority.trusted())) == 2
    assert [mail["To"] for mail in server.taken] == ["tess@harbor.example"] * 2
    assert len(server.connections) == 1


@pytest.mark.parametrize("tls", KINDS)
@pytest.mark.parametrize("wrong", ["unknown authority", "another host", "ended"])
async def test_a_server_that_does_not_show_who_it_is_gets_nothing(
    database: Database, enqueue: Enqueue, authority: Authority, tls: str, wrong: str
) -> None:
    await enqueue()
    host = "mail.example" if wrong == "another host" else "localhost"
    until = timedelta(days=-1) if wrong == "ended" else timedelta(days=1)
    # None is what production uses: the authorities of this machine, which do not know the test's.
    trusting = None if wrong == "unknown authority" else authority.trusted()
    async with serving(tls, authority.server(host, until=until)) as server:
        assert await deliver(mailer(server, tls, trusting)) == 0
    assert server.taken == []
    mail = await one(database)
    assert mail.status is OutboxStatus.WAITING
    assert mail.last_error.startswith("the mail server was not reached")


async def test_a_wrong_password_is_a_try_that_failed(
    database: Database, enqueue: Enqueue, authority: Authority
) -> None:
    await enqueue()
    async with serving("wrapped", authority.server("localhost")) as server:
        assert await deliver(mailer(server, "wrapped", authority.trusted(), "wrong")) == 0
    mail = await one(database)
    assert (mail.status, mail.last_error) == (OutboxStatus.WAITING, "the mail server refused our password (535)")
