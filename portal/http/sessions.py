"""Whether a session counts, for the edge: it decides nothing itself, it asks the gate."""

from portal.access.gate import open_account
from portal.errors import SignedOut
from portal.runtime import runtime


async def has_live_session(session_hash: str) -> bool:
    """Say whether the session with this hash is live now. Looking does not touch it."""
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            await open_account(work, session_hash)
    except SignedOut:
        return False
    return True
