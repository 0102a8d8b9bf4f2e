"""Help for a client who cannot sign in."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.accounts.service_access_help import read_access_help, start_access_help, withdraw_access_help
from portal.database import Work
from portal.intake.moments import moment_in_words
from portal.models import IdentityCheck
from portal.practice.client import words_help as words
from portal.ui.events import then
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState


class HelpFields(BaseModel):
    """How somebody made sure whom they speak with."""

    model_config = ConfigDict(extra="forbid")

    check: IdentityCheck


class HelpState(PageState):
    """How the last help stands, in a sentence; `is_open` while its link works. `done` counts what was done."""

    may_help: bool = False
    standing: str = ""
    is_open: bool = False
    done: int = 0

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> Any:
        """Ask how the last help stands, where one may help at all."""
        self.may_help, self.standing = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None, ""
        return then(HelpState.look) if self.may_help else None

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def look(self, work: Work, access: PracticeAccess) -> None:
        """Say how the last help stands."""
        found = await read_access_help(work, access)
        self.is_open = found is not None and not found.is_over
        if found is not None:
            opens = moment_in_words(found.opens_at.isoformat(), access.zone) if found.opens_at else ""
            began = moment_in_words(found.started_at.isoformat(), access.zone)
            self.standing = words.standing(found.stage, began, opens)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, step_up=True)
    async def start(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Mail the link to the client's login."""
        given = parse(HelpFields, fields, words.CHOOSE_CHECK)
        await start_access_help(work, access, check=given.check)
        self.done += 1
        self._say(words.STARTED)
        return then(HelpState.look)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def withdraw(self, work: Work, access: PracticeAccess) -> Any:
        """Make the link worthless."""
        await withdraw_access_help(work, access)
        self._say(words.WITHDRAWN)
        return then(HelpState.look)
