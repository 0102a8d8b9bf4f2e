"""Where the forms of one client stand, for staff; their answers are service_staff's."""

from dataclasses import dataclass

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.permissions import scope_of
from portal.database import Work
from portal.errors import NotFound
from portal.intake import queries_listing
from portal.intake.presenting import moment_text
from portal.intake.queries import ENDED, OPEN, SIGNED, WAITING


@dataclass(frozen=True)
class ClientFormView:
    """One form that was sent about a client. `can_read` says that its answers are there and the reader may see them.

    `is_waiting`: somebody is still asked for it; `has_ended`: it was taken back or ran out.
    `revision` is what taking it back compares with.
    """

    assignment_id: str
    title: str
    status: str
    due_on: str
    is_overdue: bool
    sent_at: str
    submitted_at: str
    can_read: bool
    revision: int
    is_waiting: bool
    has_ended: bool


async def list_client_forms(work: Work, access: PracticeAccess) -> list[ClientFormView]:
    """List the forms of the client of this access, the newest first. One statement.

    Roles that have nothing to do with forms get none; raises NotFound when the access is for no client.
    """
    if access.client_id is None:
        raise NotFound
    scope = scope_of(access.role, StaffTask.READ_ANSWERS)
    if scope is None:
        return []
    today = access.today
    return [
        ClientFormView(
            assignment_id=str(row.assignment_id),
            title=row.title,
            status=row.status.value,
            due_on=row.due_on.isoformat() if row.due_on else "",
            is_overdue=row.status in OPEN and row.due_on is not None and row.due_on < today,
            sent_at=moment_text(row.sent_at),
            submitted_at=moment_text(row.submitted_at),
            can_read=row.status in SIGNED and scope is not Scope.STATUS_ONLY,
            revision=row.revision,
            is_waiting=row.status in WAITING,
            has_ended=row.status in ENDED,
        )
        for row in await queries_listing.list_sent(work, access, access.client_id)
    ]
