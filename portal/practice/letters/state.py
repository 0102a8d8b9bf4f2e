"""/practice/invitation-messages: the messages that the practice keeps."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.invitations import service
from portal.practice.letters import words
from portal.practice.letters.views import Kept, MessageForm
from portal.ui.guard import Id, guarded, parse
from portal.ui.session_state import PageState


class LettersState(PageState):
    """The messages, by name. `saved` counts, by form, what closes a panel."""

    loaded: bool = False
    rows: rx.Field[list[Kept]] = rx.field(default_factory=list)
    saved: rx.Field[dict[str, int]] = rx.field(default_factory=dict)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def save(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Keep a message: a new one, or another name or other words for one that is there."""
        given = parse(MessageForm, fields)
        await service.save_template(
            work, access, name=given.name, body=given.body, template_id=given.template_id or None
        )
        form = f"message-{given.template_id}"
        self.saved = {**self.saved, form: self.saved.get(form, 0) + 1}
        self._say(words.SAVED)
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS)
    async def delete(self, work: Work, access: PracticeAccess, template_id: Any) -> None:
        """Delete a message."""
        await service.delete_template(work, access, template_id=parse(Id, template_id))
        self._say(words.DELETED)
        await self._fill(work, access)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        kept = await service.list_templates(work, access)
        self.rows = [
            Kept(
                one.id,
                one.name,
                one.body,
                f"{words.EDIT} {one.name}",
                f"{words.DELETE} {one.name}",
                words.delete_question(one.name),
            )
            for one in kept
            if one.id
        ]
        self.loaded = True
