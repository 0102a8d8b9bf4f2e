"""Help for a client who cannot sign in: begun by staff, finished by whoever has the mailbox of the login."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class IdentityCheck(StrEnum):
    """How staff made sure that they spoke with the client."""

    IN_PERSON = "in_person"
    CALLED_BACK = "called_back"
    VIDEO = "video"


class AccessHelp(Row, table=True):
    """One time that staff helped a client to sign in again; its id is the JWT's `jti`.

    `asks_birth_date`: the page asks for the date of birth on record. `opens_at` is from when a new password can be
    set: at once after a date of birth, after a wait otherwise. Where `asks_owner`, the wait begins when the owner has
    said yes (`confirmed_at`), because the login is not this practice's alone.
    """

    __tablename__ = "access_help"
    __table_args__ = (
        owned("access_help"),
        within_organization("client_id", "client"),
        within_organization("membership_id", "membership"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID = Field(index=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    membership_id: UUID
    identity_check: IdentityCheck = word(IdentityCheck)
    token_hash: str = Field(max_length=64, unique=True)
    asks_birth_date: bool
    asks_owner: bool
    birth_date_tries: int = 0
    created_at: datetime = moment()
    opens_at: datetime | None = moment_or_none()
    expires_at: datetime = moment()
    confirmed_at: datetime | None = moment_or_none()
    used_at: datetime | None = moment_or_none()
    stopped_at: datetime | None = moment_or_none()
    stopped_because: str = Field(default="", max_length=40)
