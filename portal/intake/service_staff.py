"""What staff see of forms that came in."""

from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.permissions import scope_of
from portal.audit.service import record_access
from portal.database import Work
from portal.errors import Conflict, NotFound, NotPermitted
from portal.intake import queries_staff, words
from portal.intake.frozen import Frozen, read_frozen
from portal.intake.presenting import moment_text
from portal.intake.views import ArrivalView
from portal.intake.views_reading import ReadView


async def list_arrivals(work: Work, access: PracticeAccess) -> list[ArrivalView]:
    """List the forms that came in and wait to be read, newest first. One statement.

    Whoever may not read answers at all gets none; therapists get those of their clients.
    """
    scope = scope_of(access.role, StaffTask.READ_ANSWERS)
    if scope is None:
        return []
    return [
        ArrivalView(
            assignment_id=str(row.id),
            title=row.title,
            client_id=str(row.client_id),
            client_name=row.client_name,
            submitted_at=moment_text(row.submitted_at),
            submitted_by=row.name,
            can_read=scope is not Scope.STATUS_ONLY,
        )
        for row in await queries_staff.list_arrivals(work, access, scope)
    ]


async def read_sheet(work: Work, access: PracticeAccess, *, assignment_id: UUID) -> ReadView:
    """Read one signed sheet; that it was read is recorded, so this needs a writing unit. 3 statements.

    Raises NotFound for a sheet out of reach, NotPermitted for who sees the status only, Conflict while it is being
    filled in.
    """
    if access.task is not StaffTask.READ_ANSWERS:
        raise NotPermitted(words.NOT_FOR_FORMS)
    row = await queries_staff.find_submitted(work, access, assignment_id)
    if row is None:
        raise NotFound
    if access.scope is Scope.STATUS_ONLY:
        raise NotPermitted(words.STATUS_ONLY)
    if row.response_id is None:
        raise Conflict(words.NOT_SENT_YET)
    await record_access(work, access, client_id=row.client_id, kind="answers", object_id=assignment_id)
    frozen = Frozen(row.response_id, row.document, row.sha256, row.submitted_by)
    return await read_frozen(work, row, frozen, row.client_name)
