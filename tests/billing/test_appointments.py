"""Charges are born when an appointment was kept, at the agreed fee, and taken back when it was not."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.billing import queries
from portal.errors import Conflict
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentStatus,
    Charge,
    ClientFee,
    Service,
    TherapistProfile,
)
from portal.scheduling.service_staff import delete_appointment, mark_appointment
from tests.billing.conftest import Shop
from tests.factories import as_staff
from tests.people import Human


async def held(shop: Shop, tess: Human, client: Human) -> UUID:
    """An appointment of yesterday."""
    async with shop.database.unit_of_work() as work:
        assert client.client
        harbor = client.client.organization_id
        service = Service(organization_id=harbor, name="Therapy", minutes=50, price_cents=12000, currency="USD")
        chair = TherapistProfile(organization_id=harbor, membership_id=tess.membership_id, chair=77)
        work.add_all([service, chair])
        await work.flush()
        starts = work.now - timedelta(days=1)
        made = Appointment(
            organization_id=harbor,
            membership_id=tess.membership_id,
            chair=77,
            service_id=service.id,
            by_video=True,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=50),
            zone="America/New_York",
            wall="2026-11-23T10:00",
            price_cents=12000,
            currency="USD",
            created_at=work.now,
        )
        work.add(made)
        await work.flush()
        work.add(AppointmentAttendee(organization_id=harbor, appointment_id=made.id, client_id=client.client_id))
    return made.id


async def mark(shop: Shop, who: Human, appointment_id: UUID, status: AppointmentStatus) -> None:
    async with as_staff(shop.database, who, StaffTask.APPOINTMENTS) as (work, access):
        one = await work.get_one(Appointment, appointment_id)
        await mark_appointment(work, access, appointment_id=one.id, revision=one.revision, status=status)


async def worth(shop: Shop, appointment_id: UUID) -> list[int]:
    async with shop.database.unit_of_work(writes=False) as work:
        charges = (await work.exec(select(Charge).where(Charge.appointment_id == appointment_id))).all()
        return [
            (await queries.lines_of(work, charge.organization_id, [charge.id]))[charge.id].worth for charge in charges
        ]


@pytest.mark.parametrize(("fee", "expected"), [(None, 12000), (2500, 2500)])
async def test_kept_is_charged_once_at_what_was_agreed(
    shop: Shop, tess: Human, milo: Human, fee: int | None, expected: int
) -> None:
    appointment_id = await held(shop, tess, milo)
    if fee is not None:
        async with shop.database.unit_of_work() as work:
            assert milo.client
            harbor = milo.client.organization_id
            work.add(ClientFee(organization_id=harbor, client_id=milo.client_id, cents=fee, changed_at=work.now))
    await mark(shop, tess, appointment_id, AppointmentStatus.KEPT)
    assert await worth(shop, appointment_id) == [expected]
    await mark(shop, tess, appointment_id, AppointmentStatus.NO_SHOW)
    assert await worth(shop, appointment_id) == [0]
    await mark(shop, tess, appointment_id, AppointmentStatus.KEPT)
    assert await worth(shop, appointment_id) == [expected]


async def test_what_was_charged_is_not_removed(shop: Shop, tess: Human, milo: Human) -> None:
    appointment_id = await held(shop, tess, milo)
    await mark(shop, tess, appointment_id, AppointmentStatus.KEPT)
    with pytest.raises(Conflict):
        async with as_staff(shop.database, tess, StaffTask.APPOINTMENTS) as (work, access):
            one = await work.get_one(Appointment, appointment_id)
            await delete_appointment(work, access, appointment_id=one.id, revision=one.revision)
