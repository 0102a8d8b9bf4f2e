"""Forms that are due: one reminder each, and an end for those that were due long ago. Run it once an hour or so."""

from portal.clients.queries_coming_of_age import list_practices
from portal.intake.handling import reminding
from portal.runtime import Runtime


async def look_after_due_forms(runtime: Runtime) -> int:
    """Remind and expire in every practice, each in a unit of its own; returns how many forms. Safe to run twice."""
    async with runtime.database.unit_of_work(writes=False) as work:
        practices = await list_practices(work)
    done = 0
    for organization_id in practices:
        async with runtime.database.unit_of_work() as work:
            done += await reminding.look_after_due_forms(work, organization_id)
    return done
