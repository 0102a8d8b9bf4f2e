"""Whose request this is, for what stands in front of the app: it decides nothing itself, it asks the gate."""

from starlette.datastructures import Headers

from portal.access.gate import open_account
from portal.errors import SignedOut
from portal.http.cookies import session_hash_of
from portal.runtime import runtime


async def live_session(headers: Headers) -> str | None:
    """Return the hash of the live session that a request's cookie names, if there is one. Looking does not touch it."""
    here = runtime()
    session_hash = session_hash_of("; ".join(headers.getlist("cookie")), here.config.secure)
    if session_hash is None:
        return None
    try:
        async with here.database.unit_of_work(writes=False) as work:
            await open_account(work, session_hash)
    except SignedOut:
        return None
    return session_hash
