"""Forms, the sheets sent out, the answers given and the signatures under them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, LargeBinary, Text, UniqueConstraint, false, text
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class AssignmentStatus(StrEnum):
    """The life of a form that was sent. SIGNING: frozen and signed by some, while others still have to sign."""

    SENT = "sent"
    SEEN = "seen"
    IN_PROGRESS = "in_progress"
    SIGNING = "signing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"
    REVOKED = "revoked"
    EXPIRED = "expired"


class SignerRule(StrEnum):
    """Whether one of the named signers suffices."""

    ANY = "any"
    ALL = "all"


class Form(Row, table=True):
    """A form of a practice; its contents are in its versions. `key` names a built-in one."""

    __tablename__ = "form"
    __table_args__ = (owned("form"),)
    organization_id: UUID = organization_key()
    title: str = Field(max_length=200)
    key: str = Field(default="", max_length=80)
    created_at: datetime = moment()
    archived_at: datetime | None = moment_or_none()


class FormVersion(Row, table=True):
    """One published state of a form: a FHIR R4 Questionnaire, byte for byte as it came in, and never changed."""

    __tablename__ = "form_version"
    __table_args__ = (
        owned("form_version"),
        within_organization("form_id", "form"),
        UniqueConstraint("form_id", "number"),
    )
    organization_id: UUID = organization_key()
    form_id: UUID
    number: int
    questionnaire: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str = Field(max_length=64)
    published_at: datetime = moment()
    published_by: UUID | None = Field(default=None, foreign_key="account.id")


class FormAssignment(Row, table=True):
    """A form sent about one client. `revision` counts every stored answer; it orders live updates.

    Who is asked to sign is in AssignmentSigner. `only_signers`: nobody else on the client's side sees the form at all.
    `packet` is the same for all forms that were sent together.
    """

    __tablename__ = "form_assignment"
    __table_args__ = (
        owned("form_assignment"),
        within_organization("client_id", "client"),
        within_organization("form_version_id", "form_version"),
        Index(None, "organization_id", "status", "submitted_at"),
        Index(None, "client_id", "status"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    form_version_id: UUID
    status: AssignmentStatus = word(AssignmentStatus, AssignmentStatus.SENT)
    signer_rule: SignerRule = word(SignerRule, SignerRule.ANY)
    due_on: date | None = None
    revision: int = 0
    sent_at: datetime = moment()
    sent_by: UUID | None = Field(default=None, foreign_key="account.id")
    seen_at: datetime | None = moment_or_none()
    started_at: datetime | None = moment_or_none()
    submitted_at: datetime | None = moment_or_none()
    completed_at: datetime | None = moment_or_none()
    revoked_at: datetime | None = moment_or_none()
    returned_at: datetime | None = moment_or_none()
    reminded_at: datetime | None = moment_or_none()
    expired_at: datetime | None = moment_or_none()
    only_signers: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    needs_countersign: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    packet: UUID | None = None


class AssignmentSigner(Row, table=True):
    """Who is asked to sign a form: the client (`contact_id` empty) or one contact."""

    __tablename__ = "assignment_signer"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        within_organization("contact_id", "contact"),
        UniqueConstraint("assignment_id", "contact_id"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    contact_id: UUID | None = None


class FormAnswer(Row, table=True):
    """One revision of one answer; rows are never changed but for `is_current`.

    `path` is the item's linkId path, `instance` the place in a repetition. `operation_id` is made by the browser, so
    that applying it twice is applying it once. `value` is sealed JSON: a list of FHIR answer values, [] when cleared.
    """

    __tablename__ = "form_answer"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        UniqueConstraint("assignment_id", "operation_id"),
        UniqueConstraint("assignment_id", "path", "instance", "revision"),
        Index(
            "uq_form_answer_current",
            "assignment_id",
            "path",
            "instance",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    path: str = Field(max_length=500)
    instance: int = 0
    revision: int
    operation_id: UUID
    is_current: bool = True
    author_id: UUID = Field(foreign_key="account.id")
    value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = moment()


class FormResponse(Row, table=True):
    """A frozen answer sheet: sealed canonical JSON of a QuestionnaireResponse, and its SHA-256."""

    __tablename__ = "form_response"
    __table_args__ = (
        owned("form_response"),
        within_organization("assignment_id", "form_assignment"),
        UniqueConstraint("assignment_id", "number"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID
    number: int
    document: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=64)
    frozen_at: datetime = moment()
    frozen_by: UUID = Field(foreign_key="account.id")


class FormSignature(Row, table=True):
    """A signature under a frozen sheet. Name and capacity are sealed; they come from the session and the network.

    `drawing`, sealed too, is the path of a signature drawn by hand (rules_drawing); a typed name is always there.
    """

    __tablename__ = "form_signature"
    __table_args__ = (
        within_organization("assignment_id", "form_assignment"),
        within_organization("response_id", "form_response"),
        within_organization("contact_id", "contact"),
        UniqueConstraint("response_id", "account_id"),
    )
    organization_id: UUID = organization_key()
    assignment_id: UUID = Field(index=True)
    response_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    contact_id: UUID | None = None
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    capacity: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    drawing: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    sha256: str = Field(max_length=64)
    signed_at: datetime = moment()
