"""What came of an attempt is written down once: result, ledger, receipt and mail in one unit.

Whoever hears first settles: the page that called, a webhook, or the sweeper. All others find it settled.
"""

from collections.abc import Iterable

from sqlalchemy import update
from sqlmodel import col, select

from portal.access.actor import System
from portal.audit.service import Change, record_changes
from portal.billing import ledger, queries
from portal.billing.rules import Share, fit
from portal.billing.telling import tell_bookkeepers
from portal.database import Work
from portal.integrations.cards import SeenCard, SeenPayment
from portal.kit.money import Money
from portal.models import (
    OPEN_ATTEMPTS,
    Account,
    AttemptKind,
    AttemptStatus,
    Method,
    Payment,
    PaymentAttempt,
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
    changes = [Change("payment.received", attempt.client_id, payment.id, {"cents": seen.cents})]
    if attempt.keeps_card and seen.card is not None and (kept := await keep_card(work, attempt, seen.card)):
        changes.append(kept)
    await _send_receipt(work, payment)
    await tell_bookkeepers(work, payment)
    await _record(work, attempt, changes)
    return True


async def keep_card(work: Work, attempt: PaymentAttempt, seen: SeenCard) -> Change | None:
    """Keep a card for whoever chose to, and return what to write down of it; the first one is the usual one.

    A card that is kept already stays as it is: None.
    """
    account_ref = attempt.customer_ref
    known = select(SavedCard).where(
        SavedCard.organization_id == attempt.organization_id, SavedCard.account_id == attempt.account_id
    )
    cards = (await work.exec(known)).all()
    if any(card.ref == seen.ref for card in cards):
        return None
    is_first = not any(card.removed_at is None for card in cards)
    kept = SavedCard(
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
    work.add(kept)
    await work.flush()
    work.tell(f"account:{attempt.account_id}")
    return Change("card.kept", attempt.client_id, kept.id, {"account": str(attempt.account_id)})


async def settle_setup(work: Work, attempt: PaymentAttempt, card: SeenCard | None) -> bool:
    """Keep the card that somebody saved on the processor's page."""
    if attempt.kind is not AttemptKind.CARD_SETUP or card is None:
        return False
    if not await _swap(work, attempt, AttemptStatus.PAID):
        return False
    if kept := await keep_card(work, attempt, card):
        await _record(work, attempt, [kept])
    return True


async def _record(work: Work, attempt: PaymentAttempt, changes: list[Change]) -> None:
    await record_changes(work, organization_id=attempt.organization_id, actor=PROCESSOR, changes=changes)


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
