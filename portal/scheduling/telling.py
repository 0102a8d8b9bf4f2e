"""Who is told of what: mails with a calendar file, live updates, and the entry in the chain of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from portal.access.actor import Actor, Person, PracticeAccess, Sight
from portal.access.permissions import CARE_ROLES
from portal.access.recipients import Circle, Recipient, find_circle
from portal.audit.service import record_change
from portal.database import Work
from portal.models import Appointment, Membership
from portal.notifications.outbox import enqueue_mail
from portal.runtime import runtime
from portal.scheduling import calendar_files, words
from portal.scheduling.rules import UNDO_WITHIN
from portal.settings.catalog import SettingName


class Event(StrEnum):
    """What happens to an appointment, by the kind of mail that tells it to the client's side."""

    CREATED = "appointment_created"
    RESCHEDULED = "appointment_rescheduled"
    CANCELLED = "appointment_cancelled"
    DELETED = "appointment_deleted"
    CONFIRMED = "request_confirmed"
    DECLINED = "request_declined"
    UNDONE = "request_undone"
    REMINDER = "appointment_reminder"


SWITCH = {
    Event.CREATED: SettingName.NOTIFY_CREATED,
    Event.RESCHEDULED: SettingName.NOTIFY_RESCHEDULED,
    Event.CANCELLED: SettingName.NOTIFY_CANCELLED,
    Event.DELETED: SettingName.NOTIFY_DELETED,
    Event.CONFIRMED: SettingName.NOTIFY_CONFIRMED,
    Event.DECLINED: SettingName.NOTIFY_DECLINED,
    Event.UNDONE: SettingName.NOTIFY_UNDONE,
}
TAKES_AWAY = frozenset({Event.CANCELLED, Event.DELETED, Event.UNDONE})
CAN_BE_UNDONE = frozenset({Event.CONFIRMED, Event.DECLINED})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an appointment is: a location by name and address, or by video, where both are empty.

    `what` is what is given there by whom, for the calendars of those who want to see it.
    """

    name: str = ""
    address: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """One event, as its mails need it. `key` names it once and for all, so that its mails are written once.

    An appointment whose move is undone goes `back_to` its old time: calendars move it, rather than lose it.
    """

    event: Event
    key: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: Spot
    appointment_id: UUID | None = None
    sequence: int = 0
    back_to: tuple[datetime, datetime] | None = None


def news_of(event: Event, appointment: Appointment, key: str, place: Spot) -> News:
    """Return the news of an event that an appointment comes from."""
    return News(
        event,
        key,
        appointment.starts_at,
        appointment.ends_at,
        appointment.zone,
        place,
        appointment.id,
        appointment.sequence,
    )


async def tell_clients(work: Work, organization_id: UUID, client_ids: Sequence[UUID], news: News, *, by: Actor) -> int:
    """Write the mails of one event, to everybody who may see the appointment but whoever did it; returns how many."""
    circle = await find_circle(work, organization_id, client_ids, Sight.APPOINTMENTS)
    if not _is_wanted(circle, news.event):
        return 0
    doer = by.account_id if isinstance(by, Person) else None
    told = [one for one in circle.recipients if one.account_id != doer]
    where = where_of(news.place, circle)
    due_at = work.now + UNDO_WITHIN if news.event in CAN_BE_UNDONE else None
    written = 0
    for one in told:
        written += await enqueue_mail(
            work,
            kind=news.event.value,
            to_address=one.email,
            account_id=one.account_id,
            organization_id=organization_id,
            client_id=one.client_id,
            context={
                "when": words.when(news.starts_at, news.ends_at, news.zone),
                "where": where,
                "link": f"{runtime().config.origin}/appointments?for={one.client_id}",
                "calendar": _calendar(work, news, one, where),
            },
            dedupe_key=f"appt:{news.key}:{news.event.value}:{one.account_id}",
            due_at=due_at,
        )
    return written


async def tell_therapist(
    work: Work, therapist: Membership, kind: str, key: str, starts_at: datetime, zone: str
) -> None:
    """Write to a therapist that somebody asked for a time, or changed one; to nobody who no longer works there."""
    if therapist.deactivated_at is not None or therapist.role not in CARE_ROLES:
        return
    await enqueue_mail(
        work,
        kind=kind,
        to_address=therapist.email,
        account_id=therapist.account_id,
        organization_id=therapist.organization_id,
        context={"when": f"{words.day_of(starts_at, zone)}, {words.time_of(starts_at, zone)}"},
        dedupe_key=f"appt:{key}:{kind}:{therapist.id}",
    )


def tell_pages(work: Work, organization_id: UUID, client_ids: Sequence[UUID]) -> None:
    """Ask the open pages of these clients, and every page on which times are free or taken, to load again."""
    work.tell(f"appointments:{organization_id}")
    tell_inbox(work, organization_id, client_ids)


def tell_inbox(work: Work, organization_id: UUID, client_ids: Sequence[UUID]) -> None:
    """Ask the open pages of these clients, and the pages and icons of requests: a request takes nobody's time.

    Hundreds of people may have the page open on which one asks; they need not look for free times again.
    """
    work.tell(f"requests:{organization_id}")
    for client_id in client_ids:
        work.tell(f"client:{client_id}")


async def write_down(
    work: Work, organization_id: UUID, actor: Actor, action: str, object_id: UUID, client_id: UUID, **detail: str
) -> None:
    """Add what was done to the practice's chain."""
    await record_change(
        work,
        organization_id=organization_id,
        actor=actor,
        action=action,
        client_id=client_id,
        object_id=object_id,
        detail=detail,
    )


async def write_down_for_practice(work: Work, access: PracticeAccess, action: str, object_id: UUID) -> None:
    """Add what was done to the practice's chain, where it is about no client."""
    await record_change(
        work, organization_id=access.organization_id, actor=access.actor, action=action, object_id=object_id
    )


def _is_wanted(circle: Circle, event: Event) -> bool:
    switch = SWITCH.get(event)
    return circle.settings is not None and (switch is None or circle.settings.is_on(switch))


def where_of(place: Spot, circle: Circle) -> str:
    """Say where an appointment is, without the address where the practice hides it."""
    if not place.name:
        return words.VIDEO
    return place.name if circle.hides_address or not place.address else f"{place.name}, {place.address}"


def _calendar(work: Work, news: News, one: Recipient, where: str) -> str:
    if news.appointment_id is None or news.event is Event.REMINDER:
        return ""
    starts_at, ends_at = news.back_to or (news.starts_at, news.ends_at)
    entry = calendar_files.Entry(
        appointment_id=news.appointment_id,
        sequence=news.sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        where=where,
        is_cancelled=news.event in TAKES_AWAY and news.back_to is None,
        title=calendar_files.title_of(news.place.what, one.whose) if one.details else calendar_files.TITLE,
    )
    return calendar_files.write_file(entry, to_address=one.email, written_at=work.now)
