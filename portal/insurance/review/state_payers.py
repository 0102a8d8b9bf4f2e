"""The practice's list of payers on /practice/insurance, and how many changes wait, for other pages of staff."""

from typing import Any, ClassVar

import reflex as rx
from pydantic import StrictBool

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.insurance import service_deciding, service_payers, words_pages
from portal.insurance.fields import FindField, PayerField
from portal.insurance.queries import PAGE
from portal.insurance.views import PayerRow
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class PayersState(PageState):
    """The companies with `found` in their names; `done` counts changes of the list."""

    is_part: ClassVar = True

    found: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    has_more: bool = False
    rows: rx.Field[list[PayerRow]] = rx.field(default_factory=list)
    done: int = 0

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Show the beginning of the list."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def find(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Show the companies with some words in their names."""
        self.found = parse(FindField, fields).model_dump()
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def more(self, work: Work, access: PracticeAccess) -> None:
        """Show the next page."""
        last = self.rows[-1].name if self.rows else ""
        more = await service_payers.list_payers(work, access, typed=self.found.get("find", ""), after=last)
        self.rows, self.has_more = [*self.rows, *more], len(more) == PAGE

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def add(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Put a company on the list."""
        await service_payers.add_payer(work, access, name=parse(PayerField, fields).name)
        return self._did(words_pages.PAYER_ADDED)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def offer(self, work: Work, access: PracticeAccess, payer: Any, is_offered: Any) -> Any:
        """Put a company aside, or offer it again."""
        wanted = parse(StrictBool, is_offered)
        await service_payers.offer_payer(work, access, payer_id=parse(Id, payer), is_offered=wanted)
        return self._did(words_pages.PAYER_CHANGED)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def add_large(self, work: Work, access: PracticeAccess) -> Any:
        """Put the large companies on the list."""
        return self._did(words_pages.large_done(await service_payers.add_large_payers(work, access)))

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.rows = await service_payers.list_payers(work, access, typed=self.found.get("find", ""))
        self.has_more = len(self.rows) == PAGE

    def _did(self, sentence: str) -> Any:
        self.done += 1
        self._say(sentence)
        return then(PayersState.load)


class InsuranceCountState(PageState):
    """`told` says how many changes wait; it is empty for none, and for who does not look after insurance."""

    told: str = ""

    @rx.event
    @guarded(StaffTask.TODAY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Count them, and hear of more."""
        await watch(self, f"insurance:{access.organization_id}")
        self.told = words_pages.waiting(await service_deciding.count_waiting(work, access))

    @rx.event
    @guarded(StaffTask.TODAY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Count them again."""
        self.told = words_pages.waiting(await service_deciding.count_waiting(work, access))
