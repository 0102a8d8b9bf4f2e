"""Why?: every condition behind what the client, or somebody of the contact network, may do."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients.service_read import why_client
from portal.database import Work
from portal.practice.client import showing_network
from portal.practice.client.views import WhyRow
from portal.ui.guard import Id, guarded, parse
from portal.ui.session_state import PageState


class WhyState(PageState):
    """The answer, in a panel above the page; `title` is empty while it is closed."""

    title: str = ""
    rows: rx.Field[list[WhyRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def ask(self, work: Work, access: PracticeAccess, contact_id: Any) -> None:
        """Explain what a contact may do for the client; an empty id asks about the client in person."""
        view = await why_client(work, access, contact_id=parse(Id, contact_id) if contact_id else None)
        self.title, self.rows = showing_network.why_title(view), showing_network.why_rows(view)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def close(self, work: Work, access: PracticeAccess) -> None:
        """Close the panel."""
        self.title, self.rows = "", []
