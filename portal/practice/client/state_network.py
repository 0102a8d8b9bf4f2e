"""The contact network of one client: who is in it, and adding somebody."""

from typing import Any
from uuid import UUID

import reflex as rx

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.gate import require_step_up
from portal.access.permissions import scope_of
from portal.clients.service_contacts import add_contact, add_known_contact
from portal.clients.service_grants import give_grants
from portal.clients.service_network import list_network, search_known
from portal.clients.views import KnownKind, LooksLike
from portal.database import Work
from portal.invitations.service import contact_invitation_status
from portal.kit.ids import parse_id
from portal.practice.beside import beside_fields, ids_of
from portal.practice.client import sending, showing, showing_network, words
from portal.practice.client.views import Known, Member, Option, Signer
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

NOBODY = Known("", "", "")


class NetworkState(PageState):
    """Everybody in the network. `known` are those whom a search found, `chosen` the one who is to be added.

    `alike` are those whom a new person may be; `added` counts who was added. `signers` can be asked to sign a form.
    """

    loaded: bool = False
    may_edit: bool = False
    closed: str = ""
    members: rx.Field[list[Member]] = rx.field(default_factory=list)
    signers: rx.Field[list[Signer]] = rx.field(default_factory=list)
    invitees: rx.Field[list[Option]] = rx.field(default_factory=list)
    searched: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    known: rx.Field[list[Known]] = rx.field(default_factory=list)
    chosen: rx.Field[Known] = rx.field(default_factory=lambda: NOBODY)
    alike: rx.Field[list[Known]] = rx.field(default_factory=list)
    despite: str = ""
    added: int = 0
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section, and hear of changes from now on."""
        await watch(self, f"client:{access.client_id}")
        self._forget()
        self.searched = {"query": ""}
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the section anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def search(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Look for somebody whom the practice knows already."""
        query = parse(sending.Fields, fields).get("query", "")
        self.known = showing_network.known(await search_known(work, access, query=query))
        self.searched = {"query": query}

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def choose(self, work: Work, access: PracticeAccess, key: Any) -> None:
        """Choose one of those who were found; anything else means nobody."""
        wanted = parse(sending.Line, key)
        people = (one for one in (*self.known, *self.alike) if one.key == wanted)
        self.chosen = next(people, NOBODY)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def add(self, unit: Unit, fields: Any) -> Any:
        """Add somebody, and give them access when that was chosen too: both, or nothing."""
        self.problems = {}
        async with beside_fields(self, "person"):
            given = parse(sending.AddPerson, fields)
            async with unit() as (work, access):
                result = await _add(work, access, given)
                if not isinstance(result, LooksLike):
                    told = await _give(work, access, result, given)
            if isinstance(result, LooksLike):
                self.alike, self.despite = showing_network.alike(result.people), ids_of(result.people)
                self._say("")
                return None
            self._forget()
            self.added += 1
            self._say(told)
            return then(NetworkState.reload)

    def _forget(self) -> None:
        self.chosen, self.alike, self.despite, self.problems = NOBODY, [], "", {}

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        network = await list_network(work, access)
        ids = [UUID(one.contact_id) for one in network.members]
        found = await contact_invitation_status(work, access.organization_id, ids)
        invited = {str(one): showing.invited(status, access.zone) for one, status in found.items()}
        only_money = access.scope is Scope.CONTACT_DATA_AND_MONEY
        may_view = scope_of(access.role, StaffTask.VIEW_AS) is not None
        self.members = showing_network.members(network, invited, only_money=only_money, may_view=may_view)
        self.invitees = [Option(one.contact_id, one.name) for one in network.members if not one.has_login]
        self.may_edit = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None
        self.signers = showing_network.signers(network) if self.may_edit else []
        self.closed = network.access_off
        self.loaded = True


async def _add(work: Work, access: PracticeAccess, given: sending.AddPerson) -> UUID | LooksLike:
    """Add a known person, else a new one; returns the contact's id, or whom they look like."""
    if given.known:
        kind, _, known_id = given.known.partition(":")
        added = await add_known_contact(
            work,
            access,
            kind=parse(KnownKind, kind),
            known_id=parse(Id, known_id),
            relationship=given.relationship,
            typed_email=given.email,
        )
        return UUID(added.id)
    despite = [found for text in given.despite.split() if (found := parse_id(text))]
    result = await add_contact(work, access, fields=given.fields(), relationship=given.relationship, despite=despite)
    return result if isinstance(result, LooksLike) else UUID(result.id)


async def _give(work: Work, access: PracticeAccess, contact_id: UUID, given: sending.AddPerson) -> str:
    """Give what was chosen; returns what to tell."""
    if not given.may:
        return words.ADDED_ONLY
    require_step_up(access)
    result = await give_grants(
        work,
        access,
        contact_id=contact_id,
        fields=given.grant_fields(),
        permissions=given.permissions(),
        preset=given.preset(),
    )
    return result.sentence
