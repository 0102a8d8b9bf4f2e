"""Inviting one client, or somebody of their contact network: preview, send, send again, withdraw."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.database import Work
from portal.errors import NotFound
from portal.invitations import service
from portal.invitations.views import Invitee
from portal.practice.client import letters, sending, showing, words
from portal.practice.client.state_network import NetworkState
from portal.practice.client.views import Invited, Option, Preview
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class InviteState(PageState):
    """The invitation of one client. `messages` are what the practice keeps; `sent` counts what went out."""

    loaded: bool = False
    may_invite: bool = False
    invited: rx.Field[Invited] = rx.field(default_factory=Invited)
    messages: rx.Field[list[Option]] = rx.field(default_factory=list)
    preview: rx.Field[Preview] = rx.field(default_factory=Preview)
    sent: int = 0

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section, and hear of what becomes of the invitation."""
        await watch(self, f"client:{access.client_id}")
        self.preview = Preview()
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def start(self, work: Work, access: PracticeAccess) -> None:
        """Offer the messages that the practice keeps."""
        self.messages = await letters.offered(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def compose(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Show what somebody would get, keep the words, or send it."""
        given = parse(sending.Fields, fields)
        people = [Invitee(client_id=str(access.client_id), contact_id=given.get("whom", ""))]
        step = parse(letters.Step, given.get("step", ""))
        if step == "keep":
            self.messages, told = await letters.keep(work, access, given)
            self._say(told)
            return None
        if step == "preview":
            (self.preview,) = await letters.previews(work, access, given, people)
            self._say("")
            return None
        result = await letters.send(work, access, given, people)
        refused = [one.reason for one in result.passed_over]
        self.preview = Preview()
        if not refused:
            self.sent += 1
        self._say(" ".join([result.sentence, *refused]), "problem" if refused else "info")
        return _again()

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def send_again(self, work: Work, access: PracticeAccess, invitation_id: Any) -> Any:
        """Send an invitation again; the old link dies."""
        await service.resend_invitation(work, access, invitation_id=parse(Id, invitation_id))
        self._say(words.SENT_AGAIN)
        return _again()

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def withdraw(self, work: Work, access: PracticeAccess, invitation_id: Any) -> Any:
        """Let the link of an invitation die."""
        await service.revoke_invitation(work, access, invitation_id=parse(Id, invitation_id))
        self._say(words.WITHDRAWN)
        return _again()

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        if access.client_id is None:
            raise NotFound
        found = await service.invitation_status(work, access.organization_id, [access.client_id])
        self.invited = showing.invited(found.get(access.client_id), access.zone)
        self.may_invite = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None
        self.loaded = True


def _again() -> list[Any]:
    """Everything on the page that shows how an invitation stands."""
    return then(InviteState.reload, NetworkState.reload)
