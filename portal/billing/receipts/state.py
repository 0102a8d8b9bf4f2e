"""The receipts on /account."""

from typing import ClassVar
from uuid import UUID

import reflex as rx

from portal.access.actor import AccountAccess
from portal.billing import service_own
from portal.billing.showing import receipt_row
from portal.billing.views import ReceiptRow
from portal.database import Work
from portal.ui.guard import SIGNED_IN, guarded
from portal.ui.session_state import PageState


class ReceiptsState(PageState):
    """What one has paid, newest first, a page at a time."""

    is_part: ClassVar = True

    loaded: bool = False
    rows: rx.Field[list[ReceiptRow]] = rx.field(default_factory=list)
    has_more: bool = False

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the part with the newest."""
        self.rows = []
        await self._add(work, access, None)
        self.loaded = True

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def show_older(self, work: Work, access: AccountAccess) -> None:
        """Add a page of older ones."""
        if self.rows:
            await self._add(work, access, UUID(self.rows[-1].id))

    async def _add(self, work: Work, access: AccountAccess, after: UUID | None) -> None:
        found = await service_own.list_receipts(work, access, after=after)
        self.rows = [*self.rows, *(receipt_row(one) for one in found)]
        self.has_more = len(found) == service_own.RECEIPTS
