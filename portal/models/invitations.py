"""Invitations to a login, the words they are sent with, and strangers who ask to join."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class JoinStatus(StrEnum):
    """What the practice decided about a stranger who asks to join."""

    WAITING = "waiting"
    SAME_PERSON = "same_person"
    NEW_CLIENT = "new_client"
    REJECTED = "rejected"


class Invitation(Row, table=True):
    """A link, mailed to one client, contact or staff member, that gives them their login; its id is the JWT's `jti`.

    It works once, until `expires_at`. `opened_at` is set by the button of its page, never by opening the address.
    `message` is sealed, with its placeholders. `mail_key` is the dedupe key of its mail. `about_client_id` is the
    client for whom a contact is invited. `operation_id` is made by the browser, so that sending twice is sending once.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        owned("invitation"),
        within_organization("client_id", "client"),
        within_organization("contact_id", "contact"),
        within_organization("membership_id", "membership"),
        within_organization("about_client_id", "client"),
        CheckConstraint(
            "(client_id IS NOT NULL AND contact_id IS NULL AND membership_id IS NULL)"
            " OR (client_id IS NULL AND contact_id IS NOT NULL AND membership_id IS NULL)"
            " OR (client_id IS NULL AND contact_id IS NULL AND membership_id IS NOT NULL)",
            name="one_person",
        ),
    )
    organization_id: UUID = organization_key()
    client_id: UUID | None = Field(default=None, index=True)
    contact_id: UUID | None = Field(default=None, index=True)
    membership_id: UUID | None = Field(default=None, index=True)
    about_client_id: UUID | None = None
    email: str = Field(max_length=254)
    token_hash: str = Field(max_length=64, unique=True)
    message: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    mail_key: str = Field(max_length=120, unique=True)
    operation_id: UUID
    birth_date_tries: int = 0
    sent_at: datetime = moment()
    sent_by: UUID | None = Field(default=None, foreign_key="account.id")
    expires_at: datetime = moment()
    opened_at: datetime | None = moment_or_none()
    accepted_at: datetime | None = moment_or_none()
    accepted_by: UUID | None = Field(default=None, foreign_key="account.id")
    revoked_at: datetime | None = moment_or_none()
    replaced_at: datetime | None = moment_or_none()


class InvitationForm(Row, table=True):
    """A form that an invitation leads to: it was sent with the invitation, or stood on the client's list already."""

    __tablename__ = "invitation_form"
    __table_args__ = (
        within_organization("invitation_id", "invitation"),
        within_organization("assignment_id", "form_assignment"),
        UniqueConstraint("invitation_id", "assignment_id"),
    )
    organization_id: UUID = organization_key()
    invitation_id: UUID
    assignment_id: UUID


class InvitationTemplate(Row, table=True):
    """Words for invitations that a practice keeps, with placeholders."""

    __tablename__ = "invitation_template"
    __table_args__ = (owned("invitation_template"), UniqueConstraint("organization_id", "name"))
    organization_id: UUID = organization_key()
    name: str = Field(max_length=80)
    body: str = Field(sa_column=Column(Text, nullable=False))
    changed_at: datetime = moment()
    changed_by: UUID | None = Field(default=None, foreign_key="account.id")


class JoinRequest(Row, table=True):
    """What a stranger wrote on a practice's join page; nothing follows before staff decide. `note` is sealed."""

    __tablename__ = "join_request"
    __table_args__ = (
        owned("join_request"),
        within_organization("client_id", "client"),
        Index(None, "organization_id", "status", "created_at"),
    )
    organization_id: UUID = organization_key()
    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    birth_date: date | None = None
    phone: str = Field(default="", max_length=40)
    note: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    status: JoinStatus = word(JoinStatus, JoinStatus.WAITING)
    client_id: UUID | None = None
    created_at: datetime = moment()
    decided_at: datetime | None = moment_or_none()
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
