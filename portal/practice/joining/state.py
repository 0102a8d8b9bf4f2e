"""/practice/join-requests: who asks to join, and deciding who they are."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StrictBool

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients.views import LooksLike
from portal.database import Work
from portal.invitations import service
from portal.practice.joining import showing, words
from portal.practice.joining.views import Waiting
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Ids = Annotated[str, Field(max_length=4000)]


class JoiningState(PageState):
    """Everybody who waits for a decision, the first to ask first."""

    loaded: bool = False
    counted: str = ""
    rows: rx.Field[list[Waiting]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of everybody who asks from now on."""
        await watch(self, f"clients:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after somebody asked, or a colleague decided."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def same_person(
        self, work: Work, access: PracticeAccess, request_id: Any, client_id: Any, take_email: Any = False
    ) -> None:
        """Decide that somebody is a client already."""
        decided = await service.decide_same_person(
            work,
            access,
            request_id=parse(Id, request_id),
            client_id=parse(Id, client_id),
            take_email=parse(StrictBool, take_email),
        )
        self._say(decided.sentence)
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def new_client(self, work: Work, access: PracticeAccess, request_id: Any, despite: Any = "") -> None:
        """Make somebody a new client; `despite` are those they look like and are not, with spaces between."""
        ids = [parse(Id, one) for one in parse(Ids, despite).split()]
        decided = await service.decide_new_client(work, access, request_id=parse(Id, request_id), despite=ids)
        if isinstance(decided, LooksLike):
            self._say(words.MORE_ALIKE, "problem")
        else:
            self._say(decided.sentence)
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def reject(self, work: Work, access: PracticeAccess, request_id: Any) -> None:
        """Put a request aside."""
        await service.reject_join_request(work, access, request_id=parse(Id, request_id))
        self._say(words.REJECTED)
        await self._fill(work, access)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        found = await service.list_join_requests(work, access)
        self.rows = [showing.waiting(request, access.zone) for request in found]
        self.counted = words.counted(len(found)) if found else ""
        self.loaded = True
