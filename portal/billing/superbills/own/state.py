"""The superbill on /billing."""

from typing import Any, ClassVar

import reflex as rx

from portal.access.actor import ClientAccess
from portal.billing.superbills import service, words_page
from portal.billing.superbills.fields import query_of, read_period
from portal.billing.superbills.rules import usual_period
from portal.database import Work
from portal.models import Permission
from portal.ui.guard import guarded
from portal.ui.live import watch
from portal.ui.session_state import PageState


class OwnSuperbillState(PageState):
    """Whether a superbill can be taken (`shown`), and the days that are offered first."""

    is_part: ClassVar = True

    shown: bool = False
    first: str = ""
    last: str = ""

    @rx.event
    @guarded(Permission.PAYMENTS, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        """Show the part to whoever may take a superbill."""
        del work
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        self._fill(access)

    @rx.event
    @guarded(Permission.PAYMENTS, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Take the part away as soon as it is not allowed any more."""
        del work
        self._fill(access)

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def ask(self, work: Work, access: ClientAccess, sent: Any) -> Any:
        """Let the browser fetch a superbill where there is something to put on it; the address asks again who it is."""
        service.require_own(access)
        period = read_period(sent, today=access.today)
        await service.gather_own(work, access, period=period)
        self._say(words_page.ON_ITS_WAY)
        address = f"/billing/superbill.pdf?{query_of(period, **{'for': str(access.client_id)})}"
        return rx.download(url=address, filename="superbill.pdf")

    def _fill(self, access: ClientAccess) -> None:
        """Whoever looks through somebody else's eyes takes nothing away: the file is of the login that asks for it."""
        self.shown = access.gets_superbill and access.viewing is None
        period = usual_period(access.today)
        self.first, self.last = period.first.isoformat(), period.last.isoformat()
