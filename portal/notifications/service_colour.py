"""The colour of a practice's mails: an administrator chooses one of a few that can be read."""

from sqlmodel import select

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import NotPermitted
from portal.models import Colour, Organization
from portal.notifications import words


async def read_colour(work: Work, access: PracticeAccess) -> Colour:
    """Read which colour the practice's mails have. Raises NotPermitted."""
    return (await _practice(work, access)).colour or Colour.TEAL


async def change_colour(work: Work, access: PracticeAccess, *, colour: Colour) -> None:
    """Give the practice's mails a colour, from the next one on; the same again changes nothing. Raises NotPermitted."""
    practice = await _practice(work, access)
    if colour is (practice.colour or Colour.TEAL):
        return
    practice.colour = colour
    work.add(practice)
    await work.flush()
    await record_change(
        work, organization_id=access.organization_id, actor=access.actor, action="practice.colour_changed"
    )


async def _practice(work: Work, access: PracticeAccess) -> Organization:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.ADMINISTRATORS_DECIDE)
    return (await work.exec(select(Organization).where(Organization.id == access.organization_id))).one()
