"""Who receives care, who looks after them, and what each contact may do."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from portal.kit.text import fold
from portal.models.base import (
    Row,
    by_code_point,
    moment,
    moment_or_none,
    organization_key,
    owned,
    within_organization,
    word,
)

_SORT_KEY = 200
_SEARCH_WORD = 120


class Permission(StrEnum):
    """What a grant can allow."""

    FORMS = "forms"
    PAYMENTS = "payments"
    SCHEDULING = "scheduling"
    MESSAGING = "messaging"
    INSURANCE = "insurance"


class Basis(StrEnum):
    """Why a contact may act for a client."""

    PARENT = "parent"
    LEGAL_GUARDIAN = "legal_guardian"
    AGENCY = "agency"
    POWER_OF_ATTORNEY = "power_of_attorney"
    PAYER_ONLY = "payer_only"
    OTHER = "other"


def sort_key(family_name: str, given_name: str) -> str:
    """Return the text by which lists of people are ordered: family name, given name, without case and accents."""
    return f"{fold(family_name)}\x1f{fold(given_name)}"[:_SORT_KEY]


def _new_sort_key(context: Any) -> str:
    row: Mapping[str, str] = context.get_current_parameters()
    return sort_key(row["family_name"], row["given_name"])


class Client(Row, table=True):
    """Somebody who receives care. `account_id` is empty for a child without a login.

    `sort_key` is filled in for new rows; who changes a name changes it too.
    """

    __tablename__ = "client"
    __table_args__ = (
        owned("client"),
        UniqueConstraint("organization_id", "account_id"),
        Index("ix_client_in_order", "organization_id", "sort_key", "id"),
        Index("ix_client_born", "organization_id", "birth_date"),
    )
    organization_id: UUID = organization_key()
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    sort_key: str = Field(
        default=None, sa_column=Column(by_code_point(_SORT_KEY), nullable=False, default=_new_sort_key)
    )
    birth_date: date | None = None
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    created_at: datetime = moment()
    archived_at: datetime | None = moment_or_none()


class ClientSearchWord(SQLModel, table=True):
    """One word by which a client is found: part of a name, an e-mail address or a phone number, folded.

    Searching is a range of words by code point, so that both databases use the index.
    """

    __tablename__ = "client_search_word"
    __table_args__ = (
        within_organization("client_id", "client"),
        Index("ix_client_search_word_prefix", "organization_id", "word", "client_id"),
    )
    organization_id: UUID = Field(foreign_key="organization.id")
    client_id: UUID = Field(primary_key=True)
    word: str = Field(sa_column=Column(by_code_point(_SEARCH_WORD), primary_key=True))


class ClientTherapist(Row, table=True):
    """A therapist assigned to a client."""

    __tablename__ = "client_therapist"
    __table_args__ = (
        within_organization("client_id", "client"),
        within_organization("membership_id", "membership"),
        UniqueConstraint("client_id", "membership_id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    membership_id: UUID = Field(index=True)
    created_at: datetime = moment()


class ClientRestriction(Row, table=True):
    """A setting that is switched off for one client (`setting` is a name of the catalogue). Never switches on."""

    __tablename__ = "client_restriction"
    __table_args__ = (within_organization("client_id", "client"), UniqueConstraint("client_id", "setting"))
    organization_id: UUID = organization_key()
    client_id: UUID
    setting: str = Field(max_length=60)
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class Contact(Row, table=True):
    """A person in the contact networks of one practice; may serve several clients, may be a client too."""

    __tablename__ = "contact"
    __table_args__ = (
        owned("contact"),
        within_organization("client_id", "client"),
        UniqueConstraint("organization_id", "account_id"),
    )
    organization_id: UUID = organization_key()
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    client_id: UUID | None = None
    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    created_at: datetime = moment()
    archived_at: datetime | None = moment_or_none()


class ContactSearchWord(SQLModel, table=True):
    """One word by which a person in a contact network is found; as for clients."""

    __tablename__ = "contact_search_word"
    __table_args__ = (
        within_organization("contact_id", "contact"),
        Index("ix_contact_search_word_prefix", "organization_id", "word", "contact_id"),
    )
    organization_id: UUID = Field(foreign_key="organization.id")
    contact_id: UUID = Field(primary_key=True)
    word: str = Field(sa_column=Column(by_code_point(_SEARCH_WORD), primary_key=True))


class ContactLink(Row, table=True):
    """That a contact is in a client's network, and as what ("mother", "caseworker")."""

    __tablename__ = "contact_link"
    __table_args__ = (
        within_organization("client_id", "client"),
        within_organization("contact_id", "contact"),
        UniqueConstraint("client_id", "contact_id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    contact_id: UUID = Field(index=True)
    relationship: str = Field(max_length=60)
    created_at: datetime = moment()


class Grant(Row, table=True):
    """One permission of one contact for one client, on the days from `first_day` to `last_day` in the practice's zone.

    `assignment_id` narrows a FORMS grant to one form (a named signer). `renewed_at` is set when the client, come of
    age, kept a grant of a parent or guardian. `note` is sealed: a custody order may be told there.
    """

    __tablename__ = "contact_grant"
    __table_args__ = (
        within_organization("client_id", "client"),
        within_organization("contact_id", "contact"),
        within_organization("assignment_id", "form_assignment"),
        Index(None, "client_id", "contact_id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    contact_id: UUID = Field(index=True)
    permission: Permission = word(Permission)
    basis: Basis = word(Basis)
    first_day: date
    last_day: date | None = None
    assignment_id: UUID | None = None
    note: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    given_at: datetime = moment()
    given_by: UUID | None = Field(default=None, foreign_key="account.id")
    renewed_at: datetime | None = moment_or_none()
    ended_at: datetime | None = moment_or_none()
    ended_by: UUID | None = Field(default=None, foreign_key="account.id")
