"""/practice/answers/[assignment_id]: staff read a form that came in."""

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.intake import service
from portal.intake.read_rows import ReadPage, read_page
from portal.kit.ids import parse_id
from portal.ui.guard import guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


class AnswersState(PageState):
    """One form as it was signed; `waiting` says that it was not yet. Reading goes into the access log, so it writes."""

    sheet: rx.Field[ReadPage] = rx.field(default_factory=ReadPage)
    waiting: str = ""

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="answers")
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"forms:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, live=True, look="answers")
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after a form came in or changed its status."""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        found = parse_id(self._route_value("assignment_id"))
        if found is None:
            raise NotFound
        try:
            view = await service.read_sheet(work, access, assignment_id=found)
        except Conflict as not_yet:
            self.sheet, self.waiting = ReadPage(), not_yet.sentence
            return
        self.sheet, self.waiting = read_page(view, access.zone, for_staff=True), ""
