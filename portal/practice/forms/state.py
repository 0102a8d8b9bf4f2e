"""/practice/forms: the forms of the practice."""

from typing import Any
from uuid import UUID

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.intake.building import service_library as service
from portal.practice.forms import showing, words
from portal.practice.forms.views import Listed, NewForm, Wanted
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class LibraryState(PageState):
    """The list of forms. `shown` are the fields that it answers."""

    loaded: bool = False
    rows: rx.Field[list[Listed]] = rx.field(default_factory=list)
    shown: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: {"query": "", "show": ""})
    counted: str = ""

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"forms:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Narrow the list."""
        self.shown = parse(Wanted, fields).model_dump()
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def begin(self, unit: Unit, fields: Any) -> Any:
        """Begin a form, and go there."""
        given = parse(NewForm, fields)
        async with unit() as (work, access):
            made = await service.create_form(work, access, title=given.title)
        return rx.redirect(self._address(made))

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def duplicate(self, unit: Unit, form_id: Any) -> Any:
        """Begin a copy of a form, and go there."""
        source = parse(Id, form_id)
        async with unit() as (work, access):
            made = await service.duplicate_form(work, access, form_id=source)
        return rx.redirect(self._address(made))

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def archive(self, work: Work, access: PracticeAccess, form_id: Any) -> None:
        """Take a form out of use."""
        await service.archive_form(work, access, form_id=parse(Id, form_id))
        await self._fill(work, access)
        self._say(words.ARCHIVED_NOW)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def restore(self, work: Work, access: PracticeAccess, form_id: Any) -> None:
        """Put a form back into use."""
        await service.restore_form(work, access, form_id=parse(Id, form_id))
        await self._fill(work, access)
        self._say(words.RESTORED_NOW)

    def _address(self, form_id: UUID) -> str:
        practice = self._address_value("practice")
        return f"/practice/forms/{form_id}" + (f"?practice={practice}" if practice else "")

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        archived = self.shown["show"] == "archived"
        found = await service.list_library(work, access, looked_for=self.shown["query"], archived=archived)
        self.rows = [showing.listed(form, work.now) for form in found]
        self.counted, self.loaded = words.counted(len(found)), True
