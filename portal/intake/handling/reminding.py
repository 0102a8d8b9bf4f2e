"""Reminders, and forms that nobody fills in any more: by hand, and by a job that may run twice."""

from datetime import date, timedelta
from uuid import UUID

from portal.access.actor import System
from portal.access.recipients import find_circle
from portal.audit.service import record_change
from portal.clients.queries import find_practice
from portal.database import Work
from portal.intake.handling import changes, queries
from portal.intake.queries import WAITING
from portal.kit.clock import today_in
from portal.models import Permission
from portal.notifications.outbox import enqueue_mail

JOB = System("forms")
REMIND_BEFORE = timedelta(days=1)
EXPIRE_AFTER = timedelta(days=60)
_LEAVE_IN_PEACE = timedelta(hours=20)


async def remind_people(work: Work, organization_id: UUID, assignment_id: UUID, today: date) -> int | None:
    """Write to those whom a sheet waits for, once a day at most; returns how many mails, None when there is nobody."""
    key = f"form_reminder:{assignment_id}:{today.isoformat()}"
    return await _write(work, "form_reminder", key, organization_id, assignment_id, today)


async def tell_people(
    work: Work, organization_id: UUID, assignment_id: UUID, today: date, *, packet: UUID | None
) -> int | None:
    """Write to those whom a sheet that was just sent waits for: one mail for all forms that were sent together."""
    key = f"form_sent:{packet or assignment_id}"
    return await _write(work, "form_sent", key, organization_id, assignment_id, today)


async def tell_of_return(
    work: Work, organization_id: UUID, assignment_id: UUID, today: date, *, response_id: UUID
) -> int | None:
    """Write to those who are to correct a sheet: once for each time that it was signed."""
    key = f"form_returned:{response_id}"
    return await _write(work, "form_returned", key, organization_id, assignment_id, today)


async def _write(
    work: Work, kind: str, key: str, organization_id: UUID, assignment_id: UUID, today: date
) -> int | None:
    """Write to those of them who can open their forms now, by the same questions that open the page."""
    asked = await queries.people_asked(work, organization_id, assignment_id, today)
    if not asked:
        return None
    circle = await find_circle(work, organization_id, [asked[0].client_id], Permission.FORMS)
    told = {one.account_id for one in circle.recipients}
    people = [person for person in asked if person.id in told]
    if not people:
        return None
    return sum(
        [
            await enqueue_mail(
                work,
                kind=kind,
                to_address=person.email,
                account_id=person.id,
                organization_id=organization_id,
                client_id=person.client_id,
                context={},
                dedupe_key=f"{key}:{person.id}",
            )
            for person in people
        ]
    )


async def look_after_due_forms(work: Work, organization_id: UUID) -> int:
    """Send the one reminder of each form that is due tomorrow, and let those expire that were due long ago.

    Returns how many forms it did something for. Running it again does nothing: each step compares what it changes.
    """
    practice = await find_practice(work, organization_id)
    today = today_in(practice.zone, work.now)
    done = 0
    for sheet in await queries.due_between(work, organization_id, None, today - EXPIRE_AFTER):
        if await changes.expire(work, sheet.id, WAITING, today - EXPIRE_AFTER):
            await _note(work, organization_id, sheet.client_id, sheet.id, "form.expired")
            done += 1
    for sheet in await queries.due_between(work, organization_id, today, today + REMIND_BEFORE):
        is_fresh = work.now - sheet.sent_at < _LEAVE_IN_PEACE
        if sheet.reminded_at is None and not is_fresh and await changes.note_reminder(work, sheet.id):
            if await remind_people(work, organization_id, sheet.id, today):
                await _note(work, organization_id, sheet.client_id, sheet.id, "form.reminded")
            done += 1
    return done


async def _note(work: Work, organization_id: UUID, client_id: UUID, assignment_id: UUID, action: str) -> None:
    work.tell(f"forms:{organization_id}")
    work.tell(f"client:{client_id}")
    await record_change(
        work,
        organization_id=organization_id,
        actor=JOB,
        action=action,
        client_id=client_id,
        object_id=assignment_id,
    )
