"""/practice/clients/[client_id]: who the client is."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.permissions import scope_of
from portal.clients import service
from portal.clients.service_list import list_therapist_choices
from portal.clients.service_read import read_client
from portal.clients.views import ClientFields, EditConflict
from portal.database import Work
from portal.practice.beside import beside_fields
from portal.practice.client import sending, showing, words
from portal.practice.client.views import Card, ConflictRow, Option
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class ClientState(PageState):
    """One client. `form` is what the form of the details starts with, `seen` the same as it is sent back.

    `conflicts` are fields that somebody else changed meanwhile, `answers` counts them; `saved` counts what was kept.
    """

    loaded: bool = False
    may_edit: bool = False
    may_assign: bool = False
    client: rx.Field[Card] = rx.field(default_factory=Card)
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    seen: str = ""
    therapists: rx.Field[list[Option]] = rx.field(default_factory=list)
    conflicts: rx.Field[list[ConflictRow]] = rx.field(default_factory=list)
    answers: int = 0
    saved: int = 0
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of changes from now on."""
        await watch(self, f"client:{access.client_id}")
        self.conflicts, self.problems = [], {}
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SEE_CLIENTS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after something changed; what is being typed stays."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def save(self, unit: Unit, fields: Any) -> Any:
        """Keep the details, unless somebody else changed the same field meanwhile."""
        self.problems = {}
        async with beside_fields(self, "details"):
            given = parse(sending.EditClient, fields)
            seen = sending.read_seen(ClientFields, given.seen)
            async with unit() as (work, access):
                result = await service.edit_client(work, access, seen=seen, fields=given.fields())
            if isinstance(result, EditConflict):
                self.conflicts = showing.conflicts(result.fields, "details")
                self.seen = showing.written(result.current)
                self.answers += 1
                self._say(words.CONFLICT, "problem")
                return None
            self.conflicts, self.saved = [], self.saved + 1
            self._say(words.SAVED)
            return then(ClientState.reload)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def assign(self, work: Work, access: PracticeAccess, fields: Any) -> Any:
        """Let those who are ticked be the client's therapists."""
        ids = [parse(Id, one) for one in sending.ticked(parse(sending.Fields, fields), "therapist:")]
        await service.assign_therapists(work, access, membership_ids=ids)
        self.saved += 1
        self._say(words.THERAPISTS_SAVED)
        return then(ClientState.reload)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def archive(self, work: Work, access: PracticeAccess) -> Any:
        """Close the record."""
        await service.archive_client(work, access)
        self._say(words.IS_ARCHIVED)
        return then(ClientState.reload)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def restore(self, work: Work, access: PracticeAccess) -> Any:
        """Open the record again."""
        await service.restore_client(work, access)
        self._say(words.IS_RESTORED)
        return then(ClientState.reload)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        view = await read_client(work, access)
        sees_all = access.scope is not Scope.CONTACT_DATA_AND_MONEY
        may_view = scope_of(access.role, StaffTask.VIEW_AS) is not None
        self.client = showing.card(view, sees_all=sees_all, may_view=may_view)
        self.form, self.seen = view.fields.model_dump(), showing.written(view.fields)
        self.may_edit = scope_of(access.role, StaffTask.EDIT_CLIENTS) is not None
        self.may_assign = self.may_edit and not access.scope.only_assigned
        if self.may_assign:
            choices = await list_therapist_choices(work, access)
            self.therapists = showing.therapist_options(choices, view.therapists)
        self.loaded = True
