"""What can be offered to a client, and a therapist's hours and taken time: two statements for any number of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, Uuid, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy import Row as SqlRow
from sqlmodel import col
from sqlmodel import select as select_rows

from portal.access.permissions import CARE_ROLES
from portal.database import Work
from portal.models import (
    AddOn,
    Appointment,
    ClientRestriction,
    ClientTherapist,
    Hours,
    HoursKind,
    Location,
    Membership,
    Organization,
    OrganizationSetting,
    Service,
    ServiceTherapist,
    Subscription,
    TherapistProfile,
)
from portal.models.base import Moment
from portal.models.scheduling import TAKES_TIME
from portal.scheduling.rules import Terms
from portal.scheduling.rules_free import Span, Window
from portal.settings.catalog import CATALOG, SettingName

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of one therapist, as a client may ask for it."""

    therapist: Membership
    service: Service
    buffer_minutes: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Place:
    """A location of the practice, with the zone that counts there."""

    id: UUID
    name: str
    address: str
    zone: str


def term_columns(client_id: UUID | ColumnElement[UUID] | None) -> tuple[Any, ...]:
    """The practice's terms, for a statement in which Organization takes part; `terms_of` reads them."""
    return (
        col(Organization.name).label("practice_name"),
        col(Organization.zone).label("practice_zone"),
        col(Organization.phone).label("practice_phone"),
        _setting(SettingName.REQUEST_NOTICE_HOURS).label("request_hours"),
        _setting(SettingName.CANCEL_NOTICE_HOURS).label("cancel_hours"),
        _setting(SettingName.HIDE_LOCATION).label("hides"),
        _is_off(client_id, SettingName.HIDE_LOCATION).label("shows_anyway"),
    )


def terms_of(row: SqlRow[Any]) -> Terms:
    """Read the terms of a row."""
    return Terms(
        practice=row.practice_name,
        zone=row.practice_zone,
        phone=row.practice_phone,
        request_hours=int(_value(SettingName.REQUEST_NOTICE_HOURS, row.request_hours)),
        cancel_hours=int(_value(SettingName.CANCEL_NOTICE_HOURS, row.cancel_hours)),
        hides_address=_value(SettingName.HIDE_LOCATION, row.hides) is True and not row.shows_anyway,
    )


def _setting(name: SettingName) -> Any:
    row = select(col(OrganizationSetting.value)).where(
        col(OrganizationSetting.organization_id) == col(Organization.id), col(OrganizationSetting.name) == name.value
    )
    return row.correlate(Organization).scalar_subquery()


def _is_off(client_id: UUID | ColumnElement[UUID] | None, name: SettingName) -> Any:
    return exists().where(col(ClientRestriction.client_id) == client_id, col(ClientRestriction.setting) == name.value)


def _value(name: SettingName, stored: str | None) -> Any:
    return CATALOG[name].default if stored is None else json.loads(stored)


