"""Files that people attach; their contents are sealed in the data folder."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class FileOwner(StrEnum):
    """What a file belongs to; that object decides who may read it."""

    FORM = "form"
    MESSAGE = "message"
    INSURANCE = "insurance"


class StoredFile(Row, table=True):
    """One file about one client. `name` is sealed. `kept_at` is empty until something refers to it.

    `owner_id` names a form; or the message that it was sent with, until then its conversation, or the client of a
    conversation that has not begun.

    A file that nothing refers to is removed after a day (jobs.orphans).
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        owned("stored_file"),
        within_organization("client_id", "client"),
        Index("ix_stored_file_owner", "owner", "owner_id"),
        Index("ix_stored_file_orphan", "kept_at", "created_at"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID = Field(index=True)
    owner: FileOwner = word(FileOwner)
    owner_id: UUID
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    content_type: str = Field(max_length=80)
    size: int
    sha256: str = Field(max_length=64)
    uploaded_by: UUID = Field(foreign_key="account.id", index=True)
    created_at: datetime = moment()
    kept_at: datetime | None = moment_or_none()
