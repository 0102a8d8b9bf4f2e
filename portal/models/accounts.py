"""Logins. An account belongs to a human, not to a practice, so these tables have no organization."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, word


class LinkPurpose(StrEnum):
    """What a single-use link, mailed to an account, may do."""

    RESET_PASSWORD = "reset_password"  # noqa: S105 - a name, not a secret
    CONFIRM_EMAIL = "confirm_email"
    UNDO_EMAIL = "undo_email"


class Account(Row, table=True):
    """One login for one human. `email_key` is the folded e-mail by which it is found (accounts.rules.email_key)."""

    __tablename__ = "account"
    email: str = Field(max_length=254)
    email_key: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    password_hash: str | None = Field(default=None, max_length=300)
    password_changed_at: datetime | None = moment_or_none()
    disabled_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class Session(Row, table=True):
    """A signed-in browser. The token itself is only in its cookie; here is its SHA-256.

    Live while `ended_at` is empty, `touched_at` is at most 30 minutes and `created_at` at most 12 hours ago.
    """

    __tablename__ = "session"
    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = moment()
    touched_at: datetime = moment()
    ended_at: datetime | None = moment_or_none()
    ended_because: str = Field(default="", max_length=40)
    device: str = Field(default="", max_length=120)


class AccountLink(Row, table=True):
    """A single-use link mailed to an account; its id is the JWT's `jti`. `detail` is sealed (a new e-mail address)."""

    __tablename__ = "account_link"
    account_id: UUID = Field(foreign_key="account.id", index=True)
    purpose: LinkPurpose = word(LinkPurpose)
    token_hash: str = Field(max_length=64, unique=True)
    detail: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment_or_none()
    replaced_at: datetime | None = moment_or_none()