def is_subscribed(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Therapists who take requests: active, in a role that gives care, with the add-on running."""
    running = exists().where(
        col(Subscription.membership_id) == col(Membership.id),
        col(Subscription.add_on) == AddOn.SELF_SCHEDULING,
        col(Subscription.started_at) <= now,
        or_(col(Subscription.ended_at).is_(None), col(Subscription.ended_at) > now),
    )
    return and_(
        col(Membership.deactivated_at).is_(None),
        col(Membership.role).in_(sorted(CARE_ROLES)),
        running.correlate(Membership),
    )


async def list_offers(
    work: Work,
    organization_id: UUID,
    client_id: UUID,
    *,
    membership_id: UUID | None = None,
    service_id: UUID | None = None,
) -> list[Offer]:
    """List what a client may ask for, by therapist and name: assigned and subscribed therapists, bookable services."""
    named = {"organization": organization_id, "client": client_id, "now": work.now}
    if membership_id is not None:
        named["therapist"] = membership_id
    if service_id is not None:
        named["service"] = service_id
    rows = (await work.exec(_offers(of_one="therapist" in named, one="service" in named), params=named)).all()
    return [Offer(row.Membership, row.Service, row.buffer or 0, terms_of(row)) for row in rows]


@cache
def _offers(*, of_one: bool, one: bool) -> Any:
    """Build the statement once: everybody who looks for a time asks it, and everybody who asks for one."""
    query: Any = (
        select(
            Membership,
            Service,
            col(TherapistProfile.buffer_minutes).label("buffer"),
            *term_columns(bindparam("client", type_=Uuid())),
        )
        .join(ClientTherapist, col(ClientTherapist.membership_id) == col(Membership.id))
        .join(ServiceTherapist, col(ServiceTherapist.membership_id) == col(Membership.id))
        .join(Service, col(Service.id) == col(ServiceTherapist.service_id))
        .join(Organization, col(Organization.id) == col(Membership.organization_id))
        .outerjoin(TherapistProfile, col(TherapistProfile.membership_id) == col(Membership.id))
        .where(
            col(Membership.organization_id) == bindparam("organization"),
            col(ClientTherapist.client_id) == bindparam("client"),
            col(Service.is_bookable),
            col(Service.archived_at).is_(None),
            is_subscribed(bindparam("now", type_=Moment())),
        )
        .order_by(col(Membership.name), col(Membership.id), col(Service.name), col(Service.id))
    )
    if of_one:
        query = query.where(col(Membership.id) == bindparam("therapist"))
    return query.where(col(Service.id) == bindparam("service")) if one else query


async def list_windows(
    work: Work, membership_ids: Sequence[UUID], first_day: date
) -> tuple[dict[UUID, list[Window]], dict[UUID, Place]]:
    """List the hours of some therapists from a day on, and the locations that they name."""
    named = {"therapists": list(membership_ids), "since": first_day - _DAY}
    windows: dict[UUID, list[Window]] = {each: [] for each in membership_ids}
    places: dict[UUID, Place] = {}
    for hours, location, zone in (await work.exec(_windows(), params=named)).all():
        if hours.location_id is not None and location is None:
            continue
        here = location.zone or zone if location else zone
        if location is not None:
            places[location.id] = Place(location.id, location.name, location.address, here)
        windows[hours.membership_id].append(_window(hours, here))
    return windows, places


@cache
def _windows() -> Any:
    query: Any = (
        select(Hours, Location, col(Organization.zone).label("zone"))
        .join(Organization, col(Organization.id) == col(Hours.organization_id))
        .outerjoin(Location, and_(col(Location.id) == col(Hours.location_id), col(Location.archived_at).is_(None)))
    )
    still = or_(col(Hours.kind) == HoursKind.WEEKLY, col(Hours.last_day) >= bindparam("since"))
    return query.where(_one_of(Hours.membership_id), still).order_by(col(Hours.id))


def _one_of(column: Any) -> ColumnElement[bool]:
    return col(column).in_(bindparam("therapists", expanding=True))


def _window(hours: Hours, zone: str) -> Window:
    return Window(
        kind=hours.kind,
        zone=zone,
        weekday=hours.weekday,
        first_day=hours.first_day,
        last_day=hours.last_day,
        starts=hours.starts,
        ends=hours.ends,
        location_id=hours.location_id,
        by_video=hours.by_video,
        service_id=hours.service_id,
    )


async def list_taken(
    work: Work, membership_ids: Sequence[UUID], earliest: datetime, latest: datetime, *, but: UUID | None = None
) -> dict[UUID, list[Span]]:
    """List the time that confirmed appointments take from some therapists, leaving one appointment out of account.

    There are many rows and few therapists: a UUID made for each row would take more time than everything else.
    """
    named = {"therapists": list(membership_ids), "earliest": earliest - _DAY, "latest": latest + _DAY}
    if but is not None:
        named["but"] = but
    taken: dict[str, list[Span]] = {each.hex: [] for each in membership_ids}
    rows = (await work.exec(_taken(leaves_out=but is not None), params=named)).all()
    for therapist_hex, starts_at, ends_at in rows:
        taken[therapist_hex].append((starts_at, ends_at))
    return {each: taken[each.hex] for each in membership_ids}


@cache
def _taken(*, leaves_out: bool) -> Any:
    starts_at = col(Appointment.starts_at)
    therapist = func.replace(cast(col(Appointment.membership_id), String), "-", "")
    query: Any = select(therapist, starts_at, col(Appointment.ends_at)).where(
        _one_of(Appointment.membership_id),
        starts_at > bindparam("earliest"),
        starts_at < bindparam("latest"),
        col(Appointment.status).in_(TAKES_TIME),
    )
    return query.where(col(Appointment.id) != bindparam("but")) if leaves_out else query


async def lock_chair(work: Work, organization_id: UUID, membership_id: UUID) -> TherapistProfile | None:
    """Let nobody else give this therapist's time away until the unit ends; None when there is no profile yet."""
    query = select_rows(TherapistProfile).where(
        TherapistProfile.organization_id == organization_id, TherapistProfile.membership_id == membership_id
    )
    return (await work.exec(query.with_for_update())).one_or_none()


async def find_terms(work: Work, organization_id: UUID, client_id: UUID | None) -> Terms:
    """Find what a practice asks for."""
    query: Any = select(*term_columns(client_id)).where(col(Organization.id) == organization_id)
    return terms_of((await work.exec(query)).one())
