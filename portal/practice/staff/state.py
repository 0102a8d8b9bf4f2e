"""/practice/team: who works here, as what, and with which add-ons."""

from typing import Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotFound
from portal.models import AddOn, Role
from portal.practice import service_team as service
from portal.practice.staff import words
from portal.practice.staff.views import NOTHING_ASKED, Asked, MemberRow, member_row
from portal.practice.views_team import RoleChoice, StaffFields, TeamMember
from portal.practice.words_team import ADD_ONS, ROLES
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Agreed = Literal[0, 1]


class RoleFields(BaseModel):
    """Another role for somebody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    membership_id: Id
    role: Role


class TeamState(PageState):
    """The team. `saved` counts what was done, so that forms empty and close.

    What was done is read in an event of its own, so that no event asks the database too much.
    """

    loaded: bool = False
    saved: int = 0
    members: rx.Field[list[MemberRow]] = rx.field(default_factory=list)
    roles: rx.Field[list[RoleChoice]] = rx.field(default_factory=list)
    asked: rx.Field[Asked] = rx.field(default_factory=lambda: NOTHING_ASKED)

    @rx.event
    @guarded(StaffTask.TEAM, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of what other administrators change from now on."""
        await watch(self, f"team:{access.organization_id}")
        self.roles, self.asked = service.list_roles(), NOTHING_ASKED
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.TEAM, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after the team changed."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.TEAM, step_up=True)
    async def invite(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Put somebody on the team and send them the invitation."""
        wanted = parse(StaffFields, fields)
        await service.invite_staff(work, access, fields=wanted)
        return self._done(words.invited(wanted.name.strip()))

    @rx.event
    @guarded(StaffTask.TEAM)
    async def send_again(self, work: Work, access: PracticeAccess, member: Any) -> Any:
        """Send an invitation again; the older link dies."""
        await service.resend_staff_invitation(work, access, membership_id=parse(Id, member))
        return self._done(words.invited(self._name(member)))

    @rx.event
    @guarded(StaffTask.TEAM, step_up=True)
    async def change_role(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Give somebody another role, from their next click on."""
        wanted = parse(RoleFields, fields)
        await service.change_role(work, access, membership_id=wanted.membership_id, role=wanted.role)
        return self._done(words.role_saved(self._name(str(wanted.membership_id)), ROLES[wanted.role]))

    @rx.event
    @guarded(StaffTask.TEAM)
    async def subscribe(self, work: Work, access: PracticeAccess, member: Any, add_on: Any, on: Any) -> Any:
        """Buy an add-on for somebody, or end it."""
        which, wish, membership_id = parse(AddOn, add_on), parse(bool, on), parse(Id, member)
        await service.set_subscription(work, access, membership_id=membership_id, add_on=which, on=wish)
        return self._done(words.switched(self._name(member), ADD_ONS[which], wish))

    @rx.event
    @guarded(StaffTask.TEAM, step_up=True)
    async def give_access(
        self, work: Work, access: PracticeAccess, member: Any, active: Any, agreed: Any = False
    ) -> Any:
        """Let somebody back in, or close their access; that is asked first, unless it was `agreed` to."""
        membership_id = parse(Id, member)
        if parse(bool, active):
            await service.reactivate_member(work, access, membership_id=membership_id)
            return self._done(words.back(self._name(member)))
        if not parse(Agreed, agreed):
            found = await _find(work, access, member)
            self.asked = Asked(member, *words.closing(found.name, found.clients))
            return None
        await service.deactivate_member(work, access, membership_id=membership_id)
        return self._done(words.closed(self._name(member)))

    @rx.event
    @guarded(StaffTask.TEAM, reads=True)
    async def leave_it(self, work: Work, access: PracticeAccess) -> None:
        """Take the question away; nothing was changed."""
        self.asked = NOTHING_ASKED

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.members = [member_row(view) for view in await service.list_team(work, access)]
        self.loaded = True

    def _done(self, sentence: str) -> Any:
        self.saved, self.asked = self.saved + 1, NOTHING_ASKED
        self._say(sentence)
        return TeamState.reload

    def _name(self, member: str) -> str:
        """Return the name that the page shows for somebody, for the sentence about what was done."""
        return next((row.name for row in self.members if row.id == member), "")


async def _find(work: Work, access: PracticeAccess, member: str) -> TeamMember:
    found = (view for view in await service.list_team(work, access) if view.membership_id == member)
    if view := next(found, None):
        return view
    raise NotFound
