"""What a practice offers, and where: services and locations, for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.clock import is_zone
from portal.kit.ids import new_id
from portal.kit.money import Money
from portal.kit.text import is_printable, tidy
from portal.models import Location, Service, ServiceTherapist
from portal.models.scheduling import LONGEST_MINUTES
from portal.scheduling import queries_offering, telling, words
from portal.scheduling.views import Choice

MOST = 100


@dataclass(frozen=True, slots=True)
class ServiceFields:
    """A service as an administrator enters it. Without a therapist everybody who gives care offers it."""

    name: str
    minutes: int
    price_cents: int
    in_person: bool
    by_video: bool
    is_bookable: bool
    therapist_id: UUID | None = None


@dataclass(frozen=True)
class Offering:
    """What a practice offers and where, and who can give it."""

    services: list[Choice]
    locations: list[Choice]
    therapists: list[Choice]


async def list_offering(work: Work, access: PracticeAccess) -> Offering:
    """List services with who gives them, locations, and therapists. Three statements."""
    rows = await queries_offering.list_services(work, access.organization_id)
    locations = await queries_offering.list_locations(work, access.organization_id)
    therapists = await queries_offering.list_therapists(work, access.organization_id)
    return Offering(
        services=[_service(service, names) for service, names in rows],
        locations=[Choice(str(one.id), one.name, _where(one)) for one in locations],
        therapists=[Choice(str(id_), name) for id_, name in therapists],
    )


async def add_service(work: Work, access: PracticeAccess, *, fields: ServiceFields) -> UUID:
    """Offer another service; requests and appointments keep the length and price they were made with."""
    _require(access)
    name = _name(fields.name)
    if not 5 <= fields.minutes <= LONGEST_MINUTES:
        raise Invalid(words.MINUTES)
    if not 0 <= fields.price_cents <= 10_000_000:
        raise Invalid(words.PRICE)
    if not (fields.in_person or fields.by_video):
        raise Invalid(words.WHERE_AT_ALL)
    therapists = [id_ for id_, _ in await queries_offering.list_therapists(work, access.organization_id)]
    chosen = therapists if fields.therapist_id is None else [fields.therapist_id]
    if not set(chosen) <= set(therapists):
        raise NotFound
    known = await queries_offering.count_offered(work, access.organization_id, name)
    if known.same_name:
        raise Conflict(words.SAME_SERVICE)
    if known.services >= MOST:
        raise Conflict(words.TOO_MANY_SERVICES)
    service = Service(
        id=new_id(),
        organization_id=access.organization_id,
        name=name,
        minutes=fields.minutes,
        price_cents=fields.price_cents,
        currency=known.currency,
        in_person=fields.in_person,
        by_video=fields.by_video,
        is_bookable=fields.is_bookable,
    )
    work.add(service)
    await work.flush()
    work.add_all(_offers(access, service.id, chosen))
    await work.flush()
    await _note(work, access, "service.added", service.id)
    return service.id


async def archive_service(work: Work, access: PracticeAccess, *, service_id: UUID) -> None:
    """Offer a service no more; what was agreed stays."""
    _require(access)
    if not await queries_offering.archive(work, Service, access.organization_id, service_id):
        raise NotFound
    await _note(work, access, "service.archived", service_id)


async def add_location(work: Work, access: PracticeAccess, *, name: str, address: str, zone: str) -> UUID:
    """Add a place of the practice. Without a zone the practice's counts there."""
    _require(access)
    if zone and not is_zone(zone):
        raise Invalid(words.ZONE)
    location = Location(
        id=new_id(),
        organization_id=access.organization_id,
        name=_name(name),
        address=tidy(address)[:400],
        zone=zone or None,
    )
    work.add(location)
    await work.flush()
    await _note(work, access, "location.added", location.id)
    return location.id


async def archive_location(work: Work, access: PracticeAccess, *, location_id: UUID) -> None:
    """Use a place no more: its hours offer nothing; appointments stay."""
    _require(access)
    if not await queries_offering.archive(work, Location, access.organization_id, location_id):
        raise NotFound
    await _note(work, access, "location.archived", location_id)


def _offers(access: PracticeAccess, service_id: UUID, therapists: Sequence[UUID]) -> list[ServiceTherapist]:
    return [
        ServiceTherapist(organization_id=access.organization_id, service_id=service_id, membership_id=each)
        for each in therapists
    ]


def _service(service: Service, names: Sequence[str]) -> Choice:
    parts = [
        f"{service.minutes} min",
        str(Money(service.price_cents, service.currency)),
        words.places(in_person=service.in_person, by_video=service.by_video),
        ", ".join(names),
        "" if service.is_bookable else words.NOT_BOOKABLE,
    ]
    return Choice(str(service.id), service.name, " · ".join(part for part in parts if part))


def _where(location: Location) -> str:
    return " · ".join(
        part for part in (location.address, words.zone_name(location.zone) if location.zone else "") if part
    )


def _name(text: str) -> str:
    name = tidy(text)
    if not 0 < len(name) <= 120 or not is_printable(name):
        raise Invalid(words.NAME)
    return name


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_FOR_APPOINTMENTS)


async def _note(work: Work, access: PracticeAccess, action: str, object_id: UUID) -> None:
    work.tell(f"appointments:{access.organization_id}")
    await telling.write_down_for_practice(work, access, action, object_id)
