"""Telling people that a message waits: each practice in a unit of its own. Run it every minute or so."""

from portal.messaging.waiting import announce_waiting, list_practices
from portal.runtime import Runtime


async def announce_waiting_messages(runtime: Runtime) -> int:
    """Write the mails that are due, in every practice; returns how many are new. Running it again adds nothing."""
    async with runtime.database.unit_of_work(writes=False) as work:
        practices = await list_practices(work)
    mails = 0
    for organization_id in practices:
        async with runtime.database.unit_of_work() as work:
            mails += await announce_waiting(work, organization_id, runtime.config.origin)
    return mails
