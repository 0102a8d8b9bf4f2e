"""What every change of the team has in common: finding the member, writing it down, telling open pages."""

from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.rules import Plain
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.models import Membership
from portal.practice import queries_team as queries
from portal.practice import words_team


def require_team(access: PracticeAccess) -> None:
    """Refuse an access that was opened for something else."""
    if access.task is not StaffTask.TEAM:
        raise NotPermitted(words_team.OPEN_TEAM)


async def open_member(work: Work, access: PracticeAccess, membership_id: UUID) -> Membership:
    """Find a staff member of this practice, with the team locked; raises NotFound for anybody else."""
    require_team(access)
    await queries.lock_team(work, access.organization_id)
    member = await queries.find_member(work, access.organization_id, membership_id)
    if member is None:
        raise NotFound
    return member


async def record(work: Work, access: PracticeAccess, action: str, member: Membership, detail: dict[str, Plain]) -> None:
    """Write down what was done to a staff member, and ask for the pages that show it to load again."""
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        object_id=member.id,
        detail=detail,
    )
    work.tell(f"team:{access.organization_id}")
    if member.account_id is not None:
        work.tell(f"account:{member.account_id}")
