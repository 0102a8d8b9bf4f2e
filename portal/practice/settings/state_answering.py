"""/practice/settings: when the practice answers messages."""

from typing import Annotated, Any, ClassVar

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.messaging.service_hours import MOST, change_hours, read_hours
from portal.practice.settings import words
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState


class Hours(BaseModel):
    """What an administrator writes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours: Annotated[str, Field(max_length=2 * MOST)]


class AnsweringState(PageState):
    """What stands beside every box in which clients write. `answering_saved` counts what was saved."""

    is_part: ClassVar[bool] = True

    answering: str = ""
    answering_saved: int = 0

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the field."""
        self.answering = await read_hours(work, access)
        self.answering_saved += 1

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def save(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Keep what was written."""
        self.answering = await change_hours(work, access, hours=parse(Hours, fields).hours)
        self.answering_saved += 1
        self._say(words.ANSWERING_SAVED)
