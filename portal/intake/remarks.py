"""What staff asked to be corrected, for those who correct it."""

from portal.database import Work
from portal.intake.handling import queries as handling
from portal.intake.handling.sealing import open_comment
from portal.intake.queries import Found
from portal.intake.remark_views import RemarkView
from portal.models import AssignmentStatus


async def remarks_on(work: Work, row: Found) -> list[RemarkView]:
    """Return the comments on what was signed last, while a form is returned; none otherwise, and no statement."""
    if row.status is not AssignmentStatus.RETURNED:
        return []
    found = await handling.comments_on(work, row.assignment_id)
    newest = found[-1].response_id if found else None
    return [
        RemarkView(one.path, open_comment(work.ring, one.id, one.words), one.author)
        for one in found
        if one.response_id == newest
    ]
