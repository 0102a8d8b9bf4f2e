"""From rows to what a browser may see. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.access.actor import PracticeAccess
from portal.files.service import name_of
from portal.kit.crypto import KeyRing
from portal.messaging import words
from portal.messaging.queries import Access, Seat, Somebody
from portal.messaging.queries_messages import Written
from portal.messaging.rules import parts_of
from portal.messaging.sealing import author_of, body_of, draft_of, subject_of
from portal.messaging.views import FileView, MessageView, PartView, ThreadRow, ThreadView
from portal.models import Message, MessageKind, MessageThread, Side, ThreadParticipant


def thread_view(ring: KeyRing, access: Access, seat: Seat, rows: Sequence[Written], why_not: str) -> ThreadView:
    """Build one conversation as this person sees it."""
    thread, mine = seat.thread, seat.mine
    receipts = _receipts(access, seat, [row for row, _ in rows])
    read = mine.row.read_number if mine else thread.last_number
    return ThreadView(
        id=str(thread.id),
        subject=subject_of(ring, thread),
        client=seat.client_name,
        client_id=str(thread.client_id),
        people=names_of(access, seat.people),
        messages=[_message(ring, access, row, receipts, read) for row in rows],
        newest=thread.last_number,
        first=rows[0][0].number if rows else 1,
        draft=draft_of(ring, mine.row if mine else None),
        why_not=why_not,
        is_archived=mine is not None and _is_aside(mine.row, thread),
        has_unread=read < thread.last_number,
        hours=seat.answering_hours,
    )


def thread_row(
    ring: KeyRing, access: Access, thread: MessageThread, mine: ThreadParticipant, client: str, people: list[Somebody]
) -> ThreadRow:
    """Build one line of the list."""
    return ThreadRow(
        id=str(thread.id),
        subject=subject_of(ring, thread),
        client=client,
        client_id=str(thread.client_id),
        people=names_of(access, people),
        when=short_moment(thread.last_at, access.now, access.zone),
        unread=max(0, thread.last_number - mine.read_number),
    )


def names_of(access: Access, people: Iterable[Somebody]) -> str:
    """Name everybody in a conversation: staff first, oneself as "you", the client as such."""
    ordered = sorted(people, key=lambda one: (one.row.side is not Side.STAFF, one.name))
    return ", ".join(_name(access, one) for one in ordered)


def _name(access: Access, one: Somebody) -> str:
    if one.account_id == access.actor.account_id:
        return words.YOU.lower()
    is_client = one.row.side is Side.CLIENT
    return f"{one.name} ({words.THE_CLIENT})" if is_client and isinstance(access, PracticeAccess) else one.name


def short_moment(at: datetime, now: datetime, zone: str) -> str:
    """Return a moment as "14:07" today, "Mon 14:07" this week, else "3 Nov 2026", in the practice's zone."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if today - local.date() < timedelta(days=6):
        return f"{local:%a %H:%M}"
    return f"{local.day} {local:%b %Y}"


def short_size(size: int) -> str:
    """Return a number of bytes as people say it: "240 KB", "3.2 MB"."""
    return f"{max(1, round(size / 1000))} KB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def full_moment(at: datetime, now: datetime, zone: str) -> str:
    """Return a moment as "Today 14:07" or "3 November 2026 14:07", in the practice's zone."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"Today {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"Yesterday {local:%H:%M}"
    return f"{local.day} {local:%B %Y} {local:%H:%M}"


def _message(ring: KeyRing, access: Access, written: Written, receipts: dict[int, str], read: int) -> MessageView:
    row, files = written
    is_own = row.author_id == access.actor.account_id
    return MessageView(
        id=str(row.id),
        number=row.number,
        operation_id=str(row.operation_id) if is_own else "",
        author=words.YOU if is_own else author_of(ring, row),
        is_own=is_own and row.kind is MessageKind.WORDS,
        is_note=row.kind is not MessageKind.WORDS,
        when=full_moment(row.sent_at, access.now, access.zone),
        at=row.sent_at.isoformat(),
        parts=[PartView(part.text, part.link) for part in parts_of(body_of(ring, row))],
        receipt=receipts.get(row.number, ""),
        is_new=row.number > read and not is_own,
        files=[FileView(f"/files/{file.id}", name_of(ring, file), short_size(file.size)) for file in files],
    )


def _receipts(access: Access, seat: Seat, rows: Sequence[Message]) -> dict[int, str]:
    """Say below the last of one's own messages that somebody has seen: who, and when."""
    own = [row for row in rows if row.author_id == access.actor.account_id and row.kind is MessageKind.WORDS]
    others = [one for one in seat.people if seat.mine is None or one.row.id != seat.mine.row.id]
    found: dict[int, list[str]] = {}
    for one in others:
        if one.row.read_at is None:
            continue
        seen = max((row.number for row in own if row.number <= one.row.read_number), default=0)
        said = short_moment(one.row.read_at, access.now, access.zone)
        found.setdefault(seen, []).append(said if len(others) == 1 else f"{said} by {one.name}")
    return {number: f"Read {', '.join(said)}" for number, said in found.items() if number}


def _is_aside(mine: ThreadParticipant, thread: MessageThread) -> bool:
    return mine.archived_at is not None and mine.archived_at >= thread.last_at
