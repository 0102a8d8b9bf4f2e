"""One's own record on the account page: who has access and who looked; only for the client in person."""

from typing import Any, ClassVar

import reflex as rx

from portal.access.actor import ClientAccess, Sight
from portal.audit.own_looks import read_own_looks
from portal.clients import service_own
from portal.clients.own import showing, words
from portal.clients.own.views import HolderRow, LookRow
from portal.database import Work
from portal.errors import NotPermitted
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class OwnAccessState(PageState):
    """Who has access. `why_not` says why the client may not decide about it, and is empty where they may."""

    is_part: ClassVar = True

    loaded: bool = False
    lead: str = ""
    why_not: str = ""
    holders: rx.Field[list[HolderRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(Sight.OWN_RECORD, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the part, and hear of changes from now on."""
        await watch(self, f"client:{access.client_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(Sight.OWN_RECORD, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the part anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(Sight.OWN_RECORD)
    async def end(self, work: Work, access: ClientAccess, grant_id: Any) -> Any:
        """End what somebody may do."""
        await service_own.end_grant_as_client(work, access, grant_id=parse(Id, grant_id))
        self._say(words.ENDED)
        return then(OwnAccessState.reload)

    @rx.event
    @guarded(Sight.OWN_RECORD, step_up=True)
    async def keep(self, work: Work, access: ClientAccess, grant_id: Any) -> Any:
        """Let a parent or guardian go on."""
        await service_own.renew_grant_as_client(work, access, grant_id=parse(Id, grant_id))
        self._say(words.KEPT)
        return then(OwnAccessState.reload)

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        self.lead, self.why_not = words.AT.format(practice=access.practice_name), ""
        try:
            self.holders = showing.holders(await service_own.list_who_has_access(work, access))
        except NotPermitted as refused:
            self.holders, self.why_not = [], refused.sentence
        self.loaded = True


class OwnLooksState(PageState):
    """Who looked. `older` asks for the next page, and is empty at the end."""

    is_part: ClassVar = True

    loaded: bool = False
    lead: str = ""
    rows: rx.Field[list[LookRow]] = rx.field(default_factory=list)
    older: str = ""

    @rx.event
    @guarded(Sight.OWN_RECORD, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the part with the newest."""
        self.lead = words.WHO_LOOKED_HELP.format(practice=access.practice_name)
        self.rows, self.older = showing.looks(await read_own_looks(work, access), access.zone)
        self.loaded = True

    @rx.event
    @guarded(Sight.OWN_RECORD, reads=True)
    async def show_older(self, work: Work, access: ClientAccess) -> None:
        """Add a page of older lines."""
        before = showing.place(self.older)
        if before is None:
            return
        rows, self.older = showing.looks(await read_own_looks(work, access, before=before), access.zone)
        self.rows = [*self.rows, *rows]
