"""Clearing away what nothing refers to any more: files that were never sent in, keys whose time is over."""

from portal.accounts.service_journal import forget_old_keys
from portal.files.service import forget_orphans
from portal.integrations.storage.choose import storage_for
from portal.runtime import Runtime


async def clear_leftovers(runtime: Runtime) -> int:
    """Forget old keys and orphaned files; returns how many files. The bytes go after the commit that forgot them."""
    async with runtime.database.unit_of_work() as work:
        await forget_old_keys(work)
        names = await forget_orphans(work)
    storage = storage_for(runtime.config)
    for name in names:
        await storage.remove(name)
    return len(names)
