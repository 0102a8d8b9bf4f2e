"""The practice at work on appointments: Tess's week, and everybody who asks for, decides on and changes times."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import vobject
from sqlmodel import col, select

from portal.access.actor import ClientAccess, PracticeAccess, Sight, StaffTask
from portal.models import (
    Appointment,
    AppointmentRequest,
    Hours,
    HoursKind,
    Location,
    OrganizationSetting,
    OutboxMail,
    Permission,
    Service,
    ServiceTherapist,
    TherapistProfile,
)
from portal.notifications.outbox import context_of
from portal.scheduling import service_deciding, service_offers, service_own, service_requests, service_staff
from portal.scheduling.service_offers import Booking, Wish
from portal.scheduling.service_requests import Asked
from portal.scheduling.service_staff import Planned
from portal.scheduling.views import OwnView
from portal.settings.catalog import SettingName
from tests.access.house import House
from tests.conftest import RING

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A moment by the clock in New York; the first one where it comes twice."""
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


def wall(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """What the clock on a wall shows, as staff type it."""
    return datetime.combine(day, time(hour, minute))


class Desk(House):
    """Scheduling on top of the house."""

    service: Service
    office: Location

    async def set_up(self) -> None:
        """Let Tess work on Mondays in the office and on Wednesdays by video; Noah too, who takes no requests."""
        await self.sign_everybody_in()
        harbor = self.cast.harbor.id
        async with self.database.unit_of_work() as work:
            query = select(Location).where(Location.organization_id == harbor)
            self.office = (await work.exec(query)).one()
        self.service = Service(
            organization_id=harbor,
            name="Individual therapy",
            minutes=50,
            price_cents=15000,
            currency="USD",
            by_video=True,
        )
        rows: list[Any] = [self.service]
        for chair, name in enumerate(("tess", "noah"), 1):
            member = self.cast.staff[name].id
            rows.append(ServiceTherapist(organization_id=harbor, service_id=self.service.id, membership_id=member))
            rows.append(
                TherapistProfile(
                    organization_id=harbor,
                    membership_id=member,
                    chair=chair,
                    buffer_minutes=10,
                    video_link="https://video.example/tess",
                )
            )
            rows += [
                self.hours(name, weekday=0, starts=time(9), ends=time(12), location_id=self.office.id),
                self.hours(name, weekday=0, starts=time(13), ends=time(17), location_id=self.office.id),
                self.hours(name, weekday=2, starts=time(9), ends=time(12), by_video=True),
            ]
        await self.store(*rows)

    def hours(self, name: str, **values: Any) -> Hours:
        values.setdefault("kind", HoursKind.WEEKLY)
        member = self.cast.staff[name]
        return Hours(organization_id=member.organization_id, membership_id=member.id, **values)

    def wish(self, **values: Any) -> Wish:
        """Tess's session in the office, or what is given instead."""
        chosen = {"therapist_id": self.cast.staff["tess"].id, "service_id": self.service.id, "place": self.office.id}
        return Wish(**(chosen | values))

    async def scheduling(self, person: str, client: str) -> ClientAccess:
        return await self.open(person, client, Permission.SCHEDULING)

    async def seeing(self, person: str, client: str) -> ClientAccess:
        return await self.open(person, client, Sight.APPOINTMENTS)

    async def deciding(self, person: str = "tess") -> PracticeAccess:
        return await self.practice(person, StaffTask.DECIDE_REQUESTS)

    async def calendar(self, person: str = "tess") -> PracticeAccess:
        return await self.practice(person, StaffTask.APPOINTMENTS)

    async def booking(self, access: ClientAccess, wish: Wish | None = None) -> Booking:
        async with self.database.unit_of_work(writes=False) as work:
            return await service_offers.open_booking(work, access, wish or self.wish())

    async def ask(
        self, access: ClientAccess, starts_at: datetime, *, operation: UUID | None = None, note: str = "", **wish: Any
    ) -> UUID:
        asked = Asked(operation or uuid4(), self.wish(**wish), starts_at, note)
        async with self.database.unit_of_work() as work:
            return await service_requests.request_appointment(work, access, asked=asked)

    async def withdraw(self, access: ClientAccess, request_id: UUID) -> None:
        revision = (await self.request(request_id)).revision
        async with self.database.unit_of_work() as work:
            await service_requests.withdraw_request(work, access, request_id=request_id, revision=revision)

    async def accept(self, access: ClientAccess, request_id: UUID, starts_at: datetime) -> None:
        revision = (await self.request(request_id)).revision
        async with self.database.unit_of_work() as work:
            await service_requests.accept_suggestion(
                work, access, request_id=request_id, revision=revision, starts_at=starts_at
            )

    async def confirm(self, access: PracticeAccess, request_id: UUID) -> None:
        revision = (await self.request(request_id)).revision
        async with self.database.unit_of_work() as work:
            await service_deciding.confirm_request(work, access, request_id=request_id, revision=revision)

    async def decline(self, access: PracticeAccess, request_id: UUID, *others: datetime, message: str = "") -> None:
        revision = (await self.request(request_id)).revision
        async with self.database.unit_of_work() as work:
            await service_deciding.decline_request(
                work, access, request_id=request_id, revision=revision, message=message, suggestions=others
            )

    async def undo(self, access: PracticeAccess, request_id: UUID) -> None:
        revision = (await self.request(request_id)).revision
        async with self.database.unit_of_work() as work:
            await service_deciding.undo_decision(work, access, request_id=request_id, revision=revision)

    async def create(self, access: PracticeAccess, wall: datetime, *clients: str, **values: Any) -> UUID:
        planned: dict[str, Any] = {
            "therapist_id": self.cast.staff["tess"].id,
            "service_id": self.service.id,
            "client_ids": tuple(self.client_id(name) for name in clients),
            "location_id": self.office.id,
            "wall": wall,
        }
        async with self.database.unit_of_work() as work:
            return await service_staff.create_appointment(work, access, planned=Planned(**(planned | values)))

    async def alter(self, deed: str, access: PracticeAccess, appointment_id: UUID, **values: Any) -> None:
        """Move, cancel, delete or mark an appointment as it stands."""
        revision = (await self.appointment(appointment_id)).revision
        async with self.database.unit_of_work() as work:
            service = getattr(service_staff, f"{deed}_appointment")
            await service(work, access, appointment_id=appointment_id, revision=revision, **values)

    async def cancel(self, access: ClientAccess, appointment_id: UUID) -> None:
        revision = (await self.appointment(appointment_id)).revision
        async with self.database.unit_of_work() as work:
            await service_own.cancel_own(work, access, appointment_id=appointment_id, revision=revision)

    async def own(self, access: ClientAccess, zone: str = "America/New_York") -> OwnView:
        async with self.database.unit_of_work(writes=False) as work:
            return await service_own.list_own(work, access, zone=zone)

    async def request(self, request_id: UUID) -> AppointmentRequest:
        async with self.database.unit_of_work(writes=False) as work:
            return await work.get_one(AppointmentRequest, request_id)

    async def appointment(self, appointment_id: UUID) -> Appointment:
        async with self.database.unit_of_work(writes=False) as work:
            return await work.get_one(Appointment, appointment_id)

    async def appointments(self) -> list[Appointment]:
        async with self.database.unit_of_work(writes=False) as work:
            return list((await work.exec(select(Appointment).order_by(col(Appointment.starts_at)))).all())

    async def mails(self) -> list[tuple[str, str]]:
        """Every mail in the outbox, as (kind, to whom)."""
        async with self.database.unit_of_work(writes=False) as work:
            rows = (await work.exec(select(OutboxMail).order_by(col(OutboxMail.id)))).all()
        return sorted((row.kind, row.to_address.split("@")[0]) for row in rows)

    async def calendar_files(self) -> dict[str, Any]:
        """The calendar file of every mail in the outbox, by whom it goes to, as another program reads it."""
        async with self.database.unit_of_work(writes=False) as work:
            rows = (await work.exec(select(OutboxMail).where(OutboxMail.kind == "appointment_created"))).all()
        return {row.to_address.split("@")[0]: vobject.readOne(context_of(RING, row)["calendar"]) for row in rows}

    async def switch_hours(self, name: SettingName, hours: int) -> None:
        """Let Harbor ask for so many hours of notice."""
        row = OrganizationSetting(
            organization_id=self.cast.harbor.id, name=name, value=str(hours), changed_at=self.clock.now
        )
        await self.store(row)
