"""Staff and the calendar: make an appointment for clients, move it, cancel it, note how it went, remove a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.billing.service import charge_appointment, has_charge, uncharge_appointment
from portal.billing.words import CHARGED
from portal.clients.search_words import typed_words
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import Appointment, AppointmentStatus, Client
from portal.scheduling import changes, queries_making, queries_staff, telling, words, words_staff
from portal.scheduling.queries_staff import Concerned
from portal.scheduling.rules_time import moments_of, wall_of
from portal.scheduling.telling import Event
from portal.scheduling.views import Choice

MOST_ATTENDEES = 8
_WRITES = frozenset({Scope.ALL, Scope.OWN})


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment that staff want to make. `wall` is on the clock of the place; `is_second` where it comes twice."""

    therapist_id: UUID
    service_id: UUID
    client_ids: tuple[UUID, ...]
    location_id: UUID | None
    wall: datetime
    is_second: bool = False


async def search_clients(work: Work, access: PracticeAccess, *, name: str) -> list[Choice]:
    """Find the first eight clients in reach by the beginnings of their names, as the search of clients folds them."""
    _require(access)
    return [_choice(one) for one in await queries_making.search_clients(work, access, typed_words(name))]


async def read_clients(work: Work, access: PracticeAccess, *, client_ids: Sequence[UUID]) -> list[Choice]:
    """Return those of some clients who are in reach, in the order given."""
    _require(access)
    found = {one.id: one for one in await queries_making.list_clients(work, access, client_ids)}
    return [_choice(found[one]) for one in client_ids if one in found]


def _choice(client: Client) -> Choice:
    born = client.birth_date
    detail = words_staff.born(f"{born.day} {born:%B} {born.year}") if born else ""
    return Choice(str(client.id), f"{client.given_name} {client.family_name}", detail)


async def create_appointment(work: Work, access: PracticeAccess, *, planned: Planned) -> UUID:
    """Make an appointment for one client or several, in or out of the therapist's hours; returns its id."""
    _require(access)
    if not 0 < len(set(planned.client_ids)) <= MOST_ATTENDEES:
        raise Invalid(words.WHO_COMES)
    made = await queries_making.find_parts(work, access, planned.therapist_id, planned.service_id, planned.location_id)
    reached = await queries_making.list_clients(work, access, planned.client_ids)
    if {client.id for client in reached} != set(planned.client_ids):
        raise NotFound
    starts_at = moment_for(planned.wall, made.zone, is_second=planned.is_second)
    ends_at = starts_at + timedelta(minutes=made.service.minutes)
    profile = await changes.take_chair(work, access.organization_id, made.therapist.id)
    await changes.assert_free(work, made.therapist.id, starts_at, ends_at)
    appointment = Appointment(
        id=new_id(),
        organization_id=access.organization_id,
        membership_id=made.therapist.id,
        chair=profile.chair,
        service_id=made.service.id,
        location_id=planned.location_id,
        by_video=planned.location_id is None,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=made.zone,
        wall=wall_of(starts_at, made.zone),
        price_cents=made.service.price_cents,
        currency=made.service.currency,
        created_at=work.now,
        created_by=access.actor.account_id,
    )
    client_ids = sorted(set(planned.client_ids))
    await changes.insert_appointment(work, appointment, client_ids)
    concerned = Concerned(made.therapist, client_ids, made.place)
    await _tell(work, access, appointment, concerned, Event.CREATED, "appointment.created")
    return appointment.id


async def move_appointment(
    work: Work,
    access: PracticeAccess,
    *,
    appointment_id: UUID,
    revision: int,
    wall: datetime,
    is_second: bool = False,
) -> None:
    """Move a confirmed appointment to another time on the clock of its place; it stays as long as it was."""
    one = await _find(work, access, appointment_id, revision)
    starts_at = moment_for(wall, one.zone, is_second=is_second)
    ends_at = starts_at + (one.ends_at - one.starts_at)
    await changes.take_chair(work, access.organization_id, one.membership_id)
    await changes.assert_free(work, one.membership_id, starts_at, ends_at, but=one.id)
    await changes.move_appointment(work, one, starts_at, ends_at)
    one.starts_at, one.ends_at = starts_at, ends_at
    await _tell_change(work, access, one, Event.RESCHEDULED, "appointment.moved")


