"""Mail that has to go out: written in the same transaction as its cause, sent afterwards."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, Word, moment, moment_or_none, within_organization, word


class OutboxStatus(StrEnum):
    """Where a mail stands; MUTED when whoever it was for did not want it.

    SET_ASIDE: it failed, and an administrator decided that it need not go.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    MUTED = "muted"
    SET_ASIDE = "set_aside"


class OutboxMail(Row, table=True):
    """One mail to one person. `context` is sealed JSON for the template: it may hold a single-use link.

    `organization_id` is empty for mail about a login. `client_id` is set where whoever gets it has to see something of
    that client, still when it is sent. `dedupe_key` makes enqueuing twice the same as once. Of a mail
    that failed, `to_address` is where it was last sent to.
    """

    __tablename__ = "outbox_mail"
    __table_args__ = (
        within_organization("client_id", "client"),
        Index(None, "status", "due_at"),
        Index(None, "organization_id", "to_address"),
    )
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    client_id: UUID | None = None
    kind: str = Field(max_length=60)
    to_address: str = Field(max_length=254)
    context: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    dedupe_key: str = Field(max_length=120, unique=True)
    status: OutboxStatus = word(OutboxStatus, OutboxStatus.WAITING)
    created_at: datetime = moment()
    due_at: datetime = moment()
    attempts: int = 0
    leased_until: datetime | None = moment_or_none()
    leased_by: str = Field(default="", max_length=60)
    sent_at: datetime | None = moment_or_none()
    failed_at: datetime | None = moment_or_none()
    last_error: str = Field(default="", max_length=200)


class MutedMail(Row, table=True):
    """A kind of mail that an account does not want; no row means that it is wanted."""

    __tablename__ = "muted_mail"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)
    account_id: UUID = Field(foreign_key="account.id")
    kind: str = Field(max_length=60)
    muted_at: datetime = moment()


class JobOutcome(StrEnum):
    """How a periodic job last ended."""

    DONE = "done"
    FAILED = "failed"


class JobRun(Row, table=True):
    """One periodic job of this installation: when it last ran and how it ended, and who is at it now.

    `found` is how much there was to do in the last run, `failures` how many runs in a row have failed.
    """

    __tablename__ = "job_run"
    name: str = Field(max_length=60, unique=True)
    next_at: datetime = moment()
    leased_until: datetime | None = moment_or_none()
    leased_by: str = Field(default="", max_length=60)
    started_at: datetime | None = moment_or_none()
    ended_at: datetime | None = moment_or_none()
    outcome: JobOutcome | None = Field(default=None, sa_column=Column(Word(JobOutcome), nullable=True))
    found: int = 0
    failures: int = 0
    last_error: str = Field(default="", max_length=200)
