"""What periodic work did, for administrators: it is the installation's, and says nothing of any practice."""

from collections.abc import Sequence

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotPermitted
from portal.jobs.leasing import list_runs
from portal.models import JobRun

ADMINISTRATORS_ONLY = "Only administrators of the practice see what is done by itself."


async def list_periodic_work(work: Work, access: PracticeAccess) -> Sequence[JobRun]:
    """List what is known of every job. One statement. Raises NotPermitted."""
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(ADMINISTRATORS_ONLY)
    return await list_runs(work)
