"""How many requests wait for a staff member: the number beside the calendar icon of every staff page."""

from sqlmodel import col, func, select

from portal.access.actor import Scope, StaffTask
from portal.access.permissions import scope_of
from portal.access.subjects import Workplace
from portal.database import Work
from portal.models import AppointmentRequest, RequestStatus


async def count_waiting(work: Work, place: Workplace) -> int:
    """Count the requests that wait for somebody at a place where the gate found them; 0 for who decides about none."""
    if StaffTask.DECIDE_REQUESTS not in place.tasks:
        return 0
    query = (
        select(func.count())
        .select_from(AppointmentRequest)
        .where(
            AppointmentRequest.organization_id == place.organization_id,
            AppointmentRequest.status == RequestStatus.REQUESTED,
            col(AppointmentRequest.starts_at) > work.now,
        )
    )
    if scope_of(place.role, StaffTask.DECIDE_REQUESTS) is Scope.OWN:
        query = query.where(AppointmentRequest.membership_id == place.membership_id)
    return (await work.exec(query)).one()
