"""Who looked at one's own record: the log of looks as the client reads it, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.access.actor import ClientAccess, Sight
from portal.audit import queries
from portal.database import Work
from portal.errors import NotPermitted
from portal.models import Role

NOT_YOURS = "Only the client can see who looked at a record."


@dataclass(frozen=True, slots=True)
class OwnLook:
    """Somebody looked, within the quarter of an hour that begins at `quarter`; `kind` is of words.ACCESS_KINDS.

    `role` is set for staff, `relationship` ("mother") for somebody of the contact network.
    """

    id: UUID
    quarter: datetime
    at: datetime
    name: str
    role: Role | None
    relationship: str
    kind: str


@dataclass(frozen=True, slots=True)
class OwnLooks:
    """A page of looks. `before` asks for the next page; None at the end."""

    looks: tuple[OwnLook, ...]
    before: tuple[datetime, UUID] | None


async def read_own_looks(
    work: Work, access: ClientAccess, *, before: tuple[datetime, UUID] | None = None, limit: int = 20
) -> OwnLooks:
    """Read a page of who looked at the record of the client of this access: one statement, and no health data."""
    if access.permission is not Sight.OWN_RECORD:
        raise NotPermitted(NOT_YOURS)
    rows = await queries.find_own_looks(work, access, before=before, limit=limit + 1)
    looks = tuple(
        OwnLook(look.id, look.quarter, look.at, name, role, relationship or "", look.kind)
        for look, name, role, relationship in rows[:limit]
    )
    return OwnLooks(looks, (looks[-1].at, looks[-1].id) if len(rows) > limit else None)
