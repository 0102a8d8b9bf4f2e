"""What we ask of the outside world. Adapters refuse to be called while a unit of work is open."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail, ready to be sent. `message_id` is the same at every try, so that a second copy can be recognised.

    `calendar` is an iCalendar text that goes along as a file; empty for most mails.
    """

    message_id: str
    file_id: str
    sender: str
    to_address: str
    subject: str
    text: str
    html: str
    written_at: datetime
    calendar: str = ""


class MailRefused(Exception):
    """A mail was not accepted. `is_final` when trying again is of no use; `reason` holds no names or addresses."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class MailLine(Protocol):
    """A way out that mails take one after another."""

    async def send(self, mail: OutgoingMail) -> None:
        """Hand one mail over, or raise MailRefused; what befalls one mail is nothing to the next."""


class Mailer(Protocol):
    """Whatever takes mails from us."""

    def connected(self) -> AbstractAsyncContextManager[MailLine]:
        """Keep a way out for the length of a block. Entering it reaches nobody yet: the first mail does."""


class Storage(Protocol):
    """Whatever keeps the sealed contents of files, by name. Names are the portal's own, never a person's."""

    async def put(self, name: str, content: bytes) -> None:
        """Keep contents under a name; when this returns they outlive a crash."""

    async def get(self, name: str) -> bytes:
        """Return the contents of a name. Raises FileNotFoundError."""

    async def remove(self, name: str) -> None:
        """Forget a name; one that is not there is no fault."""
