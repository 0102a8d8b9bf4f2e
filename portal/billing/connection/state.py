"""/practice/card-processing: keys in, tested, connected; or forgotten. No key ever goes to the browser."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.billing import service_connection as service
from portal.billing import words as common
from portal.billing.connection import words
from portal.billing.ledger import practice_of
from portal.billing.showing import day_of
from portal.database import Work
from portal.errors import Invalid
from portal.integrations.cards import CardTrouble
from portal.integrations.stripe.choose import processor_for, sandbox_works
from portal.runtime import runtime
from portal.ui.guard import Unit, guarded, parse
from portal.ui.session_state import PageState


class KeyFields(BaseModel):
    """The two keys that a practice copies from its processor."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    secret: str = Field(max_length=255)
    signing: str = Field(max_length=255)


class ConnectionState(PageState):
    """Whether card processing is connected. `done` counts what was done."""

    loaded: bool = False
    done: int = 0
    is_connected: bool = False
    about: str = ""
    is_live: bool = False
    hook: str = ""

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, step_up=True)
    async def connect(self, unit: Unit, sent: Any) -> None:
        """Test two keys, and keep them when the processor knows them."""
        keys = parse(KeyFields, sent, common.KEY_SHAPE)
        secret, signing = keys.secret.strip(), keys.signing.strip()
        async with unit() as (_, access):
            service.check_keys(secret, signing, has_sandbox=sandbox_works(runtime().config))
        try:
            account = await processor_for(runtime().config, secret).find_account()
        except CardTrouble:
            raise Invalid(common.KEY_REFUSED) from None
        async with unit() as (work, access):
            await service.connect_processor(work, access, secret=secret, signing=signing, account=account)
            await self._fill(work, access)
        self.done += 1
        self._say(words.DONE_ON)

    @rx.event
    @guarded(StaffTask.SETTINGS, step_up=True)
    async def disconnect(self, work: Work, access: PracticeAccess) -> None:
        """Forget the keys."""
        await service.disconnect_processor(work, access)
        await self._fill(work, access)
        self.done += 1
        self._say(words.DONE_OFF)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        found = await service.find_own_connection(work, access)
        practice = await practice_of(work, access.organization_id)
        self.hook = f"{runtime().config.origin}/hooks/stripe/{practice.slug}"
        self.is_connected = found is not None and found.connected_at is not None
        self.is_live = found is not None and found.is_live
        at = found.connected_at if found else None
        self.about = words.connected(found.account_name, day_of(at.date())) if found and at else ""
        self.loaded = True
