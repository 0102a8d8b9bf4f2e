"""/practice/forms/[form_id]: building a form. The draft is kept after every edit."""

from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import TypeAdapter

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import Conflict
from portal.intake.building import presenting
from portal.intake.building import service_building as service
from portal.intake.building.rules_checking import Hurdle, hurdles
from portal.intake.building.service_building import Draft
from portal.intake.building.views import Detail, FormDetail, Path, Row, Step
from portal.practice.building import showing, words
from portal.practice.building.showing import form_addressed
from portal.practice.building.state_preview import PreviewState
from portal.practice.building.views import Head
from portal.ui.events import then
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_STEP: TypeAdapter[Any] = TypeAdapter(Step)
_MOST_REMEMBERED = 60


class BuilderState(PageState):
    """A form in the making. `chosen` is the linkId of the part that is edited, "" for the form as a whole.

    What can be undone is in this tab's memory alone; the draft is in the database after every edit.
    """

    head: rx.Field[Head] = rx.field(default_factory=Head)
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    problems: rx.Field[list[Hurdle]] = rx.field(default_factory=list)
    chosen: str = ""
    detail: rx.Field[Detail] = rx.field(default_factory=Detail)
    whole: rx.Field[FormDetail] = rx.field(default_factory=FormDetail)
    answers: int = 0

    _revision: int = 0
    _text: str = ""
    _past: rx.Field[list[str]] = rx.field(default_factory=list)
    _future: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> Any:
        """Fill the page."""
        await watch(self, f"form:{form_addressed(self._route_value('form_id'))}")
        await self._begin(work, access)
        return then(PreviewState.load)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> Any:
        """Fill the page anew after somebody else edited or published the form: what can be undone is theirs now."""
        before = self._revision
        await self._fill(work, access)
        if self._revision != before:
            self._past, self._future = [], []
        return then(PreviewState.load)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def choose(self, work: Work, access: PracticeAccess, path: Any) -> None:
        """Look at one part of the form; "" for the form as a whole."""
        self.chosen = "" if path == "" else parse(Path, path)
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def change(self, work: Work, access: PracticeAccess, step: Any) -> Any:
        """Make one edit and keep it."""
        given = parse(_STEP, step)
        base, form_id = self._revision, self._form_id()
        try:
            draft, path = await service.change_draft(work, access, form_id=form_id, base=base, step=given)
        except Conflict as stale:
            return await self._yield_to(work, access, stale)
        self._past, self._future = [*self._past[1 - _MOST_REMEMBERED :], self._text], []
        self.chosen = path
        await self._show(work, access, draft)
        return then(PreviewState.reload)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def rewind(self, work: Work, access: PracticeAccess, forward: Any) -> Any:
        """Take the last edit back, or make it again."""
        source, other = (self._future, self._past) if parse(bool, forward) else (self._past, self._future)
        if not source:
            return None
        try:
            base, text = self._revision, source[-1]
            draft = await service.put_draft(work, access, form_id=self._form_id(), base=base, text=text)
        except Conflict as stale:
            return await self._yield_to(work, access, stale)
        kept, gone = [*other[1 - _MOST_REMEMBERED :], self._text], source[:-1]
        self._past, self._future = (kept, gone) if forward else (gone, kept)
        await self._show(work, access, draft)
        return then(PreviewState.reload)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def publish(self, work: Work, access: PracticeAccess) -> None:
        """Publish the draft as the next version."""
        number = await service.publish_draft(work, access, form_id=self._form_id(), base=self._revision)
        await self._begin(work, access)
        self._say(words.published(number))

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def discard(self, work: Work, access: PracticeAccess) -> Any:
        """Give the draft up."""
        await service.discard_draft(work, access, form_id=self._form_id(), base=self._revision)
        await self._begin(work, access)
        self._say(words.DISCARDED)
        return then(PreviewState.load)

    async def _yield_to(self, work: Work, access: PracticeAccess, stale: Conflict) -> Any:
        """Somebody else was first: show theirs, and say so."""
        await self._begin(work, access)
        self._say(stale.sentence, "problem")
        return then(PreviewState.reload)

    async def _begin(self, work: Work, access: PracticeAccess) -> None:
        self._past, self._future, self.chosen = [], [], ""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        await self._show(work, access, await service.open_draft(work, access, form_id=self._form_id()))

    async def _show(self, work: Work, access: PracticeAccess, draft: Draft) -> None:
        document = draft.document
        versions = await service.list_versions(work, access, form_id=self._form_id())
        self._revision, self._text = draft.revision, draft.text
        self.problems = hurdles(document)
        self.rows = presenting.rows(document, self.problems)
        self.detail = presenting.detail(document, self.chosen) if self.chosen else Detail()
        self.chosen = self.detail.path
        self.whole = presenting.form_detail(document)
        self.head = showing.head(draft, versions, len(self._past), len(self._future), work.now)
        self.answers += 1

    def _form_id(self) -> UUID:
        return form_addressed(self._route_value("form_id"))
