"""Home: what there is to do, for everybody one acts for."""

from typing import Any

import reflex as rx

from portal.access.subjects import ActingAccess
from portal.billing.service_home import list_to_pay
from portal.database import Work
from portal.home.rules import add_sums, group_by_person
from portal.home.views import PersonTodos
from portal.intake import service as intake
from portal.messaging.service_home import list_to_read
from portal.models import Permission
from portal.scheduling.service_home import list_next
from portal.ui.events import then
from portal.ui.guard import ACTING, guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState

_ADDED = frozenset({Permission.PAYMENTS.value, Permission.MESSAGING.value, Permission.INSURANCE.value})


class HomeState(PageState):
    """Home. `count` is of everything there is to do; `weighed` once money and messages are among it.

    `closed` says why, where there is nobody for whom anything is allowed.
    """

    loaded: bool = False
    weighed: bool = False
    people: rx.Field[list[PersonTodos]] = rx.field(default_factory=list)
    count: int = 0
    closed: str = ""
    _listed: tuple[PersonTodos, ...] = ()
    _reach: tuple[Any, ...] = ()
    _served: tuple[Any, ...] = ()

    @rx.event
    @guarded(ACTING, reads=True)
    async def load(self, work: Work, access: ActingAccess) -> Any:
        """Fill the page, and hear of what changes for these people from now on."""
        await watch(self, f"account:{access.actor.account_id}")
        for subject in access.clients:
            await watch(self, f"client:{subject.client_id}")
            await watch(self, f"settings:{subject.organization_id}", "settle")
        await watch(self, f"messages:{access.actor.account_id}")
        await self._fill(work, access)
        return then(HomeState.weigh)

    @rx.event
    @guarded(ACTING, reads=True, live=True)
    async def reload(self, work: Work, access: ActingAccess) -> Any:
        """Fill the page anew after something changed for one of these people, or at their practice."""
        await self._fill(work, access, live=True)
        return then(HomeState.weigh)

    @rx.event
    @guarded(ACTING, reads=True, live=True)
    async def settle(self, work: Work, access: ActingAccess) -> Any:
        """Fill the page anew after a practice changed a setting, where that lets anybody here do more or less.

        One about money or messages changes no form and no appointment.
        """
        reach = tuple(subject.reach for subject in access.clients)
        if reach == self._reach:
            return None
        if self.weighed and _served(access) == self._served:
            self._reach = reach
            await self._add(work, access)
            return None
        await self._fill(work, access, live=True)
        return then(HomeState.weigh)

    @rx.event
    @guarded(ACTING, reads=True, live=True)
    async def weigh(self, work: Work, access: ActingAccess) -> None:
        """Add what is to be paid and to be read, by two statements more than the rest may take."""
        await self._add(work, access)

    async def _add(self, work: Work, access: ActingAccess) -> None:
        money = await list_to_pay(work, access)
        messages = await list_to_read(work, access)
        self.people = add_sums(self._listed, money, messages, self._address_value("as"))
        self.count = sum(len(person.todos) for person in self._listed) + len(money) + len(messages)
        self.weighed = True

    async def _fill(self, work: Work, access: ActingAccess, *, live: bool = False) -> None:
        """Fill the page by one set of statements, however many people one acts for.

        Where a live update finds nothing else to do, what is shown stays, and nobody hears that something happened.
        """
        self._reach = tuple(subject.reach for subject in access.clients)
        subjects = [subject for subject in access.clients if subject.may_act]
        everybody = (*access.clients, *access.closed)
        self.closed = "" if subjects else " ".join(subject.closed_because for subject in everybody)
        self._served = _served(access)
        waiting = await intake.list_todos(work, subjects, account_id=access.eyes, with_progress=access.viewing is None)
        coming = await list_next(work, subjects)
        acting_for, viewed_as = self._address_value("for"), self._address_value("as")
        listed = tuple(group_by_person(subjects, waiting, work.now, acting_for, viewed_as, coming))
        if live and self.weighed and listed == self._listed:
            return
        self._listed = listed
        self.people, self.weighed = list(self._listed), False
        self.count = len(waiting) + len(coming)
        self.loaded = True


def _served(access: ActingAccess) -> tuple[Any, ...]:
    """Return for whom anything can be done now, and what of it the forms and appointments here come from."""
    reaches = (subject.reach for subject in access.clients if subject.may_act)
    return tuple((client_id, allowed - _ADDED, forms) for client_id, allowed, forms in reaches)
