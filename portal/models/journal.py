"""Keys of what a browser keeps while it is not confirmed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from portal.models.base import Row, moment


class JournalKey(Row, table=True):
    """A key for one login in one browser, sealed; handed out to a live session of that login alone.

    `device` is the hash of the browser's cookie. A key is gone after 72 hours and with "sign out everywhere"; what was
    written with it can then never be read again.
    """

    __tablename__ = "journal_key"
    __table_args__ = (Index("ix_journal_key_device", "account_id", "device"),)
    account_id: UUID = Field(foreign_key="account.id")
    device: str = Field(max_length=64)
    key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime = moment(index=True)
