"""When therapists work, what they offer, who asks for which time, and the appointments that come of it."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Connection, Index, LargeBinary, UniqueConstraint, event
from sqlmodel import Field

from portal.models.base import (
    Row,
    metadata,
    moment,
    moment_or_none,
    organization_key,
    owned,
    within_organization,
    word,
)

LONGEST_MINUTES = 480
"""No appointment is longer; whoever looks for what overlaps a moment need not look further back."""


class HoursKind(StrEnum):
    """What a row of hours says: every week, on some days in addition, or not on these days."""

    WEEKLY = "weekly"
    EXTRA = "extra"
    AWAY = "away"


class RequestStatus(StrEnum):
    """Where a request for an appointment stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AppointmentStatus(StrEnum):
    """Where an appointment stands. The first three take the therapist's time, the others have given it back."""

    CONFIRMED = "confirmed"
    KEPT = "kept"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"


TAKES_TIME = (AppointmentStatus.CONFIRMED, AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW)


class Service(Row, table=True):
    """What a practice offers ("Individual therapy", 50 minutes), where, and whether clients may ask for it.

    `procedure_code` is the CPT code by which insurers know it ("90834"), empty while nobody has entered one.
    """

    __tablename__ = "service"
    __table_args__ = (
        owned("service"),
        CheckConstraint(f"minutes BETWEEN 5 AND {LONGEST_MINUTES}", name="length"),
        CheckConstraint("price_cents >= 0", name="price"),
    )
    organization_id: UUID = organization_key()
    name: str = Field(max_length=120)
    minutes: int
    price_cents: int
    currency: str = Field(max_length=3)
    in_person: bool = True
    by_video: bool = False
    is_bookable: bool = True
    procedure_code: str | None = Field(default=None, max_length=5)
    archived_at: datetime | None = moment_or_none()


class ServiceTherapist(Row, table=True):
    """That a therapist offers a service."""

    __tablename__ = "service_therapist"
    __table_args__ = (
        within_organization("service_id", "service"),
        within_organization("membership_id", "membership"),
        UniqueConstraint("service_id", "membership_id"),
    )
    organization_id: UUID = organization_key()
    service_id: UUID
    membership_id: UUID = Field(index=True)


class TherapistProfile(Row, table=True):
    """How a therapist works. `chair` is a number of this installation, since an exclusion constraint needs one.

    The row is locked while the therapist's time is given away. `buffer_minutes` stay free around every appointment.
    """

    __tablename__ = "therapist_profile"
    __table_args__ = (
        within_organization("membership_id", "membership"),
        UniqueConstraint("membership_id"),
        CheckConstraint("buffer_minutes BETWEEN 0 AND 120", name="buffer"),
    )
    organization_id: UUID = organization_key()
    membership_id: UUID
    chair: int = Field(unique=True)
    buffer_minutes: int = 0
    video_link: str = Field(default="", max_length=300)


