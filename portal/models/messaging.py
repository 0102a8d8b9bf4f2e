"""Conversations between a client's side and therapists. Subjects, words and drafts are sealed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class Side(StrEnum):
    """As what somebody takes part in a conversation."""

    CLIENT = "client"
    CONTACT = "contact"
    STAFF = "staff"


class MessageKind(StrEnum):
    """What a message is: somebody's words, or the note that an administrator opened the conversation."""

    WORDS = "words"
    OPENED = "opened"


class MessageThread(Row, table=True):
    """One conversation about one client. `last_number` is how many messages it has; they are numbered from 1."""

    __tablename__ = "message_thread"
    __table_args__ = (
        owned("message_thread"),
        within_organization("client_id", "client"),
        UniqueConstraint("created_by", "operation_id"),
        Index(None, "client_id", "last_at"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    subject: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_by: UUID = Field(foreign_key="account.id")
    operation_id: UUID
    created_at: datetime = moment()
    last_at: datetime = moment(index=True)
    last_number: int = 0


class ThreadParticipant(Row, table=True):
    """Somebody who is in a conversation: the client, a contact or a member of staff. Nobody else can read it.

    Everything up to `read_number` was seen, the last of it at `read_at`. `archived_at` puts it aside for this one
    alone, until something new arrives. `draft` is what they have begun to write and not sent yet.
    """

    __tablename__ = "thread_participant"
    __table_args__ = (
        owned("thread_participant"),
        within_organization("thread_id", "message_thread"),
        within_organization("contact_id", "contact"),
        within_organization("membership_id", "membership"),
        UniqueConstraint("thread_id", "contact_id"),
        UniqueConstraint("thread_id", "membership_id"),
    )
    organization_id: UUID = organization_key()
    thread_id: UUID
    side: Side = word(Side)
    contact_id: UUID | None = Field(default=None, index=True)
    membership_id: UUID | None = Field(default=None, index=True)
    read_number: int = 0
    read_at: datetime | None = moment_or_none()
    archived_at: datetime | None = moment_or_none()
    draft: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class Message(Row, table=True):
    """One message. Sending the same operation again adds nothing."""

    __tablename__ = "message"
    __table_args__ = (
        within_organization("thread_id", "message_thread"),
        UniqueConstraint("thread_id", "number"),
        UniqueConstraint("author_id", "operation_id"),
    )
    organization_id: UUID = organization_key()
    thread_id: UUID
    number: int
    kind: MessageKind = word(MessageKind, MessageKind.WORDS)
    author_id: UUID = Field(foreign_key="account.id")
    author_name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    operation_id: UUID
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sent_at: datetime = moment(index=True)


class ThreadOpening(Row, table=True):
    """That an administrator opened a conversation they are not in, why, and until when they may read it."""

    __tablename__ = "thread_opening"
    __table_args__ = (
        within_organization("thread_id", "message_thread"),
        within_organization("membership_id", "membership"),
        Index(None, "thread_id", "membership_id", "until"),
    )
    organization_id: UUID = organization_key()
    thread_id: UUID
    membership_id: UUID
    reason: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    opened_at: datetime = moment()
    until: datetime = moment()
