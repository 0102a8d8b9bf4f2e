"""What came of an attempt is written down once: result, ledger, receipt and mail in one unit.

Whoever hears first settles: the page that called, a webhook, or the sweeper. All others find it settled.
"""

from collections.abc import Iterable

from sqlalchemy import update
from sqlmodel import col, select

from portal.access.actor import System
from portal.audit.service import record_change
from portal.billing import ledger, queries
from portal.billing.rules import Share, fit, take_back
from portal.billing.telling import tell_bookkeepers
from portal.database import Work
from portal.integrations.cards import SeenCard, SeenPayment, SeenRefund
from portal.kit.money import Money
from portal.models import (
    OPEN_ATTEMPTS,
    Account,
    AdjustmentReason,
    Allocation,
    AttemptKind,
    AttemptStatus,
    Method,
    Payment,
    PaymentAttempt,
    Refund,
    RefundAttempt,
    SavedCard,
)
from portal.notifications.outbox import enqueue_mail

PROCESSOR = System("card processor")
# Money may come after we had given an attempt up; it is then taken in all the same.
_PAYABLE = (*OPEN_ATTEMPTS, AttemptStatus.FAILED, AttemptStatus.ABANDONED)


def is_ours(attempt: PaymentAttempt, seen: SeenPayment) -> bool:
    """Say whether a payment at the processor is the one that was wanted: amount, currency, customer, metadata."""
    return (
        seen.cents == attempt.amount_cents
        and seen.currency == attempt.currency
        and bool(seen.customer_ref)
        and seen.customer_ref == attempt.customer_ref
        and seen.metadata.get("attempt") == str(attempt.id)
        and seen.metadata.get("practice") == str(attempt.organization_id)
    )


async def settle(work: Work, attempt: PaymentAttempt, seen: SeenPayment) -> bool:
    """Write down what the processor says of an attempt's payment; True when that decided it."""
    if not is_ours(attempt, seen):
        return await _swap(work, attempt, AttemptStatus.UNCLEAR, problem="mismatch")
    if seen.is_paid:
        return await _take_in(work, attempt, seen)
    if seen.is_over:
        return await close(work, attempt, AttemptStatus.ABANDONED)
    return False


async def is_left_over(work: Work, attempt: PaymentAttempt, seen: SeenPayment) -> bool:
    """Say whether money moved for an attempt and stands in no line of the ledger: a second time, or otherwise wrong."""
    query = select(Payment.id).where(Payment.attempt_id == attempt.id, Payment.intent_ref == seen.ref)
    return seen.is_paid and (await work.exec(query)).first() is None


async def close(work: Work, attempt: PaymentAttempt, status: AttemptStatus, problem: str = "") -> bool:
    """End an attempt without money: what it had reserved is free again."""
    return await _swap(work, attempt, status, problem=problem)


async def _swap(
    work: Work,
    attempt: PaymentAttempt,
    status: AttemptStatus,
    *,
    before: Iterable[AttemptStatus] = OPEN_ATTEMPTS,
    problem: str = "",
    intent_ref: str = "",
) -> bool:
    """Change the status by compare-and-swap; False when somebody else was first."""
    values = {"status": status, "problem": problem, "resolved_at": work.now, "checked_at": work.now}
    done = await work.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt.id, col(PaymentAttempt.status).in_(tuple(before)))
        .values(**values, **({"intent_ref": intent_ref} if intent_ref else {}))
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        work.tell(ledger.topic(attempt.client_id))
        work.tell(f"money:{attempt.organization_id}")
    return bool(done.rowcount)


async def _take_in(work: Work, attempt: PaymentAttempt, seen: SeenPayment) -> bool:
    if not await _swap(work, attempt, AttemptStatus.PAID, before=_PAYABLE, intent_ref=seen.ref):
        return False
    items = await queries.items_of(work, attempt.id)
    lines = await ledger.hold(work, attempt.organization_id, [item.charge_id for item in items])
    shares = fit((Share(item.charge_id, item.amount_cents) for item in items), lines)
    practice = await ledger.practice_of(work, attempt.organization_id)
    payment = Payment(
        organization_id=attempt.organization_id,
        client_id=attempt.client_id,
        account_id=attempt.account_id,
        attempt_id=attempt.id,
        method=Method.CARD,
        amount_cents=seen.cents,
        currency=seen.currency,
        received_on=ledger.day_of(practice, work),
        reference=f"{seen.card.brand.title()} ending in {seen.card.last4}" if seen.card else "",
        intent_ref=seen.ref,
        created_at=work.now,
        created_by=attempt.account_id,
    )
    await ledger.allocate(work, payment, shares)
    if attempt.keeps_card and seen.card is not None:
        await keep_card(work, attempt, seen.card)
    await _send_receipt(work, payment)
    await tell_bookkeepers(work, payment)
    await record_change(
        work,
        organization_id=attempt.organization_id,
        actor=PROCESSOR,
        action="payment.received",
        client_id=attempt.client_id,
        object_id=payment.id,
        detail={"cents": seen.cents},
    )
    return True


