"""/forms: the forms of the person acted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import reflex as rx

from portal.access.actor import ClientAccess, Sight
from portal.database import Work
from portal.intake import service, words_pages
from portal.intake.moments import day_of, moment_in_words
from portal.intake.views import AssignmentView
from portal.models import Permission
from portal.ui.guard import guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


@dataclass(frozen=True)
class FormRow:
    """One form on the list. `done` is how much is answered, in percent; the first open form is the primary one."""

    id: str
    title: str
    status: str
    detail: str
    done: int
    is_late: bool
    is_first: bool
    action: str


class FormsState(PageState):
    """The list of forms: what is to be filled in, and what was sent."""

    loaded: bool = False
    client: str = ""
    open_forms: rx.Field[list[FormRow]] = rx.field(default_factory=list)
    sent_forms: rx.Field[list[FormRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(Permission.FORMS, otherwise=Sight.SIGNED_FORMS, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Fill the page."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        await watch(self, f"account:{access.actor.account_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.FORMS, otherwise=Sight.SIGNED_FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew after a form, a grant or a setting changed."""
        await self._fill(work, access)

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        views = await service.list_assignments(work, access)
        self.client = access.client_name
        self.open_forms = list(_open_rows((view for view in views if view.open), access.today))
        self.sent_forms = [_sent_row(view, access.zone) for view in views if not view.open]
        self.loaded = True


def _open_rows(views: Iterable[AssignmentView], today: date) -> Iterable[FormRow]:
    for place, view in enumerate(views):
        answered, total = view.progress.answered, view.progress.total
        parts = (words_pages.due(day_of(view.due_on), today), words_pages.progress(answered, total))
        yield FormRow(
            id=view.id,
            title=view.title,
            status=words_pages.YOU_SIGN if view.status == "signing" else words_pages.STATUS.get(view.status, ""),
            detail=" · ".join(part for part in parts if part),
            done=100 * answered // total if total else 0,
            is_late=view.is_overdue,
            is_first=place == 0,
            action=words_pages.CONTINUE if answered else words_pages.START,
        )


def _sent_row(view: AssignmentView, zone: str) -> FormRow:
    return FormRow(
        id=view.id,
        title=view.title,
        status=words_pages.STATUS.get(view.status, ""),
        detail=moment_in_words(view.submitted_at, zone),
        done=100,
        is_late=False,
        is_first=False,
        action=words_pages.READ,
    )
