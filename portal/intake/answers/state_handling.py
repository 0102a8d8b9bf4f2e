"""/practice/answers/[assignment_id]: what stands around a form, and moving it on."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotFound
from portal.intake.answers import showing, words
from portal.intake.answers.state import AnswersState
from portal.intake.answers.views import Around, CommentForm, CountersignForm, ReturnForm, Said
from portal.intake.handling import service_life, service_reading
from portal.intake.read_rows import ReadPage, read_page
from portal.kit.ids import parse_id
from portal.ui.events import then
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_PATH = Annotated[str, Field(max_length=500)]
_NUMBER = Annotated[int, Field(ge=0, le=1_000)]


class HandlingState(PageState):
    """What stands around a form. `about` is the item that a comment is being written on, "-" for the whole form."""

    keeps: ClassVar = ("about",)

    around: rx.Field[Around] = rx.field(default_factory=Around)
    said: rx.Field[dict[str, list[Said]]] = rx.field(default_factory=dict)
    about: str = ""
    earlier: rx.Field[ReadPage] = rx.field(default_factory=ReadPage)
    showing: str = ""
    done: int = 0

    _revision: int = 0
    _fingerprint: str = ""

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True, look="answers")
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"forms:{access.organization_id}")
        if not self._is_again:
            self.about = ""
        self.earlier, self.showing = ReadPage(), ""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True, live=True, look="answers")
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after the form moved on."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True)
    async def write_about(self, work: Work, access: PracticeAccess, path: Any) -> None:
        """Open the form for a comment on one answer ("-": on the whole form), or close it ("")."""
        self.about = parse(_PATH, path)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="answers")
    async def comment(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Say something about an answer."""
        given, path = parse(CommentForm, fields), "" if self.about == "-" else self.about
        await service_life.comment_on(work, access, assignment_id=self._sheet(), path=path, text=given.text)
        await self._fill(work, access, words.SAID)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="answers")
    async def give_back(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Return the form to be corrected."""
        text, seen = parse(ReturnForm, fields).text, self._revision
        await service_life.return_sheet(work, access, assignment_id=self._sheet(), seen=seen, text=text)
        await self._fill(work, access, words.RETURNED)
        return then(AnswersState.reload)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="answers")
    async def countersign(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Sign below the others, so that the form is complete."""
        given, sheet = parse(CountersignForm, fields), self._sheet()
        agreed = given.agreed == "on"
        signed: dict[str, Any] = {"typed_name": given.typed_name, "agreed": agreed, "fingerprint": self._fingerprint}
        await service_life.countersign(work, access, assignment_id=sheet, seen=self._revision, **signed)
        await self._fill(work, access, words.COUNTERSIGNED)
        return then(AnswersState.reload)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="answers")
    async def complete(self, work: Work, access: PracticeAccess) -> Any:
        """Lock the form."""
        await service_life.complete_sheet(work, access, assignment_id=self._sheet(), seen=self._revision)
        await self._fill(work, access, words.COMPLETED)
        return then(AnswersState.reload)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True, look="answers")
    async def show_version(self, work: Work, access: PracticeAccess, number: Any) -> None:
        """Show what was signed before; 0 for what was signed last."""
        wanted = parse(_NUMBER, number)
        self.earlier, self.showing = ReadPage(), ""
        if wanted:
            sheet = self._sheet()
            view = await service_reading.read_state(work, access, assignment_id=sheet, number=wanted)
            self.earlier, self.showing = read_page(view, access.zone, for_staff=True), words.showing(wanted)

    async def _fill(self, work: Work, access: PracticeAccess, sentence: str = "") -> None:
        found = await service_reading.read_handling(work, access, assignment_id=self._sheet())
        self._revision, self._fingerprint = found.revision, found.fingerprint
        self.around = showing.around(found, access.today, access.zone)
        self.said = showing.by_item(found.comments, access.zone)
        if sentence:
            self.about, self.done = "", self.done + 1
            self._say(sentence)

    def _sheet(self) -> UUID:
        found = parse_id(self._route_value("assignment_id"))
        if found is None:
            raise NotFound
        return found
