"""How the sessions of open tabs stand: one query, however many there are."""

from collections.abc import Collection
from enum import StrEnum

from sqlmodel import col, select

from portal.accounts.rules import is_live
from portal.database import Work
from portal.models import Account, Session


class SessionStanding(StrEnum):
    """LIVE; IDLE when time alone ended it, so that the same person may go on; OVER when somebody ended it."""

    LIVE = "live"
    IDLE = "idle"
    OVER = "over"


async def standing_of_sessions(work: Work, hashes: Collection[str]) -> dict[str, SessionStanding]:
    """Return how each session stands by the hash of its token; one that is not known is OVER."""
    if not hashes:
        return {}
    rows = await work.exec(
        select(Session.token_hash, Session.created_at, Session.touched_at, Session.ended_at)
        .join(Account, col(Account.id) == col(Session.account_id))
        .where(col(Session.token_hash).in_(hashes), col(Account.disabled_at).is_(None))
    )
    standing = dict.fromkeys(hashes, SessionStanding.OVER)
    for token_hash, created_at, touched_at, ended_at in rows:
        if ended_at is None:
            live = is_live(created_at, touched_at, None, work.now)
            standing[token_hash] = SessionStanding.LIVE if live else SessionStanding.IDLE
    return standing
