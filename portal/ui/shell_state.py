"""What the frame of every page knows: who is signed in, for whom, where they may go, and how long the session lasts."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import reflex as rx

from portal.access import gate
from portal.access.actor import AccountAccess, Person
from portal.access.subjects import ActingAccess, Subjects
from portal.accounts.rules import IDLE_LIMIT
from portal.database import Work
from portal.errors import PortalError
from portal.kit.ids import parse_id
from portal.messaging.service_listing import count_unread
from portal.scheduling.queries_waiting import count_waiting
from portal.ui import navigation
from portal.ui.guard import REACH, SIGNED_IN, guarded
from portal.ui.live import watch, watch_exactly
from portal.ui.navigation import NOT_VIEWING, PersonLink, ViewingBar
from portal.ui.session_state import PageState
from portal.ui.step_up import drop_event, release_event


class ShellState(PageState):
    """The frame of a page. `query` is what every link keeps: `?for=…` on the client side, `?practice=…` for staff.

    `viewing` is set where staff view the page as somebody else: whom, for whom, and the way back.
    `links` are keys of portal.ui.navigation; `idle_left` are the seconds until the idle end as of answer `idle_checks`.
    """

    is_frame: ClassVar = True

    person: str = ""
    email: str = ""
    practice: str = ""
    practice_short: str = ""
    acting_for: str = ""
    query: str = ""
    links: rx.Field[list[str]] = rx.field(default_factory=list)
    people: rx.Field[list[PersonLink]] = rx.field(default_factory=list)
    is_client: bool = False
    is_staff: bool = False
    on_staff_side: bool = False
    waiting_requests: int = 0
    waiting_messages: int = 0
    viewing: rx.Field[ViewingBar] = rx.field(default_factory=lambda: NOT_VIEWING)
    idle_left: int = 0
    idle_checks: int = 0

    @rx.event
    @guarded(REACH, reads=True)
    async def load(self, work: Work, access: Subjects) -> None:
        """Fill the frame when a page opens."""
        await watch(self, f"account:{access.actor.account_id}")
        self.refusal = ""
        if self.notice_tone == "problem" and not self._is_again:
            self._say("")
        view = await _view(self, work)
        await self._fill(work, access, view)
        self._note_idle(access.actor, _idle(access))

    @rx.event
    @guarded(REACH, reads=True, live=True)
    async def reload(self, work: Work, access: Subjects) -> None:
        """Fill the frame anew after a grant, a setting, a session or a request changed, and watch what it shows."""
        await self._fill(work, access, await _view(self, work))

    @rx.event
    @guarded(SIGNED_IN, reads=True, live=True)
    async def check(self, work: Work, access: AccountAccess) -> None:
        """Say how long the session still lasts, without keeping it awake."""
        self._note_idle(access.actor, _idle(access))

    @rx.event
    @guarded(SIGNED_IN)
    async def stay(self, work: Work, access: AccountAccess) -> None:
        """Keep the session awake because its owner asked for it; the door notes every user's action."""
        self._note_idle(access.actor, timedelta())

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def confirmed(self, work: Work, access: AccountAccess) -> Any:
        """Go on with what waited until its owner had confirmed who they are; its own guard decides."""
        return release_event(self)

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def not_now(self, work: Work, access: AccountAccess) -> None:
        """Forget what waited; nothing was done."""
        drop_event(self)

    def _note_idle(self, actor: Person, idle: timedelta) -> None:
        self.email = actor.email
        self.idle_left = max(0, int((IDLE_LIMIT - idle).total_seconds()))
        self.idle_checks += 1

    async def _fill(self, work: Work, access: Subjects, view: ActingAccess | None) -> None:
        watch_exactly(self, navigation.topics(access, view))
        self._show(access, view)
        await self._count(work, access)

    async def _count(self, work: Work, subjects: Subjects) -> None:
        """Count what waits for this staff member: requests beside the calendar, conversations beside the envelope."""
        place = navigation.workplace(subjects.memberships, self._address_value("practice"))
        count = await count_waiting(work, place) if self.on_staff_side and place else 0
        self.waiting_requests = count
        self.waiting_messages = await count_unread(work, place) if self.on_staff_side and place else 0

    def _show(self, subjects: Subjects, view: ActingAccess | None) -> None:
        page = self._page()
        subject = view.clients[0] if view else navigation.chosen(subjects, str(self._id("for") or ""))
        place = navigation.workplace(subjects.memberships, self._address_value("practice"))
        self.person = subjects.account.actor.name
        self.is_client, self.is_staff = subject is not None and not view, place is not None
        self.on_staff_side = place is not None and not view and (page == "practice" or subject is None)
        self.viewing = navigation.viewing_bar(view, several=len(subjects.memberships) > 1)
        if self.on_staff_side and place is not None:
            several = len(subjects.memberships) > 1
            self.links = navigation.staff_links(place)
            self.query = f"?practice={place.practice_slug}" if several else ""
            self.practice, slug = place.practice_name, place.practice_slug
        else:
            self.links = navigation.client_links(subject, viewed=view is not None)
            self.query = navigation.client_query(subject, several=len(subjects.clients) > 1, view=view)
            self.practice, slug = (subject.practice_name, subject.practice_slug) if subject else ("", "")
        self.practice_short = slug.replace("-", " ").title()
        self.acting_for = navigation.display_name(subject) if subject else ""
        self.people = [] if view else navigation.people(subjects, subject, page)

    def _page(self) -> str:
        """Return the first part of the page's path: "home", "forms", "practice"."""
        return str(self.rx_router_url.path).strip("/").split("/")[0]

    def _id(self, name: str) -> UUID | None:
        return parse_id(self._address_value(name))


def _idle(access: AccountAccess | Subjects) -> timedelta:
    """Return how long nobody has done anything in this session."""
    return access.now - (access.actor.touched_at or access.now)


async def _view(page: ShellState, work: Work) -> ActingAccess | None:
    """Return what a staff member sees as somebody else, where the address asks for it and it is allowed."""
    client_id, whom = page._id("for"), page._id("as")
    if client_id is None or whom is None:
        return None
    try:
        return await gate.open_acting_view(work, page._session_hash(), client_id, whom)
    except PortalError:
        return None
