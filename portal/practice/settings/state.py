"""/practice/settings: what the practice decides about the portal, and what it decided before."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StrictBool, StrictInt

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.gate import require_step_up
from portal.access.permissions import scope_of
from portal.database import Work
from portal.practice.settings import showing
from portal.practice.settings.state_history import HistoryState
from portal.practice.settings.views import (
    NOTHING_ASKED,
    NOTHING_DONE,
    AskedRow,
    Shortcut,
    SwitchRow,
    UndoRow,
)
from portal.runtime import runtime
from portal.settings import service
from portal.settings.catalog import Kind, setting
from portal.settings.overview import Overview
from portal.settings.store import change_setting
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Name = Annotated[str, Field(max_length=60)]
Value = StrictBool | StrictInt
Step = Annotated[int, Field(ge=0, le=2)]


class SettingsState(PageState):
    """The settings. `answers` counts what the server answered; who `may_change` none sees how they stand."""

    loaded: bool = False
    may_change: bool = False
    answers: int = 0
    features: rx.Field[list[SwitchRow]] = rx.field(default_factory=list)
    notices: rx.Field[list[SwitchRow]] = rx.field(default_factory=list)
    team: rx.Field[list[SwitchRow]] = rx.field(default_factory=list)
    shortcuts: rx.Field[list[Shortcut]] = rx.field(default_factory=list)
    asked: rx.Field[AskedRow] = rx.field(default_factory=lambda: NOTHING_ASKED)
    done: rx.Field[UndoRow] = rx.field(default_factory=lambda: NOTHING_DONE)

    @rx.event
    @guarded(StaffTask.TODAY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of what administrators change from now on, add-ons included."""
        await watch(self, f"settings:{access.organization_id}")
        await watch(self, f"team:{access.organization_id}")
        self.asked, self.done = NOTHING_ASKED, NOTHING_DONE
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.TODAY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after somebody changed a setting."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def change(self, work: Work, access: PracticeAccess, name: Any, value: Any, step: Any = 0) -> Any:
        """Change a setting, or ask first; `step` counts the questions that were agreed to."""
        wanted, agreed = {"name": parse(Name, name), "value": parse(Value, value)}, parse(Step, step)
        if setting(wanted["name"]).kind is Kind.TEAM:
            require_step_up(access)
        question = await service.question_before(work, access, **wanted)
        self.answers += 1
        if question and agreed < len(question.steps):
            self.asked = showing.asked_row(setting(wanted["name"]), question, agreed)
            return None
        made = await change_setting(work, access, **wanted, confirmed=question is not None)
        self.asked = NOTHING_ASKED
        self._show(made.overview)
        if made.new == made.old:
            return None
        self.done = showing.undo_row(made, self.answers)
        return HistoryState.reload

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def leave_it(self, work: Work, access: PracticeAccess) -> None:
        """Take the question away; nothing was changed."""
        self.asked = NOTHING_ASKED

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self._show(await service.read_overview(work, access))
        self.may_change = scope_of(access.role, StaffTask.SETTINGS) is not None
        self.loaded = True

    def _show(self, overview: Overview) -> None:
        self.features = showing.switch_rows(overview, Kind.SWITCH)
        self.notices = showing.switch_rows(overview, Kind.NOTICE)
        self.team = showing.switch_rows(overview, Kind.TEAM)
        self.shortcuts = showing.shortcuts(runtime().config.origin, overview)
