"""/practice/clients: finding clients, and adding one."""

from typing import Annotated, Any
from urllib.parse import quote

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.permissions import scope_of
from portal.clients.service import add_client
from portal.clients.service_list import list_clients, list_therapist_choices
from portal.clients.switches import shown_to
from portal.clients.views import LooksLike
from portal.database import Work
from portal.kit.ids import parse_id
from portal.practice.beside import beside_fields, ids_of
from portal.practice.clients import showing
from portal.practice.clients.views import Alike, NewClient, Option, Row, Wanted
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Place = Annotated[str, Field(min_length=1, max_length=2000)]


class ClientsState(PageState):
    """The list of clients. `shown` is what it was last filled for, `after` where its next page begins.

    `stale` says that the list changed while several pages of it were shown. `alike` are those whom a new client may
    be; `problems` stand beside the fields of the form.
    """

    loaded: bool = False
    may_add: bool = False
    only_assigned: bool = False
    shown: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    counted: str = ""
    after: str = ""
    stale: bool = False
    therapists: rx.Field[list[Option]] = rx.field(default_factory=list)
    features: rx.Field[list[Option]] = rx.field(default_factory=list)
    alike: rx.Field[list[Alike]] = rx.field(default_factory=list)
    despite: str = ""
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of changes from now on."""
        await watch(self, f"clients:{access.organization_id}")
        self.may_add = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None
        self.only_assigned = access.scope.only_assigned
        self.alike, self.despite, self.problems = [], "", {}
        if access.scope in {Scope.ALL, Scope.CONTACT_DATA_AND_APPOINTMENTS}:
            self.therapists = showing.options(await list_therapist_choices(work, access))
        self.features = showing.features(shown_to(access.scope))
        await self._fill(work, access, Wanted())
        self.loaded = True

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the first page anew after a client changed; whoever is further down is told, and loses no place."""
        if len(self.rows) > showing.PAGE:
            self.stale = True
        else:
            await self._fill(work, access, showing.wanted_of(self.shown))

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """List those who match what was typed and chosen."""
        await self._fill(work, access, parse(Wanted, fields))

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def more(self, work: Work, access: PracticeAccess, after: Any) -> None:
        """Add the next page."""
        await self._fill(work, access, showing.wanted_of(self.shown), parse(Place, after))

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def add(self, unit: Unit, fields: Any) -> Any:
        """Add a client and go to their page; who looks like one that is there is shown first."""
        self.problems, self.alike, self.despite = {}, [], ""
        async with beside_fields(self, "add"):
            given = parse(NewClient, fields)
            despite = [found for text in given.despite.split() if (found := parse_id(text))]
            async with unit() as (work, access):
                result = await add_client(work, access, fields=given.fields(), despite=despite)
            self._say("")
            if not isinstance(result, LooksLike):
                practice = self._address_value("practice")
                query = f"?practice={quote(practice)}" if practice else ""
                return rx.redirect(f"/practice/clients/{result.id}{query}")
            self.alike, self.despite = showing.alike(result.people), ids_of(result.people)
        return None

    async def _fill(self, work: Work, access: PracticeAccess, wanted: Wanted, after: str = "") -> None:
        page = await list_clients(
            work,
            access,
            query=wanted.query,
            status=wanted.status or None,
            therapist_id=wanted.therapist or None,
            feature=wanted.off or None,
            after=after,
        )
        rows = [showing.row(client) for client in page.rows]
        self.rows = [*self.rows, *rows] if after else rows
        self.after, self.stale = page.after, False
        self.counted = showing.counted(len(self.rows), page.after)
        self.shown = showing.shown(wanted)
