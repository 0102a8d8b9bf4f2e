"""Private addresses for calendar programs: whose they are, and what is shown at them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, update
from sqlmodel import select as select_rows

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.models import (
    Account,
    Appointment,
    AppointmentAttendee,
    CalendarFeed,
    Location,
    Membership,
    Service,
)

_BACK = timedelta(days=90)
_MOST = 1000


async def find_own(work: Work, access: ClientAccess) -> tuple[CalendarFeed | None, bool]:
    """Find one's own address for a client, and whether one's calendars may tell details. One statement."""
    mine = (col(CalendarFeed.account_id) == col(Account.id)) & (col(CalendarFeed.client_id) == access.client_id)
    query: Any = (
        select(CalendarFeed, col(Account.calendar_details))
        .select_from(Account)
        .outerjoin(CalendarFeed, mine)
        .where(col(Account.id) == access.eyes)
    )
    row = (await work.exec(query)).one_or_none()  # nobody, where staff view as somebody without a login
    return (row[0], row[1]) if row else (None, False)


async def put_own(work: Work, feed: CalendarFeed) -> None:
    """Put one's address for a client in the place of the one that was there; of two at once the later one stays."""
    added: Any = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = {"id": feed.id, "token_hash": feed.token_hash, "created_at": feed.created_at}
    query = added(CalendarFeed).values(feed.model_dump())
    await work.exec(query.on_conflict_do_update(index_elements=["client_id", "account_id"], set_=fresh))


async def remove_own(work: Work, access: ClientAccess) -> bool:
    """Take one's address for a client away; False when there was none."""
    mine = col(CalendarFeed.client_id) == access.client_id, col(CalendarFeed.account_id) == access.actor.account_id
    return (await work.exec(delete(CalendarFeed).where(*mine))).rowcount == 1


async def set_details(work: Work, account_id: UUID, *, details: bool) -> None:
    """Let somebody's calendars tell what an appointment is, or not."""
    await work.exec(update(Account).where(col(Account.id) == account_id).values(calendar_details=details))


async def find_feed(work: Work, token_hash: str) -> CalendarFeed | None:
    """Find an address by the hash of its token."""
    return (await work.exec(select_rows(CalendarFeed).where(CalendarFeed.token_hash == token_hash))).one_or_none()


async def list_entries(work: Work, feed: CalendarFeed) -> Sequence[Any]:
    """List the appointments of the client of an address: three months back, and all that is ahead."""
    query: Any = (
        select(
            Appointment,
            col(Membership.name).label("therapist"),
            col(Service.name).label("service"),
            col(Location.name).label("location"),
            col(Location.address).label("address"),
        )
        .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
        .join(Membership, col(Membership.id) == col(Appointment.membership_id))
        .join(Service, col(Service.id) == col(Appointment.service_id))
        .outerjoin(Location, col(Location.id) == col(Appointment.location_id))
        .where(
            col(AppointmentAttendee.client_id) == feed.client_id,
            col(Appointment.organization_id) == feed.organization_id,
            col(Appointment.starts_at) > work.now - _BACK,
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id))
        .limit(_MOST)
    )
    found: Sequence[Any] = (await work.exec(query)).all()
    return found
