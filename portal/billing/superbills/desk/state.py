"""The part of /practice/clients/[client_id] about superbills."""

from typing import Any, ClassVar

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import includes_diagnoses
from portal.billing.showing import day_of
from portal.billing.superbills import service, service_diagnoses, words_page
from portal.billing.superbills.fields import DiagnosisFields, query_of, read_period
from portal.billing.superbills.rules import usual_period
from portal.billing.superbills.showing import gaps_of
from portal.billing.superbills.views import DiagnosisRow
from portal.database import Work
from portal.practice.beside import beside_fields
from portal.ui.events import then
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class SuperbillState(PageState):
    """What is missing in words, and the days that are offered. Diagnoses are read only once somebody asks for them.

    `enters` says whether the role includes them, `open` whether they are shown; `done` counts what was saved.
    """

    is_part: ClassVar = True

    loaded: bool = False
    enters: bool = False
    open: bool = False
    has_sessions: bool = False
    gaps: rx.Field[list[str]] = rx.field(default_factory=list)
    rows: rx.Field[list[DiagnosisRow]] = rx.field(default_factory=list)
    first: str = ""
    last: str = ""
    done: int = 0
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Say what is missing, and hear of changes from now on."""
        await watch(self, f"client:{access.client_id}")
        self.open, self.rows, self.problems = False, [], {}
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Say anew what is missing."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MONEY)
    async def ask(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Let the browser fetch a superbill where there is something to put on it; the address asks again who it is."""
        period = read_period(sent, today=access.today)
        found = await service.gather_for_staff(work, access, period=period)
        self._say(words_page.ON_ITS_WAY)
        query = query_of(period, practice=self._address_value("practice"))
        address = f"/practice/clients/{found.client.id}/superbill.pdf?{query}"
        return rx.download(url=address, filename="superbill.pdf")

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="diagnosis")
    async def show(self, work: Work, access: PracticeAccess, wish: Any) -> None:
        """Show the diagnoses, and write down that somebody looked; or hide them."""
        self.open = parse(bool, wish)
        self.rows = await self._read(work, access) if self.open else []

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, look="diagnosis")
    async def save(self, unit: Unit, sent: Any) -> Any:
        """Let diagnoses hold from a day on."""
        self.problems = {}
        async with beside_fields(self, "diagnosis"):
            given = parse(DiagnosisFields, sent)
            async with unit() as (work, access):
                await service_diagnoses.save_diagnoses(work, access, first_day=given.first_day, codes=given.codes)
                rows = await self._read(work, access)
            self.open, self.rows, self.done = True, rows, self.done + 1
            self._say(words_page.DIAGNOSES_SAVED)
            return then(SuperbillState.reload)

    async def _read(self, work: Work, access: PracticeAccess) -> list[DiagnosisRow]:
        found = await service_diagnoses.list_diagnoses(work, access)
        return [
            DiagnosisRow(one.first_day.isoformat(), words_page.from_day(day_of(one.first_day)), ", ".join(one.codes))
            for one in found
        ]

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        period = usual_period(access.today)
        found = await service.review(work, access, period=period)
        self.gaps, self.has_sessions = gaps_of(found), bool(found.visits or found.left_out)
        self.first, self.last = period.first.isoformat(), period.last.isoformat()
        self.enters, self.loaded = includes_diagnoses(access.role), True