class Hours(Row, table=True):
    """Hours of a therapist, in wall time of the location's zone, or the practice's where there is no location.

    WEEKLY has a weekday (0 is Monday) and times, EXTRA days and times, AWAY days, with times for a part of each.
    Without a location they are by video alone; `by_video` says that they are also by video. Without a service all.
    """

    __tablename__ = "hours"
    __table_args__ = (
        owned("hours"),
        within_organization("membership_id", "membership"),
        within_organization("location_id", "location"),
        within_organization("service_id", "service"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("first_day <= last_day", name="days"),
        Index("ix_hours_of_therapist", "membership_id", "last_day"),
    )
    organization_id: UUID = organization_key()
    membership_id: UUID
    kind: HoursKind = word(HoursKind)
    weekday: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    location_id: UUID | None = None
    by_video: bool = False
    service_id: UUID | None = None


class Appointment(Row, table=True):
    """A time that is given away. `wall` is its start on the clock of `zone` ("2026-11-24T10:00"), as it was agreed.

    What a service costs and how long it is are kept as they were then. `sequence` counts what calendars have to learn.
    The database refuses two that overlap: an exclusion constraint on PostgreSQL, triggers on SQLite.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        owned("appointment"),
        within_organization("membership_id", "membership"),
        within_organization("service_id", "service"),
        within_organization("location_id", "location"),
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("ix_appointment_of_therapist", "membership_id", "starts_at"),
        Index("ix_appointment_of_practice", "organization_id", "starts_at"),
    )
    organization_id: UUID = organization_key()
    membership_id: UUID
    chair: int
    service_id: UUID
    location_id: UUID | None = None
    by_video: bool = False
    starts_at: datetime = moment()
    ends_at: datetime = moment()
    zone: str = Field(max_length=60)
    wall: str = Field(max_length=16)
    status: AppointmentStatus = word(AppointmentStatus, AppointmentStatus.CONFIRMED)
    revision: int = 1
    sequence: int = 0
    price_cents: int
    currency: str = Field(max_length=3)
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")
    ended_at: datetime | None = moment_or_none()
    ended_by: UUID | None = Field(default=None, foreign_key="account.id")


class AppointmentAttendee(Row, table=True):
    """A client whose appointment it is: one, or several for couples and families."""

    __tablename__ = "appointment_attendee"
    __table_args__ = (
        within_organization("appointment_id", "appointment"),
        within_organization("client_id", "client"),
        UniqueConstraint("client_id", "appointment_id"),
    )
    organization_id: UUID = organization_key()
    appointment_id: UUID = Field(index=True)
    client_id: UUID


class AppointmentRequest(Row, table=True):
    """Somebody asks for a time. It takes nobody's time: several may ask for the same, the first confirmation wins.

    `appointment_id` is what came of it; where `is_move` is set, what is to be moved. `note` and `message` are sealed.
    `previous_starts_at` and `previous_ends_at` are where a moved appointment was, so that it can be moved back.
    """

    __tablename__ = "appointment_request"
    __table_args__ = (
        owned("appointment_request"),
        within_organization("client_id", "client"),
        within_organization("membership_id", "membership"),
        within_organization("service_id", "service"),
        within_organization("location_id", "location"),
        within_organization("appointment_id", "appointment"),
        UniqueConstraint("client_id", "operation_id"),
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("ix_appointment_request_waiting", "organization_id", "status", "starts_at"),
        Index("ix_appointment_request_appointment", "appointment_id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    membership_id: UUID = Field(index=True)
    service_id: UUID
    location_id: UUID | None = None
    by_video: bool = False
    starts_at: datetime = moment()
    ends_at: datetime = moment()
    zone: str = Field(max_length=60)
    wall: str = Field(max_length=16)
    price_cents: int
    currency: str = Field(max_length=3)
    note: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    status: RequestStatus = word(RequestStatus, RequestStatus.REQUESTED)
    revision: int = 1
    operation_id: UUID
    is_move: bool = False
    appointment_id: UUID | None = None
    previous_starts_at: datetime | None = moment_or_none()
    previous_ends_at: datetime | None = moment_or_none()
    requested_at: datetime = moment()
    requested_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = moment_or_none()
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    message: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class RequestSuggestion(Row, table=True):
    """Another time that was offered when a request was declined."""

    __tablename__ = "request_suggestion"
    __table_args__ = (
        within_organization("request_id", "appointment_request"),
        UniqueConstraint("request_id", "starts_at"),
    )
    organization_id: UUID = organization_key()
    request_id: UUID
    starts_at: datetime = moment()
    ends_at: datetime = moment()


class CalendarFeed(Row, table=True):
    """A private address at which somebody's calendar program reads a client's appointments, until the row is gone.

    The token itself is only in that address; here is its SHA-256. What it opens is asked anew every time.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (within_organization("client_id", "client"), UniqueConstraint("client_id", "account_id"))
    organization_id: UUID = organization_key()
    client_id: UUID
    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = moment()


NO_OVERLAP = """
ALTER TABLE appointment ADD CONSTRAINT appointment_no_overlap EXCLUDE USING gist (
    int4range(chair, chair, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN ('confirmed', 'kept', 'no_show'))"""


@event.listens_for(metadata.tables["appointment"], "after_create")
def _keep_apart(_target: Any, connection: Connection, **_rest: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(NO_OVERLAP)
