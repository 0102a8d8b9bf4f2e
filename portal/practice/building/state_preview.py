"""The preview beside the builder: the real filler, whose answers stay in this tab."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import Invalid
from portal.intake.building import previewing
from portal.intake.building import service_building as service
from portal.intake.operations import AnswerOperation
from portal.intake.views import SheetView
from portal.practice.building import words
from portal.practice.building.showing import form_addressed
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState

_REMEMBERED = 20


class PreviewState(PageState):
    """A draft as a client sees it. What is answered here is never stored; `problem` says why nothing can be shown."""

    sheet: rx.Field[SheetView | None] = rx.field(None)
    problem: str = ""
    replies: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    review: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    signing: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    turn: int = 0

    _given: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Begin a try."""
        self._given, self.replies, self.review, self.turn = {}, [], {}, self.turn + 1
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Show the latest draft, with what was answered so far."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def save(self, work: Work, access: PracticeAccess, operation: Any) -> None:
        """Take an answer for a try."""
        given = parse(AnswerOperation, operation)
        draft = await service.open_draft(work, access, form_id=self._form_id())
        try:
            self._given, saved = previewing.try_answer(work, draft.text, self._given, given)
            reply = asdict(saved)
        except Invalid as refused:
            reply = {
                "outcome": "refused",
                "operation_id": str(given.operation_id),
                "sentence": refused.sentence,
            }
        self.replies = [*self.replies[1 - _REMEMBERED :], reply]

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def look_over(self, work: Work, access: PracticeAccess) -> None:
        """Say what a client would still have to answer."""
        form_id = self._form_id()
        draft = await service.open_draft(work, access, form_id=form_id)
        self.review = asdict(previewing.preview_review(work, form_id, draft.text, self._given))

    @rx.event
    @guarded(StaffTask.SEND_FORMS, reads=True)
    async def sign(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Sign nothing: this is a preview."""
        self.signing = {"count": self.signing.get("count", 0) + 1, "sentence": words.NOT_SENT}

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        form_id = self._form_id()
        draft = await service.open_draft(work, access, form_id=form_id)
        try:
            sheet = previewing.preview_sheet(work, access, form_id, draft.text, self._given)
            self.sheet, self.problem = sheet, "" if sheet.pages else words.NOTHING_TO_SHOW
        except Invalid as wrong:
            self.sheet, self.problem = None, wrong.sentence

    def _form_id(self) -> UUID:
        return form_addressed(self._route_value("form_id"))
