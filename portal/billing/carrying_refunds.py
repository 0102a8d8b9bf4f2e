"""Giving money back: like paying, between two units."""

from uuid import UUID

from portal.billing import queries, queries_attempts, settling
from portal.billing.connecting import find_keys, processor_of
from portal.integrations.cards import CardTrouble, SeenRefund, Trouble
from portal.models import OPEN_ATTEMPTS, AttemptStatus, Payment, RefundAttempt
from portal.runtime import Runtime


async def carry_out_refund(here: Runtime, organization_id: UUID, attempt_id: UUID) -> None:
    """Give back what was decided, and write it down. Doing it again does nothing new: raises nothing.

    The refund may be there already, made by a process that did not live to write it down: it is looked for first.
    """
    async with here.database.unit_of_work(writes=False) as work:
        attempt = await queries_attempts.find_refund_attempt(work, organization_id, attempt_id)
        if attempt is None or attempt.status not in OPEN_ATTEMPTS:
            return
        payment = await queries.find_payment(work, organization_id, attempt.payment_id)
        keys = await find_keys(work, organization_id)
    if payment is None:
        return
    # A first try that is refused gave nothing back. Later the money may have gone already, unless a look says not.
    is_sure = attempt.checked_at == attempt.started_at
    try:
        processor = processor_of(here.config, keys)
        known = await processor.refunds_of(payment.intent_ref)
        is_sure = True
        seen = next((one for one in known if one.metadata.get("refund") == str(attempt.id)), None)
        seen = seen or await processor.give_back(
            key=str(attempt.id),
            payment_ref=payment.intent_ref,
            cents=attempt.amount_cents,
            metadata={"refund": str(attempt.id), "practice": str(organization_id)},
        )
    except CardTrouble as trouble:
        if is_sure and trouble.trouble is not Trouble.UNSURE:
            async with here.database.unit_of_work() as work:
                await settling.close_refund(work, attempt, AttemptStatus.FAILED, trouble.trouble.value)
        return
    await note_refund(here, attempt, payment, seen)


async def note_refund(here: Runtime, attempt: RefundAttempt, payment: Payment, seen: SeenRefund) -> None:
    """Write down what the processor says of a refund."""
    async with here.database.unit_of_work() as work:
        await settling.settle_refund(work, attempt, seen, payment)
