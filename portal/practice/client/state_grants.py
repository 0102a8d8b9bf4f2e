"""What people of the contact network may do: given, changed, ended; and their particulars."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients import service_contacts, service_grants
from portal.clients.views import ContactFields, EditConflict
from portal.database import Work
from portal.errors import Invalid
from portal.practice.beside import beside_fields
from portal.practice.client import sending, showing, words
from portal.practice.client.state_network import NetworkState
from portal.practice.client.views import ConflictRow
from portal.ui.events import then
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.session_state import PageState


class GrantState(PageState):
    """Changes of one person or one grant. `done` counts, by the name of the form, what was kept.

    `conflicts` are fields that somebody else changed meanwhile, in the form named `in_conflict`.
    """

    done: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    conflicts: rx.Field[list[ConflictRow]] = rx.field(default_factory=list)
    in_conflict: str = ""
    answers: int = 0

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, step_up=True)
    async def give(self, unit: Unit, fields: Any) -> Any:
        """Give somebody access."""
        given = parse(sending.GiveAccess, fields)
        async with self._form(f"give-{given.contact_id}"):
            if not given.may:
                raise Invalid(words.CHOOSE_ACCESS_FIRST)
            async with unit() as (work, access):
                told = await service_grants.give_grants(
                    work,
                    access,
                    contact_id=given.contact_id,
                    fields=given.grant_fields(),
                    permissions=given.permissions(),
                    preset=given.preset(),
                )
            return self._kept(f"give-{given.contact_id}", told.sentence)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, step_up=True)
    async def change(self, unit: Unit, fields: Any) -> Any:
        """Change the basis, the days or the note of one access."""
        given = parse(sending.ChangeAccess, fields)
        async with self._form(f"change-{given.grant_id}"):
            async with unit() as (work, access):
                await service_grants.change_grant(work, access, grant_id=given.grant_id, fields=given.grant_fields())
            return self._kept(f"change-{given.grant_id}", words.CHANGED)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def end(self, work: Work, access: PracticeAccess, grant_id: Any) -> Any:
        """End one access now."""
        await service_grants.end_grant(work, access, grant_id=parse(Id, grant_id))
        self._say(words.ENDED)
        return then(NetworkState.reload)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def edit(self, unit: Unit, fields: Any) -> Any:
        """Keep somebody's particulars, unless somebody else changed the same field meanwhile."""
        given = parse(sending.EditPerson, fields)
        form = f"edit-{given.contact_id}"
        async with self._form(form):
            seen = sending.read_seen(ContactFields, given.seen)
            async with unit() as (work, access):
                contact = {"contact_id": given.contact_id}
                result = await service_contacts.edit_contact(work, access, **contact, seen=seen, fields=given.fields())
                if not isinstance(result, EditConflict):
                    await service_contacts.change_relationship(work, access, **contact, relationship=given.relationship)
            if isinstance(result, EditConflict):
                self.conflicts, self.in_conflict = showing.conflicts(result.fields, form), form
                self.answers += 1
                self._say(words.CONFLICT, "problem")
                return then(NetworkState.reload)
            return self._kept(form, words.PERSON_SAVED)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def remove(self, work: Work, access: PracticeAccess, contact_id: Any) -> Any:
        """Take somebody out of the network; all their access for this client ends."""
        await service_contacts.remove_contact(work, access, contact_id=parse(Id, contact_id))
        self._say(words.REMOVED)
        return then(NetworkState.reload)

    @asynccontextmanager
    async def _form(self, form: str) -> AsyncIterator[None]:
        """Begin the answer to one form: the problems of the last one are gone, those of this one go beside it."""
        self.problems, self.conflicts, self.in_conflict = {}, [], ""
        async with beside_fields(self, form):
            yield

    def _kept(self, form: str, sentence: str) -> list[Any]:
        self.done = {**self.done, form: self.done.get(form, 0) + 1}
        self._say(sentence)
        return then(NetworkState.reload)
