"""Mails that one does not want."""

from dataclasses import dataclass
from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from portal.access.actor import AccountAccess
from portal.accounts import service
from portal.accounts.words import Said, said
from portal.database import Work
from portal.ui.guard import SIGNED_IN, guarded, parse
from portal.ui.session_state import PageState

Kind = Annotated[str, Field(max_length=60)]


@dataclass(frozen=True)
class MailRow:
    """A kind of mail, and whether it is wanted."""

    kind: str
    label: str
    is_wanted: bool


class MutingState(PageState):
    """The kinds of mail that this person gets; empty where there is none to mute. `answers` counts the answers."""

    mails: rx.Field[list[MailRow]] = rx.field(default_factory=list)
    answers: int = 0

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the section."""
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN)
    async def want(self, work: Work, access: AccountAccess, kind: Any, wanted: Any) -> None:
        """Mute a kind of mail, or want it again."""
        wish = parse(bool, wanted)
        await service.mute_mail(work, access, kind=parse(Kind, kind), wanted=wish)
        await self._fill(work, access)
        self._say(said(Said.MAIL_WANTED if wish else Said.MAIL_MUTED))

    async def _fill(self, work: Work, access: AccountAccess) -> None:
        choices = await service.list_mail_choices(work, access)
        self.mails = [MailRow(one.kind, one.label, one.is_wanted) for one in choices]
        self.answers += 1
