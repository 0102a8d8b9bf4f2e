"""The account page: name, e-mail, password, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import AccountAccess
from portal.accounts import service
from portal.accounts.views import SessionView
from portal.accounts.words import Said, said
from portal.database import Work
from portal.ui.ago import ago
from portal.ui.guard import SIGNED_IN, Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Line = Annotated[str, Field(max_length=1000)]


@dataclass(frozen=True)
class DeviceRow:
    """One browser in which the person is signed in."""

    id: str
    device: str
    used: str
    is_this_one: bool


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NameFields(_Fields):
    """The form under "Your name"."""

    name: Line


class EmailFields(_Fields):
    """The form under "Email"."""

    email: Line
    password: Line


class PasswordFields(_Fields):
    """The form under "Password"."""

    current: Line
    new: Line


class AccountState(PageState):
    """The account page. `saved` counts what was done, so that the forms empty themselves."""

    loaded: bool = False
    name: str = ""
    email: str = ""
    pending_email: str = ""
    devices: rx.Field[list[DeviceRow]] = rx.field(default_factory=list)
    saved: int = 0

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the page."""
        await watch(self, f"account:{access.actor.account_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN, reads=True, live=True)
    async def reload(self, work: Work, access: AccountAccess) -> None:
        """Fill the page anew after the login changed elsewhere."""
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN)
    async def save_name(self, work: Work, access: AccountAccess, fields: Any) -> None:
        """Change the name."""
        await service.update_profile(work, access, name=parse(NameFields, fields).name)
        await self._done(work, access, Said.NAME_SAVED)

    @rx.event
    @guarded(SIGNED_IN)
    async def change_email(self, unit: Unit, fields: Any) -> Any:
        """Send a confirmation to the new address."""
        given = parse(EmailFields, fields)
        await service.request_email_change(unit, password=given.password, new_email=given.email)
        return self._told(Said.EMAIL_MAILED)

    @rx.event
    @guarded(SIGNED_IN)
    async def change_password(self, unit: Unit, fields: Any) -> Any:
        """Set another password; every other device is signed out."""
        given = parse(PasswordFields, fields)
        await service.change_password(unit, current=given.current, new=given.new)
        return self._told(Said.PASSWORD_CHANGED)

    @rx.event
    @guarded(SIGNED_IN)
    async def end_device(self, work: Work, access: AccountAccess, session_id: Any) -> None:
        """Sign out on one other device."""
        await service.end_session(work, access, session_id=parse(Id, session_id))
        await self._done(work, access, Said.DEVICE_ENDED)

    @rx.event
    @guarded(SIGNED_IN)
    async def end_other_devices(self, work: Work, access: AccountAccess) -> None:
        """Sign out on every device but this one."""
        await service.end_all_sessions(work, access, keep_this=True)
        await self._done(work, access, Said.OTHERS_ENDED)

    async def _done(self, work: Work, access: AccountAccess, what: Said) -> None:
        await self._fill(work, access)
        self._told(what)

    def _told(self, what: Said) -> Any:
        self.saved += 1
        self._say(said(what))
        return AccountState.reload

    async def _fill(self, work: Work, access: AccountAccess) -> None:
        account = await service.read_account(work, access)
        self.name, self.email, self.pending_email = account.name, account.email, account.pending_email
        self.devices = [_row(view, work.now) for view in await service.list_sessions(work, access)]
        self.loaded = True


def _row(view: SessionView, now: datetime) -> DeviceRow:
    return DeviceRow(str(view.id), view.device, ago(view.last_used_at, now), view.is_this_one)
