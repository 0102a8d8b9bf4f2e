"""Mail through an SMTP server, over TLS unless the server is this very machine."""

import ssl
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.database import assert_no_open_unit
from portal.integrations.email.message import build_message
from portal.integrations.ports import MailRefused, OutgoingMail

_LOCAL = ("localhost", "127.0.0.1", "::1")


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

    async def send(self, mail: OutgoingMail) -> None:
        """Hand the mail to the server; raises MailRefused with the server's code, never with its words."""
        assert_no_open_unit("SmtpMailer")
        try:
            await aiosmtplib.send(
                build_message(mail),
                hostname=self.host,
                port=self.port,
                username=self.username,
                password=self.password,
                use_tls=self.tls == "wrapped",
                start_tls=self.tls == "upgraded",
                tls_context=self.certificates,
                timeout=self.timeout,
            )
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


def _refusal(code: int) -> MailRefused:
    if 500 <= code < 600:
        return MailRefused(f"the mail server refused this mail for good ({code})", is_final=True)
    return MailRefused(f"the mail server refused this mail for now ({code})", is_final=False)
