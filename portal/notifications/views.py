"""What staff may see of the mail that goes out: to whom and about what in general, never its words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.models import OutboxStatus


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail that did not arrive, or is still being tried. `name` is that of a login, empty for who has none.

    `why_not_again` says why it cannot be sent again; empty when it can.
    """

    id: UUID
    subject: str
    address: str
    name: str
    status: OutboxStatus
    at: datetime
    tries: int
    reason: str
    why_not_again: str = ""


Place = tuple[datetime, UUID]
"""Where a page of letters ends: when its last one failed, and its id."""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page of letters, the newest first; `before` asks for the next one, None at the end."""

    letters: list[Letter]
    before: Place | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How much mail of a practice waits, did not arrive, and was sent in the last seven days."""

    waiting: int = 0
    failed: int = 0
    sent: int = 0
