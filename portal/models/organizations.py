"""The practice, its places, its people and what it decided."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field

from portal.models.base import (
    Row,
    Word,
    moment,
    moment_or_none,
    organization_key,
    owned,
    within_organization,
    word,
)


class Role(StrEnum):
    """What a staff member is employed as."""

    ADMIN = "admin"
    THERAPIST = "therapist"
    BILLER = "biller"
    FRONT_DESK = "front_desk"


class AddOn(StrEnum):
    """What a practice buys for one therapist."""

    MESSAGING = "messaging"
    SELF_SCHEDULING = "self_scheduling"


class Colour(StrEnum):
    """The colours that a practice's mails can have. Each is readable in light and dark: see notifications.colours."""

    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    ROSE = "rose"
    GREEN = "green"
    SAND = "sand"


class VideoPlace(StrEnum):
    """Where clients are during a session by video, by the code that insurers have for it."""

    HOME = "10"
    ELSEWHERE = "02"


class Organization(Row, table=True):
    """A practice. `majority_age` is the birthday on which grants of parents and guardians end.

    `colour` is that of its mails, the portal's own without one; `answering_hours` says in the practice's own words when
    messages are answered. `ein`, `npi`, `billing_address` and `video_place` are what superbills say of the practice.
    """

    __tablename__ = "organization"
    slug: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=120)
    zone: str = Field(max_length=60)
    currency: str = Field(max_length=3)
    phone: str = Field(default="", max_length=40)
    colour: Colour | None = Field(default=None, sa_column=Column(Word(Colour), nullable=True))
    answering_hours: str | None = Field(default=None, max_length=300)
    majority_age: int = 18
    ein: str | None = Field(default=None, max_length=10)
    npi: str | None = Field(default=None, max_length=10)
    billing_address: str | None = Field(default=None, max_length=400)
    video_place: VideoPlace = Field(
        default=VideoPlace.HOME, sa_column=Column(Word(VideoPlace), nullable=False, server_default=VideoPlace.HOME)
    )
    card_processing_connected_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class Location(Row, table=True):
    """A place of the practice. `zone` falls back to the organization's."""

    __tablename__ = "location"
    __table_args__ = (owned("location"),)
    organization_id: UUID = organization_key()
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=400)
    zone: str | None = Field(default=None, max_length=60)
    archived_at: datetime | None = moment_or_none()


class Membership(Row, table=True):
    """A staff member of a practice. `number` is small and unique: exclusion constraints need an integer.

    `licence` ("LMHC, NY 012345") and `npi` are what insurers want to know of who gives care; empty while not entered.
    """

    __tablename__ = "membership"
    __table_args__ = (
        owned("membership"),
        UniqueConstraint("organization_id", "account_id"),
        UniqueConstraint("organization_id", "number"),
    )
    organization_id: UUID = organization_key()
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    number: int
    role: Role = word(Role)
    name: str = Field(max_length=120)
    email: str = Field(max_length=254)
    licence: str | None = Field(default=None, max_length=120)
    npi: str | None = Field(default=None, max_length=10)
    deactivated_at: datetime | None = moment_or_none()
    created_at: datetime = moment()


class Subscription(Row, table=True):
    """An add-on bought for one therapist, from `started_at` until `ended_at`."""

    __tablename__ = "subscription"
    __table_args__ = (within_organization("membership_id", "membership"), Index(None, "membership_id", "add_on"))
    organization_id: UUID = organization_key()
    membership_id: UUID
    add_on: AddOn = word(AddOn)
    started_at: datetime = moment()
    ended_at: datetime | None = moment_or_none()


class OrganizationSetting(Row, table=True):
    """One decision of a practice. `value` is JSON; a setting without a row has the catalogue's default."""

    __tablename__ = "organization_setting"
    __table_args__ = (UniqueConstraint("organization_id", "name"),)
    organization_id: UUID = organization_key()
    name: str = Field(max_length=60)
    value: str = Field(max_length=200)
    changed_at: datetime = moment()
    changed_by: UUID | None = Field(default=None, foreign_key="account.id")
