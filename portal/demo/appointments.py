"""Three weeks of a believable practice: services, hours, kept and coming appointments, and requests that wait.

Requests and decisions go through the gate and the services, as if people had clicked; the past is stored as it was.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from portal.access.gate import open_client
from portal.database import Work
from portal.demo.people import Cast
from portal.kit.clock import today_in
from portal.kit.ids import new_id
from portal.kit.tokens import new_token, token_hash
from portal.models import (
    Account,
    Appointment,
    AppointmentAttendee,
    AppointmentStatus,
    Hours,
    HoursKind,
    Location,
    Organization,
    Permission,
    Service,
    ServiceTherapist,
    Session,
    TherapistProfile,
)
from portal.scheduling.rules_time import moments_of, wall_of
from portal.scheduling.service_offers import Wish, open_booking
from portal.scheduling.service_requests import Asked, request_appointment

_INDIVIDUAL, _FAMILY, _FIRST = "Individual therapy", "Family session", "First visit"
_SERVICES = ((_INDIVIDUAL, 50, 15000, True), (_FAMILY, 80, 21000, False), (_FIRST, 50, 18000, True))
# therapist, weekday, from, to, in the office (else by video)
_HOURS = (
    ("tess", 0, 9, 12, True),
    ("tess", 0, 13, 17, True),
    ("tess", 2, 9, 12, False),
    ("tess", 2, 13, 18, False),
    ("tess", 3, 10, 16, True),
    ("noah", 1, 9, 17, True),
    ("noah", 4, 9, 13, True),
    ("theo", 0, 10, 16, True),
    ("theo", 2, 10, 16, True),
)
# therapist, clients, service, weekday, hour: every week, a week back, this week, and next week
_REGULAR = (
    ("tess", ("casey",), _INDIVIDUAL, 0, 9),
    ("tess", ("milo",), _INDIVIDUAL, 0, 15),
    ("tess", ("tara",), _INDIVIDUAL, 2, 16),
    ("tess", ("milo", "tara"), _FAMILY, 3, 10),
    ("tess", ("omar",), _INDIVIDUAL, 3, 13),
    ("noah", ("morgan",), _INDIVIDUAL, 1, 10),
    ("noah", ("gina",), _INDIVIDUAL, 4, 9),
    ("theo", ("quinn",), _INDIVIDUAL, 0, 11),
)
_ODD = {(-1, "omar"): AppointmentStatus.NO_SHOW, (-1, "tara"): AppointmentStatus.LATE_CANCELLED}
_BUFFER = 10


async def load_appointments(work: Work, cast: Cast) -> None:
    """Give both practices services and hours, fill three weeks, and let people ask for times."""
    services = {one.id: _services(work, one) for one in (cast.harbor, cast.lakeside)}
    await work.flush()
    places = {place.organization_id: place for place in (await work.exec(select(Location))).all()}
    for chair, name in enumerate(("tess", "noah", "theo"), 1):
        await _therapist(work, cast, name, chair, services)
    for row in _HOURS:
        _hours(work, cast, places, *row)
    await work.flush()
    monday = _monday(today_in(cast.harbor.zone, work.now))
    for week in (-1, 0, 1):
        for regular in _REGULAR:
            await _appointment(work, cast, services, places, monday + timedelta(weeks=week), week, *regular)
    await _ask(work, cast, "casey", "casey", "After work would be best. Thank you!", 3)
    await _ask(work, cast, "gina", "milo", "Milo has no school that day.", 3)
    await _ask(work, cast, "tara", "tara", "", 8)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _services(work: Work, practice: Organization) -> dict[str, Service]:
    made = {
        name: Service(
            organization_id=practice.id,
            name=name,
            minutes=minutes,
            price_cents=cents,
            currency=practice.currency,
            by_video=by_video,
        )
        for name, minutes, cents, by_video in _SERVICES
    }
    work.add_all(made.values())
    return made


async def _therapist(work: Work, cast: Cast, name: str, chair: int, services: dict[UUID, dict[str, Service]]) -> None:
    member = cast.staff[name]
    for service in services[member.organization_id].values():
        work.add(
            ServiceTherapist(organization_id=member.organization_id, service_id=service.id, membership_id=member.id)
        )
    work.add(
        TherapistProfile(
            organization_id=member.organization_id,
            membership_id=member.id,
            chair=chair,
            buffer_minutes=_BUFFER,
            video_link=f"https://video.example/{name}",
        )
    )


def _hours(
    work: Work, cast: Cast, places: dict[UUID, Location], name: str, weekday: int, first: int, last: int, office: bool
) -> None:
    member = cast.staff[name]
    work.add(
        Hours(
            organization_id=member.organization_id,
            membership_id=member.id,
            kind=HoursKind.WEEKLY,
            weekday=weekday,
            starts=time(first),
            ends=time(last),
            location_id=places[member.organization_id].id if office else None,
            by_video=not office,
        )
    )


async def _appointment(
    work: Work,
    cast: Cast,
    services: dict[UUID, dict[str, Service]],
    places: dict[UUID, Location],
    monday: date,
    week: int,
    therapist: str,
    clients: tuple[str, ...],
    name: str,
    weekday: int,
    hour: int,
) -> None:
    member = cast.staff[therapist]
    practice = cast.harbor if member.organization_id == cast.harbor.id else cast.lakeside
    service, chairs = services[practice.id][name], {"tess": 1, "noah": 2, "theo": 3}
    starts_at = moments_of(datetime.combine(monday + timedelta(days=weekday), time(hour)), practice.zone)[0]
    ends_at = starts_at + timedelta(minutes=service.minutes)
    by_video = therapist == "tess" and weekday == 2
    past = AppointmentStatus.KEPT if ends_at < work.now else AppointmentStatus.CONFIRMED
    one = Appointment(
        id=new_id(),
        organization_id=practice.id,
        membership_id=member.id,
        chair=chairs[therapist],
        service_id=service.id,
        location_id=None if by_video else places[practice.id].id,
        by_video=by_video,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=practice.zone,
        wall=wall_of(starts_at, practice.zone),
        status=_ODD.get((week, clients[0]), past) if ends_at < work.now else past,
        price_cents=service.price_cents,
        currency=service.currency,
        created_at=starts_at - timedelta(days=14),
        created_by=cast.accounts[therapist].id,
    )
    await _store(work, one, [cast.clients[client].id for client in clients])


async def _store(work: Work, one: Appointment, client_ids: list[UUID]) -> None:
    work.add(one)
    await work.flush()
    work.add_all(
        AppointmentAttendee(organization_id=one.organization_id, appointment_id=one.id, client_id=client_id)
        for client_id in client_ids
    )
    await work.flush()


async def _ask(work: Work, cast: Cast, person: str, client: str, note: str, place: int) -> None:
    """Ask for a free time in the office, some way down the list."""
    async with _signed_in(work, cast.accounts[person]) as session_hash:
        access = await open_client(work, session_hash, cast.clients[client].id, Permission.SCHEDULING)
        service = await _service(work, cast.harbor.id)
        office = (await work.exec(select(Location).where(Location.organization_id == cast.harbor.id))).one()
        wish = Wish(cast.staff["tess"].id, service, office.id)
        starts = (await open_booking(work, access, wish)).starts
        if len(starts) > place:
            await request_appointment(work, access, asked=Asked(new_id(), wish, starts[place], note))


async def _service(work: Work, organization_id: UUID) -> UUID:
    query: Any = select(col(Service.id)).where(Service.organization_id == organization_id, Service.name == _INDIVIDUAL)
    found: UUID = (await work.exec(query)).one()
    return found


@asynccontextmanager
async def _signed_in(work: Work, account: Account) -> AsyncIterator[str]:
    """Sign somebody in for a moment, without a trace; yields the session's hash, as the gate wants it."""
    hashed = token_hash(new_token())
    session = Session(account_id=account.id, token_hash=hashed, created_at=work.now, touched_at=work.now)
    work.add(session)
    await work.flush()
    yield hashed
    await work.delete(session)
    await work.flush()
