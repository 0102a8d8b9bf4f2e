"""Staff confirm a request, decline it with other times, or take either back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import Conflict, Invalid, NotPermitted
from portal.kit.clock import today_in
from portal.kit.crypto import seal
from portal.models import Appointment, AppointmentStatus, RequestStatus
from portal.notifications.outbox import withdraw_mail
from portal.scheduling import changes, queries, queries_staff, telling, words
from portal.scheduling.booking import book
from portal.scheduling.queries_staff import Asking
from portal.scheduling.rules import DECIDED, MOST_SUGGESTIONS, is_fresh
from portal.scheduling.rules_free import DAYS_AHEAD, Wanted, free_starts
from portal.scheduling.telling import Event, News

LONGEST_MESSAGE = 500
_OFFERED = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """Free times near one that cannot be given, and the nearest of them; `zone` is that of the place."""

    zone: str
    starts: list[datetime]
    nearest: list[datetime]


async def confirm_request(work: Work, access: PracticeAccess, *, request_id: UUID, revision: int) -> None:
    """Confirm a request: its time is the client's from now on. The mail waits for a minute, in case it is undone.

    Raises Conflict when the time was taken, the request changed, or its therapist takes no requests of this client.
    """
    asking = await _find(work, access, request_id, revision)
    request, organization_id = asking.request, access.organization_id
    if not asking.is_theirs:
        raise Conflict(words.NOT_THEIRS_ANY_MORE.format(therapist=asking.therapist.name))
    profile = await changes.take_chair(work, organization_id, request.membership_id)
    appointment = await book(
        work,
        request,
        profile,
        RequestStatus.REQUESTED,
        by=access.actor,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
    )
    news = telling.news_of(Event.CONFIRMED, appointment, _key(request_id, revision), asking.place)
    await _tell(work, access, asking, news, "appointment.confirmed")


async def suggest_times(work: Work, access: PracticeAccess, *, request_id: UUID) -> Offered:
    """Find free times that can be offered instead of the one that is asked for, for the same service and place."""
    asking = await queries_staff.find_asking(work, access, request_id)
    asked = asking.request.starts_at
    starts = [start for start in await _free(work, asking) if start != asked]
    nearest = sorted(starts, key=lambda start: abs(start - asked))
    chosen = sorted(nearest[:MOST_SUGGESTIONS])
    return Offered(asking.request.zone, sorted(nearest[:_OFFERED]), chosen)


async def decline_request(
    work: Work,
    access: PracticeAccess,
    *,
    request_id: UUID,
    revision: int,
    message: str = "",
    suggestions: Sequence[datetime] = (),
) -> None:
    """Decline a request, with a message and up to three other times, each of which has to be free."""
    asking = await _find(work, access, request_id, revision)
    request = asking.request
    if len(suggestions) > MOST_SUGGESTIONS or len(set(suggestions)) != len(suggestions):
        raise Invalid(words.ONE_TIME_TWICE)
    length = request.ends_at - request.starts_at
    await _check_suggestions(work, asking, suggestions, length)
    said = message.strip()
    await changes.swap_request(
        work,
        request,
        [RequestStatus.REQUESTED],
        status=RequestStatus.DECLINED,
        message=seal(work.ring, "appointment_request", "message", request.id, said) if said else None,
        decided_at=work.now,
        decided_by=access.actor.account_id,
    )
    await changes.replace_suggestions(work, request, suggestions, [start + length for start in suggestions])
    await _tell(work, access, asking, _news(Event.DECLINED, asking, revision), "appointment.declined")


async def undo_decision(work: Work, access: PracticeAccess, *, request_id: UUID, revision: int) -> None:
    """Take a confirmation or a decline back: the request waits again. Within a minute nobody hears of either."""
    asking = await _find(work, access, request_id, revision)
    request = asking.request
    if request.status not in DECIDED:
        raise Conflict(words.CHANGED)
    if request.starts_at <= work.now:
        raise Conflict(words.PASSED)
    news = _news(Event.UNDONE, asking, revision)
    values: dict[str, object] = {"status": RequestStatus.REQUESTED, "decided_at": None, "decided_by": None}
    if request.status is RequestStatus.CONFIRMED:
        await changes.take_chair(work, access.organization_id, request.membership_id)
        appointment = await _take_back(work, asking)
        news = telling.news_of(Event.UNDONE, appointment, _key(request_id, revision), asking.place)
        if request.previous_starts_at is not None and request.previous_ends_at is not None:
            news = replace(news, back_to=(request.previous_starts_at, request.previous_ends_at))
        values["appointment_id"] = request.appointment_id if request.is_move else None
    await changes.swap_request(work, request, [request.status], **values)
    if is_fresh(request.decided_at, work.now):
        await withdraw_mail(work, access.organization_id, f"appt:{_key(request_id, revision - 1)}:")
        await _note(work, access, asking, "appointment.undone")
    else:
        await _tell(work, access, asking, news, "appointment.undone")


async def _take_back(work: Work, asking: Asking) -> Appointment:
    """Remove what a confirmation made, or move back what it moved; raises Conflict when that changed since."""
    request = asking.request
    found = request.appointment_id and await queries_staff.find_appointment(
        work, request.organization_id, request.appointment_id
    )
    if not found or found.status is not AppointmentStatus.CONFIRMED or found.starts_at != request.starts_at:
        raise Conflict(words.MOVED_SINCE)
    work.expunge(found)
    if request.previous_starts_at is None or request.previous_ends_at is None:
        await changes.remove_appointment(work, found)
        found.sequence += 1
        return found
    before = request.previous_starts_at, request.previous_ends_at
    if before[0] <= work.now:
        raise Conflict(words.OLD_TIME_PASSED)
    try:
        await changes.assert_free(work, found.membership_id, *before, but=found.id)
    except Conflict:
        raise Conflict(words.OLD_TIME_TAKEN) from None
    await changes.move_appointment(work, found, *before)
    found.sequence += 1
    return found


async def _check_suggestions(work: Work, asking: Asking, suggestions: Sequence[datetime], length: timedelta) -> None:
    if not suggestions:
        return
    if min(suggestions) <= work.now:
        raise Invalid(words.PASSED)
    request = asking.request
    taken = await queries.list_taken(work, [request.membership_id], min(suggestions), max(suggestions) + length)
    spans = taken[request.membership_id]
    for start in suggestions:
        if any(other < start + length and start < end for other, end in spans):
            raise Conflict(words.SUGGESTION_NOT_FREE)


async def _free(work: Work, asking: Asking) -> list[datetime]:
    request, latest = asking.request, work.now + timedelta(days=DAYS_AHEAD)
    windows, _ = await queries.list_windows(work, [request.membership_id], today_in(request.zone, work.now))
    taken = await queries.list_taken(work, [request.membership_id], work.now, latest, but=request.appointment_id)
    minutes = (request.ends_at - request.starts_at) // timedelta(minutes=1)
    return free_starts(
        windows[request.membership_id],
        taken[request.membership_id],
        Wanted(request.service_id, minutes, None if request.by_video else request.location_id),
        buffer_minutes=asking.buffer_minutes,
        earliest=work.now,
        latest=latest,
    )


async def _find(work: Work, access: PracticeAccess, request_id: UUID, revision: int) -> Asking:
    if access.task is not StaffTask.DECIDE_REQUESTS:
        raise NotPermitted(words.NOT_FOR_REQUESTS)
    asking = await queries_staff.find_asking(work, access, request_id)
    if asking.request.revision != revision:
        raise Conflict(words.CHANGED)
    return asking


def _news(event: Event, asking: Asking, revision: int) -> News:
    request = asking.request
    key = _key(request.id, revision)
    return News(event, key, request.starts_at, request.ends_at, request.zone, asking.place)


def _key(request_id: UUID, revision: int) -> str:
    """Name one decision: the request, and the revision that it was made on."""
    return f"{request_id}:{revision}"


async def _tell(work: Work, access: PracticeAccess, asking: Asking, news: News, action: str) -> None:
    await telling.tell_clients(work, access.organization_id, [asking.client.id], news, by=access.actor)
    await _note(work, access, asking, action)


async def _note(work: Work, access: PracticeAccess, asking: Asking, action: str) -> None:
    telling.tell_pages(work, access.organization_id, [asking.client.id])
    await telling.write_down(work, access.organization_id, access.actor, action, asking.request.id, asking.client.id)
