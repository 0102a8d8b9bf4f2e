"""Giving money back: like paying, between two units."""

from uuid import UUID

from portal.billing import queries, queries_attempts, settling_refunds
from portal.billing.connecting import find_keys, processor_of
from portal.integrations.cards import CardProcessor, CardTrouble, SeenRefund, Trouble
from portal.models import OPEN_ATTEMPTS, AttemptStatus, Payment, RefundAttempt
from portal.runtime import Runtime


async def carry_out_refund(here: Runtime, organization_id: UUID, attempt_id: UUID) -> None:
    """Give back what was decided, and write it down. Doing it again does nothing new: raises nothing.

    The refund may be there already, made by a process that did not live to write it down: it is looked for first. One
    that is on its way, and in the books, is asked for by its name: nothing is given a second time.
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
        if attempt.status is AttemptStatus.WAITING:
            seen: SeenRefund | None = await processor.find_refund(attempt.refund_ref)
        else:
            seen = await _look_for(processor, attempt, payment)
            is_sure = True
        seen = seen or await processor.give_back(
            key=str(attempt.id),
            payment_ref=payment.intent_ref,
            cents=attempt.amount_cents,
            metadata={"refund": str(attempt.id), "practice": str(organization_id)},
        )
    except CardTrouble as trouble:
        if is_sure and trouble.trouble is not Trouble.UNSURE:
            async with here.database.unit_of_work() as work:
                await settling_refunds.fail_refund(work, attempt, payment, trouble.trouble.value)
        return
    await note_refund(here, attempt, payment, seen)


async def _look_for(processor: CardProcessor, attempt: RefundAttempt, payment: Payment) -> SeenRefund | None:
    """Find a refund that may have been given: the attempt's id is in its metadata."""
    known = await processor.refunds_of(payment.intent_ref)
    return next((one for one in known if one.metadata.get("refund") == str(attempt.id)), None)


async def note_refund(here: Runtime, attempt: RefundAttempt, payment: Payment, seen: SeenRefund) -> None:
    """Write down what the processor says of a refund."""
    async with here.database.unit_of_work() as work:
        await settling_refunds.settle_refund(work, attempt, seen, payment)
