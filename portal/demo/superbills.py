"""What superbills need, in the demo: codes and NPIs at Harbor, a diagnosis, and the sessions that were charged.

Milo has no diagnosis, so that his page says what is missing. All numbers are invented; the NPIs pass their check.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import select

from portal.billing.superbills.sealing import seal_codes
from portal.database import Work
from portal.demo.people import Cast
from portal.kit.ids import new_id
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentStatus,
    ClientDiagnosis,
    Location,
    Membership,
    Organization,
    Service,
)
from portal.scheduling.rules_time import moments_of, wall_of

_CODES = {"Individual therapy": "90834", "Family session": "90847", "First visit": "90791"}
# client, days ago, at what time, by video
_SESSIONS = (
    ("casey", 36, time(18), False),
    ("casey", 22, time(18), False),
    ("casey", 15, time(18), False),
    ("casey", 8, time(18), True),
    ("milo", 15, time(19), False),
    ("milo", 8, time(19), False),
)
_CHAIR = 1


async def load_superbills(work: Work, cast: Cast) -> Mapping[tuple[str, int], UUID]:
    """Enter what insurers ask for; returns sessions with Tess, by whose they were and how many days ago."""
    harbor = await work.get_one(Organization, cast.harbor.id)
    tess = await work.get_one(Membership, cast.staff["tess"].id)
    harbor.ein, harbor.npi = "12-3456789", "1497758544"
    harbor.billing_address = "14 Pier Street, New York, NY 10004"
    tess.licence, tess.npi = "LMHC, NY 012345", "1234567893"
    services = (await work.exec(select(Service).where(Service.organization_id == harbor.id))).all()
    for service in services:
        service.procedure_code = _CODES[service.name]
    work.add_all([harbor, tess, *services])
    individual = next(one for one in services if one.name == "Individual therapy")
    office = (await work.exec(select(Location).where(Location.organization_id == harbor.id))).one()
    held = {
        (name, days): await _session(
            work, cast, individual, None if by_video else office.id, cast.clients[name].id, days, at
        )
        for name, days, at, by_video in _SESSIONS
    }
    await _diagnose(work, cast, (work.now - timedelta(days=60)).date())
    return held


async def _session(
    work: Work, cast: Cast, service: Service, location_id: UUID | None, client_id: UUID, days: int, at: time
) -> UUID:
    """Store a session of Tess's that was kept, some days ago in the evening."""
    zone, day = cast.harbor.zone, (work.now - timedelta(days=days)).date()
    starts_at = moments_of(datetime.combine(day, at), zone)[0]
    one = Appointment(
        id=new_id(),
        organization_id=cast.harbor.id,
        membership_id=cast.staff["tess"].id,
        chair=_CHAIR,
        service_id=service.id,
        location_id=location_id,
        by_video=location_id is None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.minutes),
        zone=zone,
        wall=wall_of(starts_at, zone),
        status=AppointmentStatus.KEPT,
        price_cents=service.price_cents,
        currency=service.currency,
        created_at=starts_at - timedelta(days=14),
        created_by=cast.accounts["tess"].id,
    )
    work.add(one)
    await work.flush()
    work.add(AppointmentAttendee(organization_id=cast.harbor.id, appointment_id=one.id, client_id=client_id))
    await work.flush()
    return one.id


async def _diagnose(work: Work, cast: Cast, first_day: date) -> None:
    row_id = new_id()
    work.add(
        ClientDiagnosis(
            id=row_id,
            organization_id=cast.harbor.id,
            client_id=cast.clients["casey"].id,
            first_day=first_day,
            codes=seal_codes(work.ring, row_id, ("F41.1",)),
            written_at=work.now - timedelta(days=60),
            written_by=cast.accounts["tess"].id,
        )
    )
    await work.flush()
