"""Which practice an address is about."""

import re

from portal.accounts import service
from portal.runtime import runtime

_SLUG = re.compile(r"[a-z0-9-]{1,60}")


async def find_name(slug: str) -> str | None:
    """Return the name of a practice by the word in its addresses; None where there is no such practice."""
    if not _SLUG.fullmatch(slug):
        return None
    async with runtime().database.unit_of_work(writes=False) as work:
        return await service.find_practice_name(work, slug)
