"""The list of clients as a file, for who has shown who they are."""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.ui.guard import guarded
from portal.ui.session_state import PageState


class ExportState(PageState):
    """Nothing but the way to the file."""

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, step_up=True)
    async def export(self, work: Work, access: PracticeAccess) -> Any:
        """Let the browser fetch the file; its route checks everything again, and writes down that it was fetched."""
        practice = self._address_value("practice")
        query = f"?{urlencode({'practice': practice})}" if practice else ""
        name = f"clients-{access.today.isoformat()}.csv"
        return rx.download(url=f"/practice/clients/export.csv{query}", filename=name)
