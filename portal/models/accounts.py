"""Logins. An account belongs to a human, not to a practice, so these tables have no organization."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Boolean, Column, LargeBinary, UniqueConstraint, false
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, word


class LinkPurpose(StrEnum):
    """What a single-use token may do: mailed to an account as a link, or, for the second step, kept by its browser."""

    RESET_PASSWORD = "reset_password"  # noqa: S105 - a name, not a secret
    CONFIRM_EMAIL = "confirm_email"
    UNDO_EMAIL = "undo_email"
    SECOND_STEP = "second_step"


class Account(Row, table=True):
    """One login for one human. `email_key` is the folded e-mail by which it is found (accounts.rules.email_key).

    A second factor counts while `second_factor_at` is set. `second_factor_pending` waits for its first code and changes
    nothing until then; `second_factor_step` is the last time step whose code was used. Both secrets are sealed.
    `is_password_short` says that the password is long enough only together with a second factor.
    `calendar_details` says that this person's calendars may tell what an appointment is.
    """

    __tablename__ = "account"
    email: str = Field(max_length=254)
    email_key: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    password_hash: str | None = Field(default=None, max_length=300)
    password_changed_at: datetime | None = moment_or_none()
    is_password_short: bool | None = None
    second_factor_at: datetime | None = moment_or_none()
    second_factor_secret: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    second_factor_pending: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    second_factor_step: int | None = None
    calendar_details: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    disabled_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class Session(Row, table=True):
    """A signed-in browser. The token itself is only in its cookie; here is its SHA-256.

    Live while `ended_at` is empty, `touched_at` is at most 30 minutes and `created_at` at most 12 hours ago.
    `stepped_up_at` is when its owner last gave the password, and the code where there is a second factor.
    """

    __tablename__ = "session"
    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = moment()
    touched_at: datetime = moment()
    stepped_up_at: datetime | None = moment_or_none()
    ended_at: datetime | None = moment_or_none()
    ended_because: str = Field(default="", max_length=40)
    device: str = Field(default="", max_length=120)


class AccountLink(Row, table=True):
    """A single-use token of an account; its id is the JWT's `jti`. `detail` is sealed (a new e-mail address)."""

    __tablename__ = "account_link"
    account_id: UUID = Field(foreign_key="account.id", index=True)
    purpose: LinkPurpose = word(LinkPurpose)
    token_hash: str = Field(max_length=64, unique=True)
    detail: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment_or_none()
    replaced_at: datetime | None = moment_or_none()


class RecoveryCode(Row, table=True):
    """One of the codes that stand in for the second factor, each once. Here is its keyed hash alone."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)
    account_id: UUID = Field(foreign_key="account.id")
    code_hash: str = Field(max_length=64)
    created_at: datetime = moment()
    used_at: datetime | None = moment_or_none()


class FirstRun(Row, table=True):
    """The token by which an empty installation is set up, as its SHA-256; every start of the server makes a new one."""

    __tablename__ = "first_run"
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = moment()
    used_at: datetime | None = moment_or_none()
