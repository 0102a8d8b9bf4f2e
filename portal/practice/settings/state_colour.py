"""/practice/settings: the colour of the practice's mails."""

from typing import Any, ClassVar

import reflex as rx
from pydantic import BaseModel, ConfigDict

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.models import Colour
from portal.notifications.service_colour import change_colour, read_colour
from portal.practice.settings import words
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState


class Chosen(BaseModel):
    """What an administrator chooses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    colour: Colour


class ColourState(PageState):
    """The colour of mails. `colour_saved` counts what was loaded and saved."""

    is_part: ClassVar[bool] = True

    colour: str = ""
    colour_saved: int = 0

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the field."""
        self.colour = (await read_colour(work, access)).value
        self.colour_saved += 1

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def save(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Keep what was chosen."""
        chosen = parse(Chosen, fields).colour
        await change_colour(work, access, colour=chosen)
        self.colour = chosen.value
        self.colour_saved += 1
        self._say(words.COLOUR_SAVED)
