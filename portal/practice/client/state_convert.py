"""Making a person of the contact network a client too: a record of their own, or the one they have already."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import StaffTask
from portal.clients.rules import InvalidFields
from portal.clients.service_convert import convert_contact_to_client
from portal.clients.views import LooksLike
from portal.kit.ids import parse_id
from portal.practice.beside import beside_fields, ids_of
from portal.practice.client import showing_network, words
from portal.practice.client.state_network import NetworkState
from portal.practice.client.views import Known
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.session_state import PageState

Line = Annotated[str, Field(max_length=4000)]


class ConvertForm(BaseModel):
    """`who` is empty at first, then the id of the client they are, or "new"; `despite` are those they may be."""

    model_config = ConfigDict(extra="forbid")

    contact_id: Id
    birth_date: Line = ""
    despite: Line = ""
    who: Id | Literal["", "new"] = ""


class ConvertState(PageState):
    """`alike` are the clients whom the person `about` may be; `done` counts, by contact, what closes a panel."""

    about: str = ""
    alike: rx.Field[list[Known]] = rx.field(default_factory=list)
    despite: str = ""
    done: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def convert(self, unit: Unit, fields: Any) -> Any:
        """Make somebody a client; whom they may be is shown first, and nothing is done before somebody has decided."""
        given = parse(ConvertForm, fields)
        contact_id, form = str(given.contact_id), f"convert-{given.contact_id}"
        self.problems = {}
        async with beside_fields(self, form):
            asked = self.about == contact_id and self.alike
            if asked and not given.who:
                raise InvalidFields({"who": words.CONVERT_CHOOSE})
            despite = [found for text in given.despite.split() if (found := parse_id(text))]
            async with unit() as (work, access):
                result = await convert_contact_to_client(
                    work,
                    access,
                    contact_id=given.contact_id,
                    birth_date=given.birth_date,
                    despite=despite if given.who == "new" else (),
                    same_as=given.who if given.who and given.who != "new" else None,
                )
            if isinstance(result, LooksLike):
                self.about, self.alike = contact_id, showing_network.alike(result.people)
                self.despite = ids_of(result.people)
                self._say("")
                return None
            self.about, self.alike, self.despite = "", [], ""
            self.done = {**self.done, form: self.done.get(form, 0) + 1}
            self._say(words.CONVERTED)
            return then(NetworkState.reload)
