"""/forms/[assignment_id]: signing what others signed already."""

from typing import Annotated, Any
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import NotFound
from portal.intake import service
from portal.intake.filling.state import FillState
from portal.intake.service_cosigning import CosignView, read_cosign
from portal.intake.service_place import find_place
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.ui.events import then
from portal.ui.guard import guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class CosignFields(BaseModel):
    """What is sent to sign below others."""

    model_config = ConfigDict(extra="forbid")

    typed_name: Annotated[str, Field(max_length=1000)]
    agreed: Annotated[str, Field(max_length=10)] = ""


class CosignState(PageState):
    """The signature that a form still waits for, when it is this person's; and where the practice is.

    `place` is empty while the practice hides its address from this client.
    """

    wanted: rx.Field[CosignView] = rx.field(default_factory=CosignView)
    signed: int = 0
    place: str = ""

    @rx.event
    @guarded(Permission.FORMS, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Say whether this person's signature is wanted."""
        await watch(self, f"client:{access.client_id}")
        self.wanted = await read_cosign(work, access, assignment_id=self._sheet())
        self.place = await find_place(work, access)

    @rx.event
    @guarded(Permission.FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Say it anew after somebody signed."""
        self.wanted = await read_cosign(work, access, assignment_id=self._sheet())
        self.place = await find_place(work, access)

    @rx.event
    @guarded(Permission.FORMS)
    async def sign(self, work: Work, access: ClientAccess, fields: Any) -> Any:
        """Sign below the others."""
        given = parse(CosignFields, fields)
        agreed, sheet = given.agreed == "on", self._sheet()
        await service.sign_and_submit(work, access, assignment_id=sheet, typed_name=given.typed_name, agreed=agreed)
        self.signed, self.wanted = self.signed + 1, CosignView()
        return then(FillState.load)

    def _sheet(self) -> UUID:
        found = parse_id(self._route_value("assignment_id"))
        if found is None:
            raise NotFound
        return found
