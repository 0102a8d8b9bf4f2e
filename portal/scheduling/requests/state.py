"""/practice/requests: nine requests in four minutes, without a mouse."""

from typing import Annotated, Any, ClassVar, Literal

import reflex as rx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotFound
from portal.scheduling import service_deciding, service_inbox, words, words_staff
from portal.scheduling.service_inbox import InboxRow
from portal.scheduling.views import Choice
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState
from portal.ui.shell_state import ShellState

Revision = Annotated[int, Field(ge=1, le=1_000_000)]
Time = AwareDatetime | Literal[""]


class DeclineFields(BaseModel):
    """A message, and up to three other times."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    request_id: Id
    revision: Annotated[str, Field(pattern=r"^[0-9]{1,6}$")]
    message: Annotated[str, Field(max_length=service_deciding.LONGEST_MESSAGE)] = ""
    first: Time = ""
    second: Time = ""
    third: Time = ""


class RequestsState(PageState):
    """The inbox. `declining` is the request that is about to be declined, `times` what can be offered instead."""

    keeps: ClassVar = ("declining", "declining_revision", "declining_label", "times", "suggested")

    loaded: bool = False
    waiting: rx.Field[list[InboxRow]] = rx.field(default_factory=list)
    answered: rx.Field[list[InboxRow]] = rx.field(default_factory=list)
    declining: str = ""
    declining_revision: int = 0
    declining_label: str = ""
    times: rx.Field[list[Choice]] = rx.field(default_factory=list)
    suggested: rx.Field[list[str]] = rx.field(default_factory=lambda: ["", "", ""])

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS, look="appointments")
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of every request from now on."""
        await watch(self, f"appointments:{access.organization_id}")
        await watch(self, f"requests:{access.organization_id}")
        await self._fill(work, access)
        if not self._is_again or self.declining not in {row.id for row in self.waiting}:
            self.declining, self.declining_label, self.times, self.suggested = "", "", [], ["", "", ""]

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS, live=True, look="appointments")
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS)
    async def confirm(self, work: Work, access: PracticeAccess, request: Any, revision: Any) -> Any:
        """Confirm a request."""
        await service_deciding.confirm_request(
            work, access, request_id=parse(Id, request), revision=parse(Revision, revision)
        )
        return self._done(words_staff.SAID_CONFIRMED)

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS, reads=True)
    async def open_decline(self, work: Work, access: PracticeAccess, request: Any) -> None:
        """Show what can be offered instead, the three nearest times chosen already."""
        request_id = parse(Id, request)
        row = next((one for one in self.waiting if one.id == str(request_id)), None)
        if row is None:
            raise NotFound
        offered = await service_deciding.suggest_times(work, access, request_id=request_id)
        zone = offered.zone
        self.times = [
            Choice(start.isoformat(), f"{words.day_of(start, zone)}, {words.time_of(start, zone)}")
            for start in offered.starts
        ]
        chosen = [start.isoformat() for start in offered.nearest]
        self.suggested = [*chosen, "", "", ""][:3]
        self.declining, self.declining_revision = row.id, row.revision
        self.declining_label = f"{row.client}, {row.when}"

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS, reads=True)
    async def close_decline(self, work: Work, access: PracticeAccess) -> None:
        """Decline nothing after all."""
        self.declining = ""

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS)
    async def decline(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Decline a request, with what is offered instead."""
        sent = parse(DeclineFields, fields)
        others = [time for time in (sent.first, sent.second, sent.third) if time != ""]
        await service_deciding.decline_request(
            work,
            access,
            request_id=sent.request_id,
            revision=int(sent.revision),
            message=sent.message,
            suggestions=others,
        )
        self.declining = ""
        return self._done(words_staff.SAID_DECLINED)

    @rx.event
    @guarded(StaffTask.DECIDE_REQUESTS)
    async def undo(self, work: Work, access: PracticeAccess, request: Any, revision: Any) -> Any:
        """Take an answer back."""
        await service_deciding.undo_decision(
            work, access, request_id=parse(Id, request), revision=parse(Revision, revision)
        )
        return self._done(words_staff.SAID_UNDONE)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        view = await service_inbox.list_inbox(work, access)
        self.waiting, self.answered = view.waiting, view.answered
        self.loaded = True

    def _done(self, sentence: str) -> Any:
        self._say(sentence)
        return [RequestsState.reload, ShellState.reload]
