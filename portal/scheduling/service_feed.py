"""A private address for one's own calendar program, made and ended by oneself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.access.actor import ClientAccess, Sight
from portal.access.recipients import Circle, Recipient, find_circle
from portal.database import Work
from portal.errors import NotFound
from portal.kit.tokens import new_token, token_hash
from portal.models import CalendarFeed
from portal.scheduling import calendar_files, queries_feed, telling, words
from portal.scheduling.calendar_files import Entry
from portal.scheduling.rules import OVER


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """Since when one has an address for a client, None without one; whether one's calendars may tell details."""

    since: datetime | None
    details: bool


async def open_own(work: Work, access: ClientAccess) -> OwnFeed:
    """Say what one has for this client."""
    feed, details = await queries_feed.find_own(work, access)
    return OwnFeed(feed.created_at if feed else None, details)


async def make_address(work: Work, access: ClientAccess) -> str:
    """Make a new address, and end the old one; returns its token, which is kept nowhere."""
    token = new_token()
    feed = CalendarFeed(
        organization_id=access.organization_id,
        client_id=access.client_id,
        account_id=access.actor.account_id,
        token_hash=token_hash(token),
        created_at=work.now,
    )
    await queries_feed.put_own(work, feed)
    await _write_down(work, access, "calendar.address_made")
    return token


async def end_address(work: Work, access: ClientAccess) -> None:
    """Let one's address for this client show nothing any more; raises NotFound without one."""
    if not await queries_feed.remove_own(work, access):
        raise NotFound
    await _write_down(work, access, "calendar.address_ended")


async def choose_details(work: Work, access: ClientAccess, *, details: bool) -> None:
    """Let one's own calendars, in mails and at addresses, tell what an appointment is and with whom; or not."""
    await queries_feed.set_details(work, access.actor.account_id, details=details)


async def read_feed(work: Work, token: str) -> str:
    """Return the calendar at an address, for whoever knows its token.

    The person who made it has to be somebody who may see these appointments now; raises NotFound otherwise.
    """
    feed = await queries_feed.find_feed(work, token_hash(token))
    if feed is None:
        raise NotFound
    circle = await find_circle(work, feed.organization_id, [feed.client_id], Sight.APPOINTMENTS)
    owner = next((one for one in circle.recipients if one.account_id == feed.account_id), None)
    if owner is None:
        raise NotFound
    rows = await queries_feed.list_entries(work, feed)
    return calendar_files.write_feed([_entry(row, circle, owner) for row in rows], work.now)


def _entry(row: Any, circle: Circle, owner: Recipient) -> Entry:
    one, what = row.Appointment, words.about(row.service, row.therapist)
    return Entry(
        appointment_id=one.id,
        sequence=one.sequence,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        where=telling.where_of(telling.Spot(row.location or "", row.address or ""), circle),
        is_cancelled=one.status in OVER,
        title=calendar_files.title_of(what, owner.whose) if owner.details else calendar_files.TITLE,
    )


async def _write_down(work: Work, access: ClientAccess, action: str) -> None:
    await telling.write_down(
        work, access.organization_id, access.actor, action, access.actor.account_id, access.client_id
    )
