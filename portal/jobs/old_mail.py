"""Forgetting mail that was sent long ago, so that the outbox does not grow for ever. Run it a few times a day."""

from portal.notifications.pruning import forget_old_mail
from portal.runtime import Runtime

BATCH = 500
MOST_BATCHES = 40


async def clear_old_mail(runtime: Runtime) -> int:
    """Forget old mail, each batch in a unit of its own; returns how many. What is left over goes at the next turn."""
    gone = 0
    for _ in range(MOST_BATCHES):
        async with runtime.database.unit_of_work() as work:
            found = await forget_old_mail(work, BATCH)
        gone += found
        if not found:
            break
    return gone
