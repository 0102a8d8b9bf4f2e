"""/practice/answers/[assignment_id]: the scores of this form about this client, over time."""

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotFound
from portal.intake.answers import showing
from portal.intake.answers.views import CourseView
from portal.intake.handling import service_reading
from portal.kit.ids import parse_id
from portal.ui.guard import guarded
from portal.ui.session_state import PageState


class CourseState(PageState):
    """Scores over time; none for a form without a score."""

    courses: rx.Field[list[CourseView]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True, look="answers")
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section."""
        found = parse_id(self._route_value("assignment_id"))
        if found is None:
            raise NotFound
        courses = await service_reading.list_courses(work, access, assignment_id=found)
        self.courses = [showing.course(one, access.zone) for one in courses]
