"""What the browser may see of a login."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SessionView:
    """One signed-in browser, as its owner sees it in the list of devices."""

    id: UUID
    device: str
    signed_in_at: datetime
    last_used_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """A login, as its owner sees it. `pending_email` waits for its confirmation, and is empty otherwise."""

    name: str
    email: str
    pending_email: str
    password_changed_at: datetime | None
