"""The forms of one client: where they stand, and sending another."""

from datetime import date
from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import NotFound
from portal.intake.handling import service_again, service_life
from portal.intake.handling.service_reading import read_steps
from portal.intake.service import list_forms, send_form
from portal.intake.service_listing import list_client_forms
from portal.practice.beside import beside_fields
from portal.practice.client import sending, showing, words
from portal.practice.client.views import FormRow, FormStep, Option
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Seen = Annotated[int, Field(ge=0, le=1_000_000)]


class ClientFormsState(PageState):
    """The forms of one client. `choices` are the forms that can be sent; `sent` counts those that were.

    `told` is the form of which `steps` say what happened.
    """

    loaded: bool = False
    sees_forms: bool = False
    may_send: bool = False
    rows: rx.Field[list[FormRow]] = rx.field(default_factory=list)
    choices: rx.Field[list[Option]] = rx.field(default_factory=list)
    first_day: str = ""
    sent: int = 0
    told: str = ""
    steps: rx.Field[list[FormStep]] = rx.field(default_factory=list)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section, and hear of every form that moves on."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"forms:{access.organization_id}")
        self.problems, self.told, self.steps = {}, "", []
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def remind(self, work: Work, access: PracticeAccess, form_id: Any) -> None:
        """Write to those who are asked for a form."""
        await service_life.remind(work, access, assignment_id=parse(Id, form_id))
        self._say(words.REMINDED)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def take_back(self, work: Work, access: PracticeAccess, form_id: Any, seen: Any) -> Any:
        """Take back a form that was not signed by everybody."""
        await service_life.revoke_sheet(work, access, assignment_id=parse(Id, form_id), seen=parse(Seen, seen))
        self._say(words.TAKEN_BACK)
        return then(ClientFormsState.reload)

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def send_again(self, work: Work, access: PracticeAccess, form_id: Any) -> Any:
        """Send a form once more that was taken back or ran out."""
        await service_again.send_again(work, access, assignment_id=parse(Id, form_id))
        self._say(words.FORM_SENT)
        return then(ClientFormsState.reload)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True)
    async def tell(self, work: Work, access: PracticeAccess, form_id: Any) -> None:
        """Show what happened to a form, or hide it again."""
        found = parse(Id, form_id)
        steps = await read_steps(work, access, assignment_id=found)
        is_open = self.told == str(found)
        self.told = "" if is_open else str(found)
        self.steps = [] if is_open else [showing.form_step(step, access.zone) for step in steps]

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def send(self, unit: Unit, fields: Any) -> Any:
        """Send a form about the client."""
        self.problems = {}
        async with beside_fields(self, "send"):
            given, signers = sending.read_send_form(fields)
            if not given.form:
                raise InvalidFields({"form": words.CHOOSE_FORM})
            version_id, due_on = parse(Id, given.form), _day(given.due_on)
            async with unit() as (work, access):
                if access.client_id is None:
                    raise NotFound
                await send_form(
                    work,
                    access,
                    client_id=access.client_id,
                    form_version_id=version_id,
                    due_on=due_on,
                    signers=signers,
                )
            self.sent += 1
            self._say(words.FORM_SENT)
            return then(ClientFormsState.reload)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.sees_forms = scope_of(access.role, StaffTask.READ_ANSWERS) is not None
        self.may_send = scope_of(access.role, StaffTask.SEND_FORMS) is not None
        self.first_day = access.today.isoformat()
        self.rows = [
            showing.form_row(view, access.today, access.zone) for view in await list_client_forms(work, access)
        ]
        if self.may_send:
            forms = await list_forms(work, organization_id=access.organization_id)
            self.choices = [Option(str(form.version_id), form.title) for form in forms]
        self.loaded = True


def _day(text: str) -> date | None:
    """Read a day as a browser sends it; None for an empty field."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidFields({"due_on": words.DAY_BAD}) from None
