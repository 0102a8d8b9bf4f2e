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


@dataclass(frozen=True, slots=True)
class SecondFactorView:
    """How the second factor of a login stands. `required_by` names a practice that asks its staff for one."""

    is_on: bool
    since: datetime | None
    codes_left: int
    required_by: str


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator app needs: the address in the QR code, or the secret to be typed."""

    address: str
    secret: str
