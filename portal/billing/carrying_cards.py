"""Letting the processor forget a card: like paying, between two units."""

from contextlib import suppress

from portal.audit.service import record_change
from portal.billing import queries_attempts
from portal.billing.connecting import find_keys, processor_of
from portal.billing.settling import PROCESSOR
from portal.integrations.cards import CardTrouble
from portal.models import SavedCard
from portal.runtime import Runtime


async def forget_card(here: Runtime, card: SavedCard) -> bool:
    """Let the processor forget a card that was removed here, and write down whether it did.

    False where it could not be told: the practice has no connection any more, or one to another account, or nobody
    answered. Nobody can choose the card here in any case.
    """
    async with here.database.unit_of_work(writes=False) as work:
        keys = await find_keys(work, card.organization_id)
        is_known = keys is not None and card.account_ref == await queries_attempts.find_customer(
            work, card.organization_id, card.account_id, keys.account_ref
        )
    is_forgotten = False
    if is_known:
        with suppress(CardTrouble):
            await processor_of(here.config, keys).forget_card(card.ref)
            is_forgotten = True
    async with here.database.unit_of_work() as work:
        await record_change(
            work,
            organization_id=card.organization_id,
            actor=PROCESSOR,
            action="card.forgotten" if is_forgotten else "card.not_forgotten",
            object_id=card.id,
        )
    return is_forgotten
