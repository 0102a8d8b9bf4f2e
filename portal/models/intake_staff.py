"""What staff do with forms: drafts, comments, countersignatures, and alerts that wait for somebody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, within_organization


class FormDraft(Row, table=True):
    """What a form is to become: a FHIR R4 Questionnaire that nobody has published yet. `revision` counts every edit."""

    __tablename__ = "form_draft"
    __table_args__ = (within_organization("form_id", "form"), UniqueConstraint("form_id"))
    organization_id: UUID = organization_key()
    form_id: UUID
    questionnaire: str = Field(sa_column=Column(Text, nullable=False))
    revision: int = 1
    edited_at: datetime = moment()
    edited_by: UUID | None = Field(default=None, foreign_key="account.id")


class FormComment(Row, table=True):
    """What staff say about one answer of a frozen sheet (`path` empty: about the whole). Its text is sealed."""

    __tablename__ = "form_comment"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        within_organization("response_id", "form_response"),
        Index(None, "assignment_id", "created_at"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    response_id: UUID
    path: str = Field(default="", max_length=500)
    words: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    author_id: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment()


class FormCountersignature(Row, table=True):
    """A staff member's signature below those of the client's side: one under each frozen sheet. Names are sealed."""

    __tablename__ = "form_countersignature"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        within_organization("response_id", "form_response"),
        within_organization("membership_id", "membership"),
        UniqueConstraint("response_id"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    response_id: UUID
    membership_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    capacity: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=64)
    signed_at: datetime = moment()


class CrisisAlert(Row, table=True):
    """An answer that somebody of the practice has to know of at once. It stays until somebody says that they do."""

    __tablename__ = "crisis_alert"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        within_organization("client_id", "client"),
        UniqueConstraint("assignment_id"),
        Index(None, "organization_id", "acknowledged_at"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    client_id: UUID
    raised_at: datetime = moment()
    acknowledged_at: datetime | None = moment_or_none()
    acknowledged_by: UUID | None = Field(default=None, foreign_key="account.id")
