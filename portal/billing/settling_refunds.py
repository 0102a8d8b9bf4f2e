"""What came of a refund is written down once, and taken back once should it fail afterwards: banks say so days later.

A refund that is on its way (WAITING) stands in the books as one that arrived (PAID) does. Lines stay as they are: what
failed is taken back by lines of its own, and an attempt that FAILED with a line says that the line counts no more.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from portal.audit.service import record_change
from portal.billing import ledger, queries, queries_refunds
from portal.billing.queries_refunds import BOOKED, CAME_BACK, UNBOOKED
from portal.billing.rules import Line, Share, fit, take_back
from portal.billing.settling import PROCESSOR
from portal.database import Work
from portal.integrations.cards import SeenRefund
from portal.models import AdjustmentReason, Allocation, AttemptStatus, Payment, Refund, RefundAttempt


async def settle_refund(work: Work, attempt: RefundAttempt, seen: SeenRefund, payment: Payment) -> bool:
    """Write down what the processor says of a refund; True when that decided it, or decided otherwise."""
    if seen.cents != attempt.amount_cents or seen.payment_ref != payment.intent_ref:
        return await close_refund(work, attempt, AttemptStatus.UNCLEAR, "mismatch")
    if seen.is_over:
        return await fail_refund(work, attempt, payment, "refused") or await take_in_again(work, attempt, payment, seen)
    if not seen.is_given:
        return False
    status = AttemptStatus.WAITING if seen.is_pending else AttemptStatus.PAID
    if await close_refund(work, attempt, status, ref=seen.ref):
        await write_refund(work, attempt, payment)
        await _record(work, attempt, payment, "refund.given")
        return True
    if seen.is_pending:
        return False
    return await close_refund(work, attempt, status, ref=seen.ref, before=(AttemptStatus.WAITING,))


async def fail_refund(work: Work, attempt: RefundAttempt, payment: Payment, problem: str) -> bool:
    """Note that nothing went back; False when somebody else was first, or it stands in the books."""
    if not await close_refund(work, attempt, AttemptStatus.FAILED, problem):
        return False
    await _record(work, attempt, payment, "refund.failed")
    return True


async def take_in_again(work: Work, attempt: RefundAttempt, payment: Payment, seen: SeenRefund) -> bool:
    """Take a refund back that stands in the books and did not arrive: its money pays again what it had paid.

    What somebody paid otherwise meanwhile is not paid twice: that much of the payment is then for nothing, and can be
    given back. False for another refund than the one in the books, and when somebody else was first.
    """
    ref, failed = seen.ref, AttemptStatus.FAILED
    if not await close_refund(work, attempt, failed, CAME_BACK, ref, before=BOOKED):
        return False
    await queries.lock_payment(work, payment.id)
    taken = await queries_refunds.taken_by(work, attempt.id)
    lines = await ledger.hold(work, attempt.organization_id, [share.charge_id for share in taken])
    if not attempt.is_owed_again:
        await _adjust(work, attempt, taken, lines)
        lines = await queries.lines_of(work, attempt.organization_id, list(lines))
    await ledger.pay(work, payment, fit(taken, lines))
    work.tell(f"account:{payment.account_id}")
    await _record(work, attempt, payment, "refund.came_back")
    return True


async def close_refund(
    work: Work,
    attempt: RefundAttempt,
    status: AttemptStatus,
    problem: str = "",
    ref: str = "",
    *,
    before: Iterable[AttemptStatus] = UNBOOKED,
) -> bool:
    """Change a refund's status by compare-and-swap; False when somebody else was first.

    One that stands in the books changes for the refund alone that is meant there.
    """
    statuses = tuple(before)
    is_same = () if statuses == UNBOOKED else (col(RefundAttempt.refund_ref) == ref,)
    resolved_at = None if status is AttemptStatus.WAITING else work.now
    done = await work.exec(
        update(RefundAttempt)
        .where(col(RefundAttempt.id) == attempt.id, col(RefundAttempt.status).in_(statuses), *is_same)
        .values(status=status, problem=problem, refund_ref=ref, resolved_at=resolved_at, checked_at=work.now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        work.tell(f"money:{attempt.organization_id}")
    return bool(done.rowcount)


async def write_refund(work: Work, attempt: RefundAttempt, payment: Payment) -> None:
    """Take a refund off what the payment paid. Unless that is owed again, the charges are worth so much less."""
    await queries.lock_payment(work, payment.id)
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
    if attempt.is_owed_again and back:
        await ledger.mark_open(work, [share.charge_id for share in back])
    elif back:
        await _adjust(work, attempt, [Share(share.charge_id, -share.cents) for share in back], lines)
    work.tell(ledger.topic(payment.client_id))
    work.tell(f"account:{payment.account_id}")


async def _adjust(work: Work, attempt: RefundAttempt, shares: Iterable[Share], lines: Mapping[UUID, Line]) -> None:
    """Make charges that are held worth so much more, or less, because of a refund."""
    for share in shares:
        await ledger.write_adjustment(
            work,
            lines[share.charge_id],
            organization_id=attempt.organization_id,
            cents=share.cents,
            reason=AdjustmentReason.REFUNDED,
            by=attempt.account_id,
        )


async def _refunded_before(work: Work, refund: Refund) -> int:
    query = select(Refund.amount_cents).where(
        Refund.payment_id == refund.payment_id, Refund.id != refund.id, queries_refunds.stands()
    )
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


async def _record(work: Work, attempt: RefundAttempt, payment: Payment, action: str) -> None:
    await record_change(
        work,
        organization_id=attempt.organization_id,
        actor=PROCESSOR,
        action=action,
        client_id=payment.client_id,
        object_id=attempt.id,
        detail={"cents": attempt.amount_cents},
    )
