"""Codes at sign-in: set up, moved to another app, new recovery codes, switched off."""

from typing import Annotated, Any, ClassVar

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import AccountAccess
from portal.accounts import service
from portal.accounts.rules_second_factor import in_groups
from portal.accounts.views import SetUp
from portal.accounts.words import Said, said
from portal.database import Work
from portal.kit.qr import qr_picture
from portal.ui.guard import SIGNED_IN, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class CodeFields(BaseModel):
    """The form that takes the first code of an app."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=60)]


class SecondFactorState(PageState):
    """How codes at sign-in stand. `picture` and `secret` are there while an app is set up, `codes` just once.

    `required_by` names a practice that asks its team for codes. `saved` counts what was done.
    """

    keeps: ClassVar = ("picture", "secret", "codes")

    loaded: bool = False
    is_on: bool = False
    codes_left: int = 0
    required_by: str = ""
    picture: str = ""
    secret: str = ""
    codes: str = ""
    saved: int = 0

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the section."""
        await watch(self, f"account:{access.actor.account_id}")
        if not self._is_again:
            self._forget()
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN, reads=True, live=True)
    async def reload(self, work: Work, access: AccountAccess) -> None:
        """Fill the section anew after the login changed elsewhere; what is shown once stays."""
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN, step_up=True)
    async def begin(self, work: Work, access: AccountAccess) -> None:
        """Show what an app needs; nothing changes yet."""
        self._show(await service.begin_second_factor(work, access))

    @rx.event
    @guarded(SIGNED_IN, step_up=True)
    async def confirm(self, work: Work, access: AccountAccess, fields: Any) -> Any:
        """Switch codes on with the first one, and show the recovery codes."""
        given, was_on = parse(CodeFields, fields), self.is_on
        codes = await service.confirm_second_factor(work, access, code=given.code)
        return self._done(codes, Said.FACTOR_MOVED if was_on else Said.FACTOR_ON)

    @rx.event
    @guarded(SIGNED_IN, step_up=True)
    async def renew(self, work: Work, access: AccountAccess) -> Any:
        """Show new recovery codes; the old ones are worthless."""
        return self._done(await service.renew_recovery_codes(work, access), Said.CODES_MADE)

    @rx.event
    @guarded(SIGNED_IN, step_up=True)
    async def switch_off(self, work: Work, access: AccountAccess) -> Any:
        """Let the password alone suffice."""
        await service.switch_off_second_factor(work, access)
        return self._done((), Said.FACTOR_OFF)

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def put_away(self, work: Work, access: AccountAccess) -> None:
        """Take the codes, or a set-up that was not finished, off the screen."""
        self._forget()

    def _forget(self) -> None:
        self.picture, self.secret, self.codes = "", "", ""

    def _show(self, made: SetUp) -> None:
        self._forget()
        self.picture, self.secret = qr_picture(made.address), in_groups(made.secret)

    def _done(self, codes: tuple[str, ...], what: Said) -> Any:
        self._forget()
        self.codes = "\n".join(codes)
        self.saved += 1
        self._say(said(what))
        return SecondFactorState.reload

    async def _fill(self, work: Work, access: AccountAccess) -> None:
        found = await service.read_second_factor(work, access)
        self.is_on, self.codes_left, self.required_by = found.is_on, found.codes_left, found.required_by
        self.loaded = True
