"""What happens to a tab whose session is over: the server forgets what it held, the browser covers or clears it."""

from typing import Any

from portal.accounts.open_sessions import SessionStanding, standing_of_sessions
from portal.runtime import runtime
from portal.ui.session_state import PageState


async def end_page(page: PageState) -> None:
    """End a tab whose handler found no live session; the tab's lock is held."""
    session_hash = page._session_hash()
    async with runtime().database.unit_of_work(writes=False) as work:
        standing = (await standing_of_sessions(work, [session_hash]))[session_hash]
    cover(page, standing)


def cover(page: PageState, standing: SessionStanding) -> None:
    """Empty the whole tab on the server and tell the browser that the session has ended.

    After idling, the browser keeps what is on screen, covered, so that the same person signs in again and loses no
    word; the emptying is not sent. After a sign-out it is.
    """
    account_id = page.account_id
    root: Any = page._get_root_state()
    root.reset()
    if standing is not SessionStanding.OVER:
        root._clean()
    page.ended = True
    page.ended_because = "signed_out" if standing is SessionStanding.OVER else "idle"
    page.account_id = account_id
