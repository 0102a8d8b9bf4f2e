"""When a practice answers messages, in its own words: only an administrator decides what stands beside every box."""

from sqlmodel import select

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Invalid, NotPermitted
from portal.kit.text import is_printable, tidy
from portal.messaging import words
from portal.models import Organization

MOST = 300


async def read_hours(work: Work, access: PracticeAccess) -> str:
    """Read when the practice answers; an empty text when it does not say. Raises NotPermitted."""
    return (await _practice(work, access)).answering_hours or ""


async def change_hours(work: Work, access: PracticeAccess, *, hours: str) -> str:
    """Say when the practice answers; the same again changes nothing. Raises NotPermitted, and Invalid when too long."""
    practice = await _practice(work, access)
    kept = tidy("".join(mark for mark in hours if is_printable(mark) or mark.isspace()))
    if len(kept) > MOST:
        raise Invalid(words.HOURS_TOO_LONG.format(most=MOST))
    if kept != (practice.answering_hours or ""):
        practice.answering_hours = kept
        work.add(practice)
        await work.flush()
        await record_change(
            work, organization_id=access.organization_id, actor=access.actor, action="message.hours_changed"
        )
        work.tell(f"settings:{access.organization_id}")
    return kept


async def _practice(work: Work, access: PracticeAccess) -> Organization:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_AN_ADMINISTRATOR)
    return (await work.exec(select(Organization).where(Organization.id == access.organization_id))).one()
