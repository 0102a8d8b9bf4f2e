"""Announcing that clients come of age: each practice in a unit of its own. Run it once an hour or so."""

from portal.clients.queries_coming_of_age import list_practices
from portal.clients.service_coming_of_age import announce
from portal.runtime import Runtime


async def announce_coming_of_age(runtime: Runtime) -> int:
    """Write the mails that are due, in every practice; returns how many are new. Running it again adds nothing."""
    async with runtime.database.unit_of_work(writes=False) as work:
        practices = await list_practices(work)
    mails = 0
    for organization_id in practices:
        async with runtime.database.unit_of_work() as work:
            mails += await announce(work, organization_id)
    return mails
