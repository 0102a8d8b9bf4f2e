"""Home: what there is to do, for everybody one acts for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import reflex as rx

from portal.access import gate
from portal.access.actor import AccountAccess
from portal.access.subjects import Subject
from portal.database import Work
from portal.home import words
from portal.intake import service as intake
from portal.intake.views import AssignmentView
from portal.kit.clock import today_in
from portal.ui.guard import SIGNED_IN, guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


@dataclass(frozen=True)
class Todo:
    """One thing to do, and where. The first of all is the page's one primary button."""

    id: str
    title: str
    detail: str
    is_late: bool
    is_first: bool
    action: str
    address: str


@dataclass(frozen=True)
class PersonTodos:
    """What there is to do for one person; `place` tells two practices apart."""

    client_id: str
    heading: str
    place: str
    todos: list[Todo]


class HomeState(PageState):
    """Home. `count` is of everything there is to do."""

    loaded: bool = False
    people: rx.Field[list[PersonTodos]] = rx.field(default_factory=list)
    count: int = 0

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the page."""
        await watch(self, f"account:{access.actor.account_id}")
        for subject in await self._fill(work):
            await watch(self, f"client:{subject.client_id}")

    @rx.event
    @guarded(SIGNED_IN, reads=True, live=True)
    async def reload(self, work: Work, access: AccountAccess) -> None:
        """Fill the page anew after something changed for one of these people."""
        await self._fill(work)

    async def _fill(self, work: Work) -> Sequence[Subject]:
        """One set of statements, however many people one acts for."""
        subjects = (await gate.list_subjects(work, self._session_hash())).clients
        waiting = await intake.list_todos(work, subjects)
        self.people = _by_person(subjects, waiting, work.now, self._address_value("for"))
        self.count = len(waiting)
        self.loaded = True
        return subjects


def _by_person(
    subjects: Sequence[Subject], waiting: Sequence[AssignmentView], now: datetime, acting_for: str
) -> list[PersonTodos]:
    """Group what is waiting by person: whom one acts for comes first."""
    several = len({subject.organization_id for subject in subjects}) > 1
    ordered = sorted(subjects, key=lambda subject: str(subject.client_id) != acting_for)
    groups = [[view for view in waiting if view.client_id == str(subject.client_id)] for subject in ordered]
    first = next((view.id for group in groups for view in group), "")
    return [
        PersonTodos(
            client_id=str(subject.client_id),
            heading=words.FOR_YOU if subject.is_self else words.for_person(subject.given_name),
            place=subject.practice_name if several else "",
            todos=[_todo(view, today_in(subject.zone, now), is_first=view.id == first) for view in group],
        )
        for subject, group in zip(ordered, groups, strict=True)
    ]


def _todo(view: AssignmentView, today: date, *, is_first: bool) -> Todo:
    due_on = date.fromisoformat(view.due_on) if view.due_on else None
    parts = (words.due(due_on, today), words.progress(view.progress.answered, view.progress.total))
    return Todo(
        id=view.id,
        title=view.title,
        detail=" · ".join(part for part in parts if part),
        is_late=view.is_overdue,
        is_first=is_first,
        action=words.CONTINUE if view.progress.answered else words.START,
        address=f"/forms/{view.id}?for={view.client_id}",
    )
