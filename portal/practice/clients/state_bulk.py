"""What is done with several clients at once: a feature off or back, invitations."""

from typing import Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.clients.service_switches import ShowsAddress, switch_features
from portal.database import Work
from portal.errors import Invalid
from portal.intake.service import list_forms
from portal.invitations import words as invitation_words
from portal.practice.client import letters, sending
from portal.practice.client.views import Option, Preview
from portal.practice.clients import words
from portal.practice.clients.state import ClientsState
from portal.practice.clients.views import Line
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.session_state import PageState


class SwitchForm(BaseModel):
    """The form that switches a feature; `clients` are ids with spaces between."""

    model_config = ConfigDict(extra="forbid")

    clients: sending.Message
    setting: Line
    step: Literal["off", "back"]
    confirmed: Literal["on", ""] = ""


class BulkState(PageState):
    """Several clients at once. `switched` and `sent` count what was done; `refused` are those who get no invitation.

    `asks` says that clients would see an address, and that this wants a tick; `progress` how far sending has come.
    """

    may_switch: bool = False
    may_invite: bool = False
    choices: rx.Field[list[Option]] = rx.field(default_factory=list)
    messages: rx.Field[list[Option]] = rx.field(default_factory=list)
    preview: rx.Field[Preview] = rx.field(default_factory=Preview)
    refused: rx.Field[list[Preview]] = rx.field(default_factory=list)
    asks: bool = False
    progress: str = ""
    switched: int = 0
    sent: int = 0

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Say what one may do with several clients, and with which forms."""
        self.may_switch = scope_of(access.role, StaffTask.SETTINGS) is not None
        self.may_invite = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None
        self.preview, self.refused, self.asks = Preview(), [], False
        if scope_of(access.role, StaffTask.SEND_FORMS) is not None:
            forms = await list_forms(work, organization_id=access.organization_id)
            self.choices = [Option(str(form.version_id), form.title) for form in forms]

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def switch(self, unit: Unit, fields: Any) -> Any:
        """Switch a feature off for several clients, or let the practice's setting hold for them again.

        Where clients would see an address it asks first, and takes a tick for the answer.
        """
        given = parse(SwitchForm, fields)
        off = given.step == "off"
        wanted: dict[str, Any] = {
            "client_ids": [parse(Id, one) for one in given.clients.split()],
            "name": given.setting,
            "off": off,
            "confirmed": given.confirmed == "on",
        }
        try:
            async with unit() as (work, access):
                count = await switch_features(work, access, **wanted)
        except Invalid as wrong:
            self.asks = isinstance(wrong, ShowsAddress)
            self._say(wrong.sentence, "problem")
            return None
        self.switched, self.asks = self.switched + 1, False
        self._say(words.switched(count, len(set(wanted["client_ids"])), off=off))
        return then(ClientsState.reload)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def start(self, work: Work, access: PracticeAccess) -> None:
        """Offer the messages that the practice keeps."""
        self.preview, self.refused, self.progress = Preview(), [], ""
        self.messages = await letters.offered(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def invite(self, unit: Unit, fields: Any) -> Any:
        """Show what everybody would get, keep the words, or send: fifty at a time, each with a commit of its own.

        Whoever presses again goes on where it stopped: nobody gets two invitations by one press.
        """
        given = parse(sending.Fields, fields)
        step, people = parse(letters.Step, given.get("step", "")), letters.people_of(given)
        if step != "send":
            async with unit() as (work, access):
                if step == "keep":
                    self.messages, told = await letters.keep(work, access, given)
                else:
                    found, told = await letters.previews(work, access, given, people), ""
                    self.refused = [one for one in found if one.problem]
                    self.preview = next((one for one in found if not one.problem), Preview())
            self._say(told)
            return
        sent, refused = 0, 0
        for start in range(0, len(people), letters.AT_ONCE):
            some = people[start : start + letters.AT_ONCE]
            async with unit() as (work, access):
                result = await letters.send(work, access, given, some)
            sent, refused = sent + len(result.sent), refused + len(result.passed_over)
            if len(people) > letters.AT_ONCE:
                self.progress = words.progress(start + len(some), len(people))
                yield
        self.preview, self.refused, self.sent, self.progress = Preview(), [], self.sent + 1, ""
        self._say(invitation_words.sent(sent, refused))
        yield then(ClientsState.reload)