async def cancel_appointment(
    work: Work, access: PracticeAccess, *, appointment_id: UUID, revision: int, is_late: bool = False
) -> None:
    """Cancel an appointment, late or in time; its record stays."""
    one = await _find(work, access, appointment_id, revision)
    status = AppointmentStatus.LATE_CANCELLED if is_late else AppointmentStatus.CANCELLED
    await changes.swap_appointment(
        work,
        one,
        [AppointmentStatus.CONFIRMED, AppointmentStatus.NO_SHOW],
        status=status,
        sequence=one.sequence + 1,
        ended_at=work.now,
        ended_by=access.actor.account_id,
    )
    await _tell_change(work, access, one, Event.CANCELLED, "appointment.cancelled")


async def delete_appointment(work: Work, access: PracticeAccess, *, appointment_id: UUID, revision: int) -> None:
    """Remove an appointment that was a mistake; only the chain of changes remembers it."""
    one = await _find(work, access, appointment_id, revision)
    if await has_charge(work, one):
        raise Conflict(CHARGED)
    concerned = await queries_staff.find_concerned(work, one)
    await changes.take_chair(work, access.organization_id, one.membership_id)
    await changes.remove_appointment(work, one)
    one.sequence += 1
    await _tell(work, access, one, concerned, Event.DELETED, "appointment.deleted")


async def mark_appointment(
    work: Work, access: PracticeAccess, *, appointment_id: UUID, revision: int, status: AppointmentStatus
) -> None:
    """Note that an appointment was kept or missed, or that it was neither after all.

    What was kept is charged; what was not kept after all is charged no more. Raises Conflict where it is paid already.
    """
    if status not in {AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW, AppointmentStatus.CONFIRMED}:
        raise Invalid(words.CHANGED)
    one = await _find(work, access, appointment_id, revision)
    if one.starts_at > work.now:
        raise Conflict(words.NOT_YET)
    allowed = [AppointmentStatus.CONFIRMED, AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW]
    await changes.swap_appointment(work, one, allowed, status=status)
    concerned = await queries_staff.find_concerned(work, one)
    follow = charge_appointment if status is AppointmentStatus.KEPT else uncharge_appointment
    await follow(work, access, appointment=one, client_ids=concerned.client_ids)
    await _note(work, access, one, concerned.client_ids, f"appointment.marked_{status.value}")


def moment_for(wall: datetime, zone: str, *, is_second: bool = False) -> datetime:
    """Return the moment at which the clock of a zone shows a time; raises Invalid for one that does not exist."""
    found = moments_of(wall, zone)
    if not found:
        raise Invalid(words.NO_SUCH_TIME)
    return found[-1] if is_second else found[0]


async def _find(work: Work, access: PracticeAccess, appointment_id: UUID, revision: int) -> Appointment:
    _require(access)
    one = await queries_staff.find_in_reach(work, access, appointment_id)
    if one.revision != revision:
        raise Conflict(words.CHANGED)
    return one


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.APPOINTMENTS or access.scope not in _WRITES:
        raise NotPermitted(words.NOT_FOR_APPOINTMENTS)


async def _tell_change(work: Work, access: PracticeAccess, one: Appointment, event: Event, action: str) -> None:
    one.sequence += 1
    concerned = await queries_staff.find_concerned(work, one)
    await _tell(work, access, one, concerned, event, action)


async def _tell(
    work: Work, access: PracticeAccess, one: Appointment, concerned: Concerned, event: Event, action: str
) -> None:
    """Tell the client's side, unless it is about what is past: nobody needs to hear of that."""
    if one.ends_at > work.now:
        news = telling.news_of(event, one, f"{one.id}:{one.revision}", concerned.place)
        await telling.tell_clients(work, access.organization_id, concerned.client_ids, news, by=access.actor)
    await _note(work, access, one, concerned.client_ids, action)


async def _note(work: Work, access: PracticeAccess, one: Appointment, client_ids: Sequence[UUID], action: str) -> None:
    telling.tell_pages(work, access.organization_id, client_ids)
    await telling.write_down(work, access.organization_id, access.actor, action, one.id, client_ids[0])


def incomplete() -> Invalid:
    """Return the refusal for a move without a day or a time."""
    return Invalid(words.DAY_AND_TIME)
