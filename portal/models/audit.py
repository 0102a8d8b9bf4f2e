"""What was done (a chain), and who looked at health data (a log)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, organization_key, within_organization


class AuditHead(Row, table=True):
    """The end of a practice's chain; locked while an event is added, so that no two share a number."""

    __tablename__ = "audit_head"
    organization_id: UUID = Field(foreign_key="organization.id", unique=True)
    sequence: int = 0
    hash: str = Field(default="", max_length=64)


class AuditEvent(Row, table=True):
    """One change, chained by `hash = SHA-256(previous hash + the event)`. Triggers refuse UPDATE and DELETE.

    `detail` is JSON of ids, names of settings and the like: never health text.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("organization_id", "sequence"),
        Index(None, "organization_id", "action", "sequence"),
        Index(None, "organization_id", "actor_id", "sequence"),
        Index(None, "organization_id", "client_id", "sequence"),
    )
    organization_id: UUID = organization_key()
    sequence: int
    at: datetime = moment()
    actor_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    actor_name: str = Field(default="", max_length=60)
    client_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=80)
    object_id: UUID | None = None
    detail: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AccessLog(Row, table=True):
    """Somebody looked at a client's health data, once per person, client, kind and quarter of an hour. Append-only."""

    __tablename__ = "access_log"
    __table_args__ = (
        within_organization("client_id", "client"),
        UniqueConstraint("client_id", "account_id", "kind", "quarter"),
        Index(None, "organization_id", "at", "id"),
        Index(None, "organization_id", "account_id", "at", "id"),
        Index(None, "client_id", "at", "id"),
    )
    organization_id: UUID = organization_key()
    account_id: UUID = Field(foreign_key="account.id", index=True)
    client_id: UUID
    kind: str = Field(max_length=40)
    object_id: UUID | None = None
    quarter: datetime = moment(index=True)
    at: datetime = moment()


class AccountEvent(Row, table=True):
    """What happened to a login (password changed, signed out everywhere): belongs to no practice. Append-only."""

    __tablename__ = "account_event"
    account_id: UUID = Field(foreign_key="account.id", index=True)
    action: str = Field(max_length=80)
    at: datetime = moment()
    device: str = Field(default="", max_length=120)
