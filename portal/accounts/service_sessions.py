"""Signed-in browsers: opened, touched, listed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, delete, update

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.accounts.mails import mail_account
from portal.accounts.queries import Practice
from portal.accounts.rules import TOUCH_INTERVAL
from portal.accounts.service_journal import forget_keys_of
from portal.accounts.views import SessionView
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.database import Work
from portal.errors import NotFound
from portal.kit.tokens import new_token, token_hash
from portal.models import Account, CalendarFeed, Session


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that was just opened. `token` is for the cookie, and is nowhere else."""

    token: str
    session_id: UUID
    account_id: UUID


async def open_session(
    work: Work, account: Account, practices: Sequence[Practice], *, device: str, is_known_device: bool
) -> NewSession:
    """Open a session for somebody who has just proved who they are.

    A device that this login never used brings a security mail.
    """
    token = new_token()
    session = Session(
        account_id=account.id,
        token_hash=token_hash(token),
        created_at=work.now,
        touched_at=work.now,
        stepped_up_at=work.now,
        device=device[:120],
    )
    is_first = not is_known_device and await queries.count_sessions(work, account.id) == 0
    work.add(session)
    await work.flush()
    await record_account_event(work, account_id=account.id, action="signed_in", device=session.device)
    if not is_known_device and not is_first:
        await mail_account(
            work,
            account,
            kind="new_device",
            dedupe_key=f"new_device:{session.id}",
            context={"device": session.device},
            practices=practices,
        )
    work.tell(f"account:{account.id}")
    return NewSession(token, session.id, account.id)


async def touch_session(work: Work, session_hash: str) -> bool:
    """Note that the person did something: at most once a minute, and never for a session that is over."""
    query = update(Session).where(
        col(Session.token_hash) == session_hash,
        queries.live(work.now),
        col(Session.touched_at) <= work.now - TOUCH_INTERVAL,
    )
    return (await work.exec(query.values(touched_at=work.now))).rowcount == 1


async def sign_out(work: Work, session_hash: str, *, because: str = "signed_out") -> None:
    """End the session of a token; a session that is over, or never was, stays as it is.

    `because` is "replaced" when the same browser signs in anew, which is an event of its own.
    """
    query = update(Session).where(col(Session.token_hash) == session_hash, queries.live(work.now))
    query = query.values(ended_at=work.now, ended_because=because)
    ended = (await work.exec(query.returning(col(Session.account_id), col(Session.device)))).first()
    if ended is None:
        return
    work.tell(f"account:{ended.account_id}")
    if because == "signed_out":
        await record_account_event(work, account_id=ended.account_id, action="signed_out", device=ended.device)


async def end_all_sessions(work: Work, access: AccountAccess, *, keep_this: bool = False) -> int:
    """Sign out everywhere, here too unless `keep_this`; returns how many sessions were ended.

    What reads without a session ends with them: keys of what was typed, and private addresses for calendars.
    """
    others = col(Session.id) != access.actor.session_id if keep_this else True
    ended = await _end(work, access.actor.account_id, "signed_out_everywhere", others)
    await forget_keys_of(work, access.actor.account_id)
    await end_calendar_feeds(work, access.actor.account_id)
    await record_account_event(work, account_id=access.actor.account_id, action="signed_out_everywhere")
    return ended


async def end_calendar_feeds(work: Work, account_id: UUID) -> None:
    """Let the private addresses that a login made for calendars show nothing any more: another may have made one."""
    await work.exec(delete(CalendarFeed).where(col(CalendarFeed.account_id) == account_id))


async def end_sessions_of(work: Work, account_id: UUID, *, because: str, keep: UUID | None = None) -> int:
    """End every session of a login, but for the one to keep: its password or address was changed."""
    return await _end(work, account_id, because, col(Session.id) != keep if keep else True)


async def list_sessions(work: Work, access: AccountAccess) -> tuple[SessionView, ...]:
    """List the browsers that are signed in, the one used last first."""
    found = await queries.list_live_sessions(work, access.actor.account_id)
    return tuple(
        SessionView(row.id, row.device, row.created_at, row.touched_at, row.id == access.actor.session_id)
        for row in found
    )


async def end_session(work: Work, access: AccountAccess, *, session_id: UUID) -> None:
    """End one of the person's own sessions; raises NotFound for any other id."""
    if not await _end(work, access.actor.account_id, "ended_by_owner", col(Session.id) == session_id):
        raise NotFound(sentence(Code.SESSION_GONE))
    await record_account_event(work, account_id=access.actor.account_id, action="session_ended")


async def _end(work: Work, account_id: UUID, because: str, *which: object) -> int:
    query = update(Session).where(col(Session.account_id) == account_id, col(Session.ended_at).is_(None))
    for condition in which:
        if condition is not True:
            query = query.where(condition)  # type: ignore[arg-type]
    ended = (await work.exec(query.values(ended_at=work.now, ended_because=because))).rowcount
    if ended:
        work.tell(f"account:{account_id}")
    return ended
