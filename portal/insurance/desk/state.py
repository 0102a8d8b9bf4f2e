"""/practice/clients/[client_id]/insurance: one client's policies, for staff who look after insurance."""

from typing import Annotated, Any, ClassVar

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients.queries import find_client
from portal.database import Work
from portal.insurance import service, service_payers, words_pages
from portal.insurance.fields import Editing, Search, first_fields, read_typed
from portal.insurance.views import PastVersion, PolicyView
from portal.models import MOST_POLICIES
from portal.practice.beside import beside_fields
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

_Place = Annotated[int, Field(ge=1, le=MOST_POLICIES)]
_Revision = Annotated[int, Field(ge=1, le=10**6)]


class DeskState(PageState):
    """One client's policies. `editing` as in InsuranceState; `past` is the history of the policy `past_of`."""

    keeps: ClassVar = ("editing", "seen", "form", "offered", "problems")

    loaded: bool = False
    client: str = ""
    client_id: str = ""
    policies: rx.Field[list[PolicyView]] = rx.field(default_factory=list)
    editing: str = ""
    seen: int = 0
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    offered: rx.Field[list[str]] = rx.field(default_factory=list)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    past_of: str = ""
    past: rx.Field[list[PastVersion]] = rx.field(default_factory=list)
    done: int = 0

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, look="insurance")
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of what changes from now on."""
        await watch(self, f"client:{access.client_id}")
        self.past_of, self.past = "", []
        client = await find_client(work, access)
        self.client, self.client_id = f"{client.given_name} {client.family_name}", str(client.id)
        await self._fill(work, access)
        if not self._is_again or self.editing not in {"new", *(policy.id for policy in self.policies)}:
            self.editing, self.form, self.problems = "", {}, {}

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True, live=True, look="insurance")
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew; what is being typed stays."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True, look="insurance")
    async def edit(self, work: Work, access: PracticeAccess, policy: Any) -> None:
        """Open the form for a policy, or for a new one ("new"); an empty text closes it."""
        self.problems, self.editing = {}, parse(Editing, policy)
        if self.editing:
            await self._fill(work, access)
            self.form, self.seen = first_fields(self.editing, self.policies)
            self.offered = await service_payers.suggest_payers(work, access, typed="")

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True)
    async def suggest(self, work: Work, access: PracticeAccess, typed: Any) -> None:
        """Offer the companies with what was typed in their names."""
        self.offered = await service_payers.suggest_payers(work, access, typed=parse(Search, typed))

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def save(self, unit: Unit, fields: Any) -> Any:
        """Keep what was entered: it is in force at once."""
        self.problems = {}
        async with beside_fields(self, "insurance"):
            typed, place = read_typed(fields)
            policy_id = None if self.editing == "new" else parse(Id, self.editing)
            async with unit() as (work, access):
                if policy_id is None:
                    await service.add_policy(work, access, typed=typed, place=place)
                else:
                    await service.change_policy(work, access, policy_id=policy_id, typed=typed)
            return self._did(words_pages.SAVED)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW)
    async def arrange(self, work: Work, access: PracticeAccess, policy: Any, place: Any, seen: Any) -> Any:
        """Put a policy at a place; place 0 ends it, as it was at revision `seen`."""
        policy_id = parse(Id, policy)
        if place == 0:
            await service.end_policy(work, access, policy_id=policy_id, seen=parse(_Revision, seen))
            return self._did(words_pages.ENDED)
        await service.move_policy(work, access, policy_id=policy_id, place=parse(_Place, place))
        return self._did(words_pages.MOVED)

    @rx.event
    @guarded(StaffTask.INSURANCE_REVIEW, reads=True, look="insurance")
    async def show_past(self, work: Work, access: PracticeAccess, policy: Any) -> None:
        """Show what was changed in a policy; an empty id closes it."""
        self.past_of, self.past = parse(Editing, policy), []
        if self.past_of:
            self.past = await service.list_history(work, access, policy_id=parse(Id, policy))

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.policies = await service.list_policies(work, access)
        self.loaded = True

    def _did(self, sentence: str) -> Any:
        self.editing, self.past_of, self.past, self.done = "", "", [], self.done + 1
        self._say(sentence)
        return then(DeskState.reload)
