"""/forms/[assignment_id]: filling a form in, and reading what was sent."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import ClientAccess, Sight
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, PortalError
from portal.intake import service, words_pages
from portal.intake.moments import day_of, moment_in_words
from portal.intake.operations import AnswerOperation
from portal.intake.read_rows import ReadPage, read_page
from portal.intake.rules_drawing import LONGEST
from portal.intake.views import SheetView
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.ui.events import then
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_REMEMBERED = 20


class SignatureFields(BaseModel):
    """What is sent to sign a form."""

    model_config = ConfigDict(extra="forbid")

    typed_name: Annotated[str, Field(max_length=1000)]
    drawing: Annotated[str, Field(max_length=LONGEST)] = ""
    agreed: bool


class FillState(PageState):
    """The form `form_id`: `sheet` while it is filled in, `sent` once it was signed. `replies` are to the filler.

    Everything here is rebuilt from the address and the database whenever the page connects.
    """

    form_id: str = ""
    title: str = ""
    lead: str = ""
    sheet: rx.Field[SheetView | None] = rx.field(None)
    replies: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    review: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    signing: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    sent: rx.Field[ReadPage] = rx.field(default_factory=ReadPage)
    is_new: bool = False
    next_step: str = ""

    @rx.event
    @guarded(Permission.FORMS, otherwise=Sight.SIGNED_FORMS, reads=True, look="answers")
    async def load(self, unit: Unit) -> Any:
        """Fill the page; a form that is opened for the first time is then noted as seen."""
        self.is_new = False
        try:
            async with unit() as (work, access):
                await watch(self, f"client:{access.client_id}")
                await watch(self, f"account:{access.actor.account_id}")
                await watch(self, f"settings:{access.organization_id}")
                await self._fill(work, access)
        except NotPermitted as refused:
            await self._show_that_signed(unit, refused)
        return then(FillState.note_seen) if self.sheet and self.sheet.status == "sent" else None

    @rx.event
    @guarded(Permission.FORMS)
    async def note_seen(self, work: Work, access: ClientAccess) -> None:
        """Note that the form was opened for the first time."""
        await service.mark_seen(work, access, assignment_id=self._assignment())

    @rx.event
    @guarded(Permission.FORMS, otherwise=Sight.SIGNED_FORMS, reads=True, live=True, look="answers")
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew after the form was sent, or a grant ended, somewhere else."""
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.FORMS, look="answers")
    async def save(self, work: Work, access: ClientAccess, operation: Any) -> None:
        """Store one answer; the filler is told by the operation's id what became of it, once it is committed."""
        try:
            given = parse(AnswerOperation, operation)
            outcome = await service.save_answer(work, access, assignment_id=self._assignment(), operation=given)
            reply = asdict(outcome)
        except (Invalid, Conflict) as refused:
            reply = _refused(operation, refused)
        self.replies = [*self.replies[1 - _REMEMBERED :], reply]

    @rx.event
    @guarded(Permission.FORMS, reads=True, look="answers")
    async def look_over(self, work: Work, access: ClientAccess) -> None:
        """Say what is still missing."""
        self.review = asdict(await service.review_sheet(work, access, assignment_id=self._assignment()))

    @rx.event
    @guarded(Permission.FORMS, look="answers")
    async def sign(self, unit: Unit, fields: Any) -> None:
        """Sign the form and send it; what was sent then takes the filler's place. Asked again, it was signed."""
        given = parse(SignatureFields, fields)
        try:
            async with unit() as (work, access):
                await service.sign_and_submit(work, access, assignment_id=self._assignment(), **given.model_dump())
                await self._show_sent(work, access)
        except (Invalid, Conflict) as refused:
            self.signing = {"count": self.signing.get("count", 0) + 1, "sentence": refused.sentence}
            return
        except NotPermitted as refused:
            await self._show_that_signed(unit, refused)
        self.is_new = True

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        sheet = await service.open_sheet(work, access, assignment_id=self._assignment())
        if not sheet.editable:
            await self._show_sent(work, access)
            return
        self.form_id, self.title, self.sheet, self.sent = sheet.id, sheet.title, sheet, ReadPage()
        self.lead = words_pages.due(day_of(sheet.due_on), access.today)

    async def _show_sent(self, work: Work, access: ClientAccess) -> None:
        view = await service.read_own_sheet(work, access, assignment_id=self._assignment())
        self.form_id, self.title, self.sheet = view.assignment_id, view.title, None
        self.lead = ""
        self.sent = read_page(view, access.zone)
        is_waiting = view.status == "signing"
        self.next_step = words_pages.OTHERS_SIGN if is_waiting else words_pages.what_is_next(access.practice_name)

    async def _show_that_signed(self, unit: Unit, refused: NotPermitted) -> None:
        """Tell who was asked for one signature, and may not see the form since it was given, that it was: no more.

        Raises `refused` for anybody else, and for staff who view as somebody: the signature is not theirs.
        The reply to a signature may be lost, and is asked for again.
        """
        if self._address_value("as"):
            raise refused
        async with unit.own() as (work, access):
            own = await service.find_own_signature(work, access, assignment_id=self._assignment())
        if own is None:
            raise refused
        self.form_id, self.title, self.sheet, self.lead = own.assignment_id, own.title, None, ""
        sent = words_pages.sent_by(access.actor.name, moment_in_words(own.signed_at, own.zone))
        self.sent = ReadPage(id=own.assignment_id, title=own.title, sent=sent)
        self.next_step, self.is_new = words_pages.what_is_next(own.practice_name), True

    def _object_id(self) -> UUID | None:
        return parse_id(self._route_value("assignment_id"))

    def _assignment(self) -> UUID:
        """Return the form of this address. Raises NotFound for nonsense; the service checks that it may be seen."""
        found = parse_id(self._route_value("assignment_id"))
        if found is None:
            raise NotFound
        return found


def _refused(operation: Any, refused: PortalError) -> dict[str, Any]:
    """Tell the filler that one answer was not stored, and why; "shut" when the form takes none any more."""
    given = operation.get("operation_id") if isinstance(operation, dict) else None
    return {
        "outcome": "shut" if isinstance(refused, Conflict) else "refused",
        "operation_id": str(parse_id(given) or ""),
        "sentence": refused.sentence,
    }
