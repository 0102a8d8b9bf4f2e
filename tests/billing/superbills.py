"""What tests of superbills do: take one as somebody, enter diagnoses, charge a session; each through the gate."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.billing import ledger
from portal.billing.superbills import service, service_diagnoses
from portal.billing.superbills.rules import Period, usual_period
from portal.billing.superbills.service import Superbill
from portal.billing.superbills.showing import gaps_of, superbill_paper
from portal.database import Database
from portal.kit.clock import today_in
from portal.kit.ids import new_id
from portal.models import Appointment, AppointmentStatus, Charge, Permission
from tests.factories import as_client, as_staff
from tests.people import Human


def days(database: Database) -> Period:
    return usual_period(today_in("America/New_York", database.clock()))


async def own(database: Database, who: Human, client: Human) -> Superbill:
    async with as_client(database, who, client, Permission.PAYMENTS) as (work, access):
        return await service.gather_own(work, access, period=days(database))


async def for_staff(database: Database, who: Human, client: Human) -> Superbill:
    async with as_staff(database, who, StaffTask.MONEY, client=client) as (work, access):
        return await service.gather_for_staff(work, access, period=days(database))


async def review(database: Database, who: Human, client: Human) -> list[str]:
    async with as_staff(database, who, StaffTask.MONEY, client=client) as (work, access):
        return gaps_of(await service.review(work, access, period=days(database)))


async def diagnose(database: Database, who: Human, client: Human, first_day: date, codes: str) -> None:
    async with as_staff(database, who, StaffTask.READ_ANSWERS, client=client) as (work, access):
        await service_diagnoses.save_diagnoses(work, access, first_day=first_day, codes=codes)


async def held(database: Database, who: Human, client: Human) -> list[tuple[str, ...]]:
    async with as_staff(database, who, StaffTask.READ_ANSWERS, client=client) as (work, access):
        return [one.codes for one in await service_diagnoses.list_diagnoses(work, access)]


async def charge_session(database: Database, client: Human, session: Appointment, cents: int) -> None:
    """Charge somebody for a session, as the demo does."""
    async with database.unit_of_work() as work:
        charge = Charge(
            id=new_id(),
            organization_id=session.organization_id,
            client_id=client.client_id,
            appointment_id=session.id,
            on_day=today_in(session.zone, session.starts_at),
            amount_cents=cents,
            currency="USD",
            created_at=work.now,
        )
        await ledger.write_charge(work, charge)


async def sessions(database: Database, status: AppointmentStatus | None = None) -> list[Appointment]:
    async with database.unit_of_work(writes=False) as work:
        found = (await work.exec(select(Appointment).order_by(col(Appointment.starts_at)))).all()
    return [one for one in found if status in (None, one.status)]


async def paper(database: Database, who: Human, client: Human) -> dict[str, Any]:
    found = await own(database, who, client)
    return superbill_paper(found, today=days(database).last)
