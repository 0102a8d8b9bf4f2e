"""Many people: clients of Tess with logins of their own, colleagues of hers, and a great many appointments."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import col, insert, select

from portal.access.actor import ClientAccess
from portal.access.gate import open_client
from portal.database import Work
from portal.kit.tokens import token_hash
from portal.models import (
    Account,
    AddOn,
    Appointment,
    Client,
    ClientTherapist,
    Hours,
    HoursKind,
    Location,
    Membership,
    Permission,
    Role,
    Service,
    ServiceTherapist,
    Session,
    Subscription,
    TherapistProfile,
)
from portal.scheduling.rules_time import wall_of
from tests.scheduling.desk import Desk


async def crowd(desk: Desk, number: int) -> list[ClientAccess]:
    """Let so many people more ask Tess for times."""
    now, harbor, people = desk.clock.now, desk.cast.harbor.id, range(number)
    names = [f"person{place}@mail.example" for place in people]
    accounts = [Account(email=each, email_key=each, name=each, created_at=now) for each in names]
    clients = [
        Client(
            organization_id=harbor,
            account_id=account.id,
            given_name="Person",
            family_name=str(place),
            email=account.email,
            created_at=now,
        )
        for place, account in enumerate(accounts)
    ]
    sessions = [
        Session(account_id=each.id, token_hash=token_hash(each.email), created_at=now, touched_at=now)
        for each in accounts
    ]
    await _store(desk, accounts, clients, sessions)
    await assign(desk, [each.id for each in clients], [desk.cast.staff["tess"].id])
    async with desk.database.unit_of_work(writes=False) as work:
        return [
            await open_client(work, session.token_hash, client.id, Permission.SCHEDULING)
            for session, client in zip(sessions, clients, strict=True)
        ]


async def assign(desk: Desk, client_ids: list[UUID], therapist_ids: list[UUID]) -> None:
    """Let therapists look after clients."""
    rows = [
        ClientTherapist(
            organization_id=desk.cast.harbor.id, client_id=client, membership_id=each, created_at=desk.clock.now
        )
        for client in client_ids
        for each in therapist_ids
    ]
    await _store(desk, rows)


async def _store(desk: Desk, *kinds: list[Account] | list[Client] | list[Session] | list[ClientTherapist]) -> None:
    async with desk.database.unit_of_work() as work:
        for rows in kinds:
            work.add_all(rows)
            await work.flush()


async def add_colleagues(
    work: Work, like: TherapistProfile, service: Service, place: Location, number: int
) -> list[UUID]:
    """Let so many therapists more offer a service all week, in the office and by video; returns their ids."""
    harbor = like.organization_id
    numbers = range(1000, 1000 + number)
    members = [
        Membership(
            organization_id=harbor,
            number=each,
            role=Role.THERAPIST,
            name=f"Colleague {each}",
            email=f"colleague{each}@harbor.example",
            created_at=work.now,
        )
        for each in numbers
    ]
    work.add_all(members)
    await work.flush()
    for member in members:
        own = {"organization_id": harbor, "membership_id": member.id}
        work.add(Subscription(**own, add_on=AddOn.SELF_SCHEDULING, started_at=work.now))
        work.add(ServiceTherapist(**own, service_id=service.id))
        work.add(TherapistProfile(**own, chair=member.number, buffer_minutes=10))
        for day in range(5):
            for starts, ends in ((time(9), time(12)), (time(13), time(17))):
                kinds = {"kind": HoursKind.WEEKLY, "weekday": day, "location_id": place.id, "by_video": True}
                work.add(Hours(**own, **kinds, starts=starts, ends=ends))
    await work.flush()
    return [member.id for member in members]


async def add_appointments(
    work: Work, profile: TherapistProfile, service: Service, place: Location, number: int, last_day: date
) -> None:
    """Fill a therapist's days with six appointments each, from a last day on backwards."""
    rows = []
    for count in range(number):
        day, hour = last_day - timedelta(days=count // 6), 14 + count % 6
        starts_at = datetime.combine(day, time(hour), UTC)
        one = Appointment(
            organization_id=profile.organization_id,
            membership_id=profile.membership_id,
            chair=profile.chair,
            service_id=service.id,
            location_id=place.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=50),
            zone="America/New_York",
            wall=wall_of(starts_at, "America/New_York"),
            price_cents=service.price_cents,
            currency=service.currency,
            created_at=work.now,
        )
        rows.append(one.model_dump())
    await work.exec(insert(Appointment), params=rows)


async def fill(desk: Desk, *, therapists: int, appointments: int) -> None:
    """Give Casey so many therapists, Tess included, each with so many appointments around now."""
    async with desk.database.unit_of_work() as work:
        profiles = (await work.exec(select(TherapistProfile))).all()
        tess = next(one for one in profiles if one.membership_id == desk.cast.staff["tess"].id)
        ids = await add_colleagues(work, tess, desk.service, desk.office, therapists - 1)
        rows = (await work.exec(select(TherapistProfile).where(col(TherapistProfile.membership_id).in_(ids)))).all()
        for profile in (tess, *rows):
            last_day = work.now.date() + timedelta(days=30)
            await add_appointments(work, profile, desk.service, desk.office, appointments, last_day)
    await assign(desk, [desk.client_id("casey")], ids)
