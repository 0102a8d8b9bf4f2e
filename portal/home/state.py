"""Home: what there is to do, for everybody one acts for."""

import reflex as rx

from portal.access.subjects import ActingAccess
from portal.database import Work
from portal.home.rules import group_by_person
from portal.home.views import PersonTodos
from portal.intake import service as intake
from portal.scheduling.service_home import list_next
from portal.ui.guard import ACTING, guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


class HomeState(PageState):
    """Home. `count` is of everything there is to do."""

    loaded: bool = False
    people: rx.Field[list[PersonTodos]] = rx.field(default_factory=list)
    count: int = 0

    @rx.event
    @guarded(ACTING, reads=True)
    async def load(self, work: Work, access: ActingAccess) -> None:
        """Fill the page, and hear of what changes for these people from now on."""
        await watch(self, f"account:{access.actor.account_id}")
        for subject in access.clients:
            await watch(self, f"client:{subject.client_id}")
            await watch(self, f"settings:{subject.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(ACTING, reads=True, live=True)
    async def reload(self, work: Work, access: ActingAccess) -> None:
        """Fill the page anew after something changed for one of these people, or at their practice."""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: ActingAccess) -> None:
        """Fill the page by one set of statements, however many people one acts for."""
        subjects = [subject for subject in access.clients if subject.may_act]
        waiting = await intake.list_todos(work, subjects, account_id=access.eyes, with_progress=access.viewing is None)
        coming = await list_next(work, subjects)
        self.people = group_by_person(
            subjects, waiting, work.now, self._address_value("for"), self._address_value("as"), coming
        )
        self.count = len(waiting) + len(coming)
        self.loaded = True
