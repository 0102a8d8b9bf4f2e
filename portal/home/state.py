"""Home: what there is to do, for everybody one acts for."""

from collections.abc import Sequence

import reflex as rx

from portal.access import gate
from portal.access.actor import AccountAccess
from portal.access.subjects import Subject
from portal.database import Work
from portal.home.rules import group_by_person
from portal.home.views import PersonTodos
from portal.intake import service as intake
from portal.ui.guard import SIGNED_IN, guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


class HomeState(PageState):
    """Home. `count` is of everything there is to do."""

    loaded: bool = False
    people: rx.Field[list[PersonTodos]] = rx.field(default_factory=list)
    count: int = 0

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the page, and hear of what changes for these people from now on."""
        await watch(self, f"account:{access.actor.account_id}")
        for subject in await self._fill(work, access):
            await watch(self, f"client:{subject.client_id}")
            await watch(self, f"settings:{subject.organization_id}")

    @rx.event
    @guarded(SIGNED_IN, reads=True, live=True)
    async def reload(self, work: Work, access: AccountAccess) -> None:
        """Fill the page anew after something changed for one of these people, or at their practice."""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: AccountAccess) -> Sequence[Subject]:
        """Fill the page by one set of statements, however many people one acts for."""
        subjects = await gate.list_clients(work, self._session_hash())
        waiting = await intake.list_todos(work, subjects, account_id=access.actor.account_id)
        self.people = group_by_person(subjects, waiting, work.now, self._address_value("for"))
        self.count = len(waiting)
        self.loaded = True
        return subjects
