"""/practice/import-clients: who may take in a list. The file itself goes to a route of its own."""

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotPermitted
from portal.practice.importing import words
from portal.ui.guard import guarded
from portal.ui.session_state import PageState


class ImportState(PageState):
    """Whether the page is open to its reader."""

    loaded: bool = False

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Open the page for who may add clients to the whole practice."""
        if access.scope.only_assigned:
            raise NotPermitted(words.NOT_FOR_YOU)
        self.loaded = True
