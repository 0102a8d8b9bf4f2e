"""Mail through an SMTP server, over TLS unless the server is this very machine."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.database import assert_no_open_unit
from portal.integrations.email.message import build_message
from portal.integrations.ports import MailRefused, OutgoingMail

_LOCAL = ("localhost", "127.0.0.1", "::1")
_GOODBYE = 2.0


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """An SMTP server. `tls` is "wrapped" (smtps://), "upgraded" (STARTTLS, smtp://), or "none" on this machine."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: str
    timeout: float = 30.0
    certificates: ssl.SSLContext | None = None

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read `smtps://user:password@host:465` or `smtp://user:password@host:587`; ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("PORTAL_SMTP_URL has to look like smtps://user:password@mail.example.org:465.")
        is_local = parts.hostname in _LOCAL
        tls = "wrapped" if parts.scheme == "smtps" else "none" if is_local else "upgraded"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls == "wrapped" else 587 if tls == "upgraded" else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
        )

    @asynccontextmanager
    async def connected(self) -> AsyncIterator["SmtpLine"]:
        """Use one connection for the mails of a block; a new one after anything that went wrong."""
        line = SmtpLine(self)
        try:
            yield line
            await line.say_goodbye()
        finally:
            line.close()

    async def connect(self) -> aiosmtplib.SMTP:
        """Reach the server, see who it is, and sign in."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls == "wrapped",
            start_tls=self.tls == "upgraded",
            tls_context=None if self.tls == "none" else self.certificates or await asyncio.to_thread(_authorities),
            timeout=self.timeout,
        )
        await client.connect()
        return client


class SmtpLine:
    """A connection that is made for the first mail and kept for the next ones, unless something goes wrong."""

    def __init__(self, server: SmtpMailer) -> None:
        self._server = server
        self._client: aiosmtplib.SMTP | None = None

    async def send(self, mail: OutgoingMail) -> None:
        """Hand the mail to the server; raises MailRefused with the server's code, never with its words."""
        assert_no_open_unit("SmtpMailer")
        try:
            await self._hand_over(mail)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _refusal(max((one.code for one in refused.recipients), default=0)) from refused
        except aiosmtplib.SMTPAuthenticationError as refused:
            raise MailRefused(f"the mail server refused our password ({refused.code})", is_final=False) from refused
        except aiosmtplib.SMTPResponseException as refused:
            raise _refusal(refused.code) from refused
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as broken:
            raise MailRefused(f"the mail server was not reached ({type(broken).__name__})", is_final=False) from broken
        except ValueError as wrong:
            raise MailRefused("the address cannot be written to", is_final=True) from wrong

    async def say_goodbye(self) -> None:
        """End the connection the polite way, if there is one, without waiting long for an answer."""
        if self._client is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit(timeout=_GOODBYE)

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        if self._client is not None:
            self._client.close()
        self._client = None

    async def _hand_over(self, mail: OutgoingMail) -> None:
        """Send a mail. After any fault the next one gets a new connection, for it must not hear a late answer."""
        try:
            client = await self._ready()
            await client.send_message(build_message(mail))
        except BaseException:
            self.close()
            raise

    async def _ready(self) -> aiosmtplib.SMTP:
        """Return the connection, made anew when the server has left: nothing of this mail has been said by then."""
        if self._client is not None:
            try:
                await self._client.rset()
            except (aiosmtplib.SMTPException, OSError):
                self.close()
        if self._client is None:
            self._client = await self._server.connect()
        return self._client


@lru_cache(maxsize=1)
def _authorities() -> ssl.SSLContext:
    """Who may vouch for a mail server. Reading them takes longer than a mail does."""
    return ssl.create_default_context()


def _refusal(code: int) -> MailRefused:
    if 500 <= code < 600:
        return MailRefused(f"the mail server refused this mail for good ({code})", is_final=True)
    return MailRefused(f"the mail server refused this mail for now ({code})", is_final=False)
