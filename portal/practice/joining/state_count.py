"""How many ask to join, on the pages where staff notice it."""

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.invitations.service import count_join_requests
from portal.practice.joining import words
from portal.ui.guard import guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


class WaitingState(PageState):
    """`told` says how many wait; it is empty for nobody, and for who may not decide."""

    told: str = ""

    @rx.event
    @guarded(StaffTask.TODAY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Count them, and hear of more."""
        await watch(self, f"clients:{access.organization_id}")
        self.told = words.banner(await count_join_requests(work, access))

    @rx.event
    @guarded(StaffTask.TODAY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Count them again."""
        self.told = words.banner(await count_join_requests(work, access))