async def keep_card(work: Work, attempt: PaymentAttempt, seen: SeenCard) -> None:
    """Keep a card for whoever chose to; the first one is the usual one. A card that is kept already stays as it is."""
    account_ref = attempt.customer_ref
    known = select(SavedCard).where(
        SavedCard.organization_id == attempt.organization_id, SavedCard.account_id == attempt.account_id
    )
    cards = (await work.exec(known)).all()
    if any(card.ref == seen.ref for card in cards):
        return
    is_first = not any(card.removed_at is None for card in cards)
    work.add(
        SavedCard(
            organization_id=attempt.organization_id,
            account_id=attempt.account_id,
            account_ref=account_ref,
            ref=seen.ref,
            brand=seen.brand[:40],
            last4=seen.last4[:4],
            exp_month=seen.exp_month,
            exp_year=seen.exp_year,
            is_default=is_first,
            consent=attempt.consent,
            created_at=work.now,
        )
    )
    await work.flush()
    work.tell(f"account:{attempt.account_id}")


async def settle_setup(work: Work, attempt: PaymentAttempt, card: SeenCard | None) -> bool:
    """Keep the card that somebody saved on the processor's page."""
    if attempt.kind is not AttemptKind.CARD_SETUP or card is None:
        return False
    if not await _swap(work, attempt, AttemptStatus.PAID):
        return False
    await keep_card(work, attempt, card)
    return True


async def _send_receipt(work: Work, payment: Payment) -> None:
    account = await work.get(Account, payment.account_id)
    if account is None or account.disabled_at is not None:
        return
    await enqueue_mail(
        work,
        kind="receipt",
        to_address=account.email,
        account_id=account.id,
        organization_id=payment.organization_id,
        context={"amount": str(Money(payment.amount_cents, payment.currency)), "receipt": str(payment.id)},
        dedupe_key=f"receipt:{payment.id}",
    )


async def settle_refund(work: Work, attempt: RefundAttempt, seen: SeenRefund, payment: Payment) -> bool:
    """Write down what the processor says of a refund; True when that decided it."""
    if seen.cents != attempt.amount_cents or seen.payment_ref != payment.intent_ref:
        return await close_refund(work, attempt, AttemptStatus.UNCLEAR, "mismatch")
    if seen.is_over:
        return await close_refund(work, attempt, AttemptStatus.FAILED, "refused")
    if not seen.is_given:
        return False
    if not await close_refund(work, attempt, AttemptStatus.PAID, ref=seen.ref):
        return False
    await write_refund(work, attempt, payment)
    return True


async def close_refund(
    work: Work, attempt: RefundAttempt, status: AttemptStatus, problem: str = "", ref: str = ""
) -> bool:
    """Change a refund's status by compare-and-swap; False when somebody else was first."""
    done = await work.exec(
        update(RefundAttempt)
        .where(col(RefundAttempt.id) == attempt.id, col(RefundAttempt.status).in_(OPEN_ATTEMPTS))
        .values(status=status, problem=problem, refund_ref=ref, resolved_at=work.now, checked_at=work.now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        work.tell(f"money:{attempt.organization_id}")
    return bool(done.rowcount)


async def write_refund(work: Work, attempt: RefundAttempt, payment: Payment) -> None:
    """Take a refund off what the payment paid. Unless that is owed again, the charges are worth so much less."""
    held = await queries.shares_of(work, payment.id)
    lines = await ledger.hold(work, payment.organization_id, [share.charge_id for share in held])
    practice = await ledger.practice_of(work, payment.organization_id)
    refund = Refund(
        organization_id=payment.organization_id,
        client_id=payment.client_id,
        payment_id=payment.id,
        attempt_id=attempt.id,
        amount_cents=attempt.amount_cents,
        currency=payment.currency,
        given_on=ledger.day_of(practice, work),
        created_at=work.now,
        created_by=attempt.account_id,
    )
    work.add(refund)
    await work.flush()
    spare = payment.amount_cents - sum(share.cents for share in held) - await _refunded_before(work, refund)
    back = take_back(max(0, attempt.amount_cents - max(0, spare)), held)
    for share in back:
        work.add(_negative(work, refund, share))
    await work.flush()
    for share in back if not attempt.is_owed_again else ():
        await ledger.write_adjustment(
            work,
            lines[share.charge_id],
            organization_id=payment.organization_id,
            cents=-share.cents,
            reason=AdjustmentReason.REFUNDED,
            by=attempt.account_id,
        )
    if attempt.is_owed_again and back:
        await ledger.mark_open(work, [share.charge_id for share in back])
    work.tell(ledger.topic(payment.client_id))
    work.tell(f"account:{payment.account_id}")


async def _refunded_before(work: Work, refund: Refund) -> int:
    query = select(Refund.amount_cents).where(Refund.payment_id == refund.payment_id, Refund.id != refund.id)
    return sum((await work.exec(query)).all())


def _negative(work: Work, refund: Refund, share: Share) -> Allocation:
    return Allocation(
        organization_id=refund.organization_id,
        payment_id=refund.payment_id,
        charge_id=share.charge_id,
        refund_id=refund.id,
        amount_cents=-share.cents,
        currency=refund.currency,
        created_at=work.now,
    )
