"""The door's book of looks: written down in a unit of its own, before anything of a handler is shown."""

from collections.abc import Sequence
from uuid import UUID

from portal.audit.looks import look_noted, look_through, record_look, write_noted
from portal.kit.clock import quarter_of_hour
from portal.models import AccessLog
from portal.runtime import runtime
from portal.ui.opening import Access
from portal.ui.policy import Policy
from portal.ui.tabs import own_tab, tabs


async def write_looks(access: Access, policy: Policy, noted: Sequence[AccessLog], object_id: UUID | None) -> None:
    """Write down at whom a handler looked: what its services noted, and what it declares of the client's side.

    What this tab wrote within the same quarter of an hour is the same row, so a live update right after it costs
    nothing. A live update is not let off otherwise: whose page it fills is the browser's word.
    """
    if any(row.kind != policy.look for row in noted):
        raise RuntimeError(f"A handler that looks at {noted[0].kind} has to declare it: look={noted[0].kind!r}.")
    written = tabs.looked(own_tab(), quarter_of_hour(access.now))
    rows = [row for row in noted if look_noted(row) not in written]
    through = look_through(access, policy.look)
    if through in written:
        through = None
    if not rows and through is None:
        return
    async with runtime().database.unit_of_work() as work:
        await write_noted(work, rows)
        if through is not None:
            await record_look(work, access, kind=through.kind, object_id=object_id)
    written.update(look_noted(row) for row in rows)
    written.update([through] if through else [])
