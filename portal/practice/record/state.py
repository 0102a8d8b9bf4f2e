"""/practice/audit: what was done and who looked, page by page, and whether the record is whole."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import verify_chain
from portal.audit.trail import list_actors, read_looks, read_trail
from portal.database import Work
from portal.practice.record import showing
from portal.practice.record.showing import Sought
from portal.practice.record.views import NO_VERDICT, Option, RecordRow, Verdict
from portal.ui.guard import guarded, parse
from portal.ui.session_state import PageState

Place = Annotated[str, Field(max_length=80)]
A_PAGE = 30


class AuditState(PageState):
    """The record. The fields from `show` to `action` are what is looked for; `searches` counts the searches.

    `older` asks for the next page, and is empty at the end.
    """

    loaded: bool = False
    searches: int = 0
    show: str = "changes"
    person: str = ""
    client: str = ""
    client_id: str = ""
    action: str = ""
    people: rx.Field[list[Option]] = rx.field(default_factory=list)
    rows: rx.Field[list[RecordRow]] = rx.field(default_factory=list)
    older: str = ""
    verdict: rx.Field[Verdict] = rx.field(default_factory=lambda: NO_VERDICT)

    @rx.event
    @guarded(StaffTask.AUDIT, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page: everything, or what the address asks for (`?client=`)."""
        self.verdict = NO_VERDICT
        self.people = [Option(str(id_), name) for id_, name in await list_actors(work, access)]
        await self._find(work, access, Sought(client_id=self._address_value("client")[:36]))
        self.loaded = True

    @rx.event
    @guarded(StaffTask.AUDIT, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Look for something else."""
        await self._find(work, access, parse(Sought, fields))

    @rx.event
    @guarded(StaffTask.AUDIT, reads=True)
    async def show_older(self, work: Work, access: PracticeAccess) -> None:
        """Add a page of older entries."""
        if not self.older:
            return
        sought = Sought.model_validate({name: getattr(self, name) for name in Sought.model_fields})
        rows, self.older = await self._read(work, access, sought, parse(Place, self.older))
        self.rows = [*self.rows, *rows]

    @rx.event
    @guarded(StaffTask.AUDIT, reads=True)
    async def verify(self, work: Work, access: PracticeAccess) -> None:
        """Read the whole chain and say whether anything was changed, removed or moved."""
        self.verdict = showing.verdict_of(await verify_chain(work, access.organization_id))

    async def _find(self, work: Work, access: PracticeAccess, sought: Sought) -> None:
        self.rows, self.older = await self._read(work, access, sought)
        for name in Sought.model_fields:
            setattr(self, name, getattr(sought, name))
        if sought.client_id and not sought.client:
            self.client = next((row.client for row in self.rows), "")
        self.searches += 1

    async def _read(
        self, work: Work, access: PracticeAccess, sought: Sought, older: str = ""
    ) -> tuple[list[RecordRow], str]:
        wanted = showing.wanted_by(sought)
        if sought.show == "looks":
            before = showing.place_in_log(older)
            looks = await read_looks(work, access, wanted=wanted, before=before, limit=A_PAGE)
            return showing.rows_of_looks(looks, access.zone)
        place = showing.place_in_chain(older)
        trail = await read_trail(work, access, wanted=wanted, before=place, limit=A_PAGE)
        return showing.rows_of(trail, access.zone)
