"""The cards on /account."""

from typing import Any, ClassVar

import reflex as rx

from portal.access.actor import AccountAccess
from portal.billing import service_cards
from portal.billing.carrying_cards import forget_card
from portal.billing.kept import words
from portal.billing.showing import kept_card_row
from portal.billing.views import KeptCardRow
from portal.billing.words import CARD_REMOVED
from portal.database import Work
from portal.runtime import runtime
from portal.ui.guard import SIGNED_IN, Id, Unit, guarded, parse
from portal.ui.session_state import PageState


class KeptCardsState(PageState):
    """The cards that this login keeps, whatever it may still do at those practices."""

    is_part: ClassVar = True

    rows: rx.Field[list[KeptCardRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def load(self, work: Work, access: AccountAccess) -> None:
        """Fill the part."""
        await self._fill(work, access)

    @rx.event
    @guarded(SIGNED_IN)
    async def remove(self, unit: Unit, card: Any) -> None:
        """Remove a card: here first, and committed; then the practice's processor is asked to forget it."""
        card_id = parse(Id, card)
        async with unit() as (work, access):
            removed = await service_cards.remove_own_card(work, access, card_id=card_id)
        is_forgotten = await forget_card(runtime(), removed)
        async with unit() as (work, access):
            await self._fill(work, access)
        self._say(CARD_REMOVED if is_forgotten else words.REMOVED_HERE)

    async def _fill(self, work: Work, access: AccountAccess) -> None:
        self.rows = [kept_card_row(one) for one in await service_cards.list_own_cards(work, access)]
