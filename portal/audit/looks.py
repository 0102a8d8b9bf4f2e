"""Looks through the client's side of the portal: by contacts, and by staff who view as somebody else.

The door writes them down for every page that declares what kind of look it is; no page has to think of it.
"""

from uuid import UUID

from portal.access.actor import ClientAccess, Person, Standing, Viewing
from portal.access.subjects import ActingAccess
from portal.audit import queries
from portal.audit.service import record_access, record_change
from portal.database import Work
from portal.kit.clock import quarter_of_hour
from portal.models import AccessLog

VIEW_AS = "view_as"


def kind_of_look(access: object, kind: str) -> str:
    """Say what kind of look a page was; empty for one that leaves no trace.

    Staff who view as somebody else always leave one. Who looks at what is their own does not: it would say nothing
    (45 CFR 164.312(b) is about others' access), and a contact does where a page shows health data.
    """
    if isinstance(access, ClientAccess | ActingAccess) and access.viewing is not None:
        return kind or VIEW_AS
    return kind if isinstance(access, ClientAccess) and access.standing is Standing.CONTACT else ""


async def record_look(work: Work, access: object, *, kind: str, object_id: UUID | None = None) -> None:
    """Write a look down, in a writing unit. `kind` comes from kind_of_look."""
    if isinstance(access, ClientAccess | ActingAccess) and access.viewing is not None:
        await _record_view(work, access.actor, access.viewing, kind, object_id)
    elif isinstance(access, ClientAccess):
        await record_access(work, access, client_id=access.client_id, kind=kind, object_id=object_id)


async def _record_view(work: Work, actor: Person, viewing: Viewing, kind: str, object_id: UUID | None) -> None:
    """Write down that staff looked: in the log of looks, and once a quarter of an hour in the chain."""
    quarter = quarter_of_hour(work.now)
    look = AccessLog(
        organization_id=viewing.organization_id,
        account_id=actor.account_id,
        client_id=viewing.client_id,
        kind=kind,
        object_id=object_id,
        quarter=quarter,
        at=work.now,
    )
    await queries.insert_once(work, look)
    if await queries.has_viewed(work, viewing, actor.account_id, since=quarter):
        return
    await record_change(
        work,
        organization_id=viewing.organization_id,
        actor=actor,
        action="client.viewed_as",
        client_id=viewing.client_id,
        object_id=viewing.contact_id or viewing.client_id,
        detail={"as": "contact" if viewing.contact_id else "client"},
    )
