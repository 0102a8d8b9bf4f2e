"""The insurance part of /billing: policies, what waits for the practice, and proposing a change."""

from typing import Any, ClassVar

import reflex as rx

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Conflict, SentBefore
from portal.insurance import service, service_payers, service_proposing, words_pages
from portal.insurance.fields import Editing, Search, first_fields, read_wish
from portal.insurance.views import PolicyView, ProposalView
from portal.models import MOST_POLICIES, Permission
from portal.practice.beside import beside_fields
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class InsuranceState(PageState):
    """One client's insurance. `editing` is the policy whose form is open, "new" for a new one, empty for none.

    `form` is what the form starts with, `seen` the revision that was on screen; `done` counts what was sent.
    """

    is_part: ClassVar = True
    keeps: ClassVar = ("editing", "seen", "form", "offered", "problems")

    shown: bool = False
    adds_payers: bool = False
    can_add: bool = False
    client: str = ""
    policies: rx.Field[list[PolicyView]] = rx.field(default_factory=list)
    waiting: rx.Field[list[ProposalView]] = rx.field(default_factory=list)
    decided: rx.Field[list[ProposalView]] = rx.field(default_factory=list)
    editing: str = ""
    seen: int = 0
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    offered: rx.Field[list[str]] = rx.field(default_factory=list)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: int = 0

    @rx.event
    @guarded(Permission.INSURANCE, reads=True, look="insurance")
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the part, and hear of what the practice decides from now on."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        await self._fill(work, access)
        if not self._is_again or self.editing not in {"new", *(policy.id for policy in self.policies)}:
            self.editing, self.form, self.problems = "", {}, {}

    @rx.event
    @guarded(Permission.INSURANCE, reads=True, live=True, look="insurance")
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the part anew; what is being typed stays."""
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.INSURANCE, reads=True, look="insurance")
    async def edit(self, work: Work, access: ClientAccess, policy: Any) -> None:
        """Open the form for a policy, or for a new one ("new"); an empty text closes it."""
        self.problems, self.editing = {}, parse(Editing, policy)
        if self.editing:
            await self._fill(work, access)
            self.form, self.seen = first_fields(self.editing, self.policies)
            self.offered = await service_payers.suggest_payers(work, access, typed="")

    @rx.event
    @guarded(Permission.INSURANCE, reads=True)
    async def suggest(self, work: Work, access: ClientAccess, typed: Any) -> None:
        """Offer the companies with what was typed in their names."""
        self.offered = await service_payers.suggest_payers(work, access, typed=parse(Search, typed))

    @rx.event
    @guarded(Permission.INSURANCE, look="insurance")
    async def send(self, unit: Unit, fields: Any) -> Any:
        """Put what was typed before the practice; who typed over something older is shown what is on record now."""
        self.problems = {}
        async with beside_fields(self, "insurance"):
            wish = read_wish(fields, self.editing)
            try:
                async with unit() as (work, access):
                    await service_proposing.propose(work, access, wish=wish)
            except Conflict as wrong:
                async with unit() as (work, access):
                    await self._fill(work, access)
                self.seen = next((one.revision for one in self.policies if one.id == self.editing), self.seen)
                self._refuse(wrong.sentence, for_good=isinstance(wrong, SentBefore))
                return None
            self.editing, self.done = "", self.done + 1
            self._say(words_pages.SENT)
            return then(InsuranceState.reload)

    @rx.event
    @guarded(Permission.INSURANCE)
    async def take_back(self, work: Work, access: ClientAccess, proposal: Any) -> Any:
        """Take back what one has sent."""
        await service_proposing.take_back(work, access, proposal_id=parse(Id, proposal))
        self._say(words_pages.TAKEN_BACK)
        return then(InsuranceState.reload)

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        self.policies = await service.list_policies(work, access)
        found = await service_proposing.list_proposals(work, access)
        self.waiting = [one for one in found if one.is_waiting]
        self.decided = [one for one in found if not one.is_waiting]
        self.adds_payers, self.client = access.adds_payers, access.client_name
        self.can_add = len(self.policies) < MOST_POLICIES and not any(one.policy == 0 for one in self.waiting)
        self.shown = True
