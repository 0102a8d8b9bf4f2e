"""/practice/insurance: what waits for a decision, one of it beside what is on record, and deciding field by field."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.insurance import service_deciding, service_payers, words_pages
from portal.insurance.fields import Search, read_decision
from portal.insurance.service_deciding import Decision
from portal.insurance.views import NO_PROPOSAL, ProposalView, QueueRow
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_Revision = Annotated[int, Field(ge=0, le=10**6)]


class ReviewState(PageState):
    """What waits, the longest waiting first; `proposal` is the one that is open. `moved`: it changed since it was.

    `done` counts decisions.
    """

    keeps: ClassVar = ("proposal", "offered")

    loaded: bool = False
    has_more: bool = False
    moved: bool = False
    rows: rx.Field[list[QueueRow]] = rx.field(default_factory=list)
    proposal: rx.Field[ProposalView] = rx.field(default_factory=lambda: NO_PROPOSAL)
    offered: rx.Field[list[str]] = rx.field(default_factory=list)
    done: int = 0

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of every change that is sent or decided from now on."""
        await watch(self, f"insurance:{access.organization_id}")
        if not self._is_again:
            self.proposal, self.moved = NO_PROPOSAL, False
        await self._fill_anew(work, access)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the list anew; what is open stays as it was seen, and says when it is not so any more."""
        await self._fill_anew(work, access)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def more(self, work: Work, access: PracticeAccess) -> None:
        """Show the next page of the list."""
        last = UUID(self.rows[-1].id) if self.rows else None
        found = await service_deciding.list_waiting(work, access, after=last)
        self.rows, self.has_more = [*self.rows, *found], len(found) == service_deciding.PAGE

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, look="insurance")
    async def open_proposal(self, work: Work, access: PracticeAccess, proposal: Any) -> None:
        """Put one beside what is on record; an empty id goes back to the list."""
        self.moved = False
        if proposal == "":
            self.proposal = NO_PROPOSAL
            await self._fill(work, access)
            return
        self.proposal = await service_deciding.open_proposal(work, access, proposal_id=parse(Id, proposal))
        self.offered = await service_payers.suggest_payers(work, access, typed="")

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def decide(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Carry out what was decided about each line."""
        decision = read_decision(fields)
        await service_deciding.decide(work, access, proposal_id=parse(Id, self.proposal.id), decision=decision)
        return self._did()

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def accept_everything(self, work: Work, access: PracticeAccess, seen: Any, policy: Any) -> Any:
        """Take everything that is open as it was sent; `seen` and `policy` are the revisions that were on screen."""
        proposal_id = parse(Id, self.proposal.id)
        everything = service_deciding.accept_all(self.proposal)
        decision = Decision(everything, parse(_Revision, seen), parse(_Revision, policy), "", int(self.proposal.place))
        await service_deciding.decide(work, access, proposal_id=proposal_id, decision=decision)
        return self._did()

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def suggest(self, work: Work, access: PracticeAccess, typed: Any) -> None:
        """Offer the companies with what was typed in their names."""
        self.offered = await service_payers.suggest_payers(work, access, typed=parse(Search, typed))

    async def _fill_anew(self, work: Work, access: PracticeAccess) -> None:
        await self._fill(work, access)
        if self.proposal.id:
            fresh = await service_deciding.read_proposal(work, access, proposal_id=UUID(self.proposal.id))
            shown = (self.proposal.revision, self.proposal.policy)
            self.moved = not fresh.is_waiting or (fresh.revision, fresh.policy) != shown

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.rows = await service_deciding.list_waiting(work, access)
        self.has_more, self.loaded = len(self.rows) == service_deciding.PAGE, True

    def _did(self) -> Any:
        self.proposal, self.done = NO_PROPOSAL, self.done + 1
        self._say(words_pages.DECIDED)
        return then(ReviewState.reload)
