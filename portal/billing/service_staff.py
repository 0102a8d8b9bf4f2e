"""What those who keep the books do: take in cash and checks, give refunds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import select

from portal.access.actor import PracticeAccess
from portal.audit.service import Change, record_change, record_changes
from portal.billing import ledger, queries, settling_refunds, words
from portal.billing.rules import MOST_CENTS, spread
from portal.billing.service import find_client, require_money
from portal.database import Work
from portal.errors import Invalid, NotFound, SentBefore
from portal.kit.ids import new_id
from portal.models import AttemptStatus, Method, Payment, RefundAttempt


@dataclass(frozen=True, slots=True)
class Received:
    """Cash or a check that was handed in."""

    client_id: UUID
    method: Method
    cents: int
    on_day: date
    reference: str
    operation_id: UUID


async def record_payment(work: Work, access: PracticeAccess, *, received: Received) -> UUID:
    """Take in cash or a check: it pays what is open, oldest first. The same click takes it in once.

    Raises Invalid for more than is open, because nobody's money may lie about unexplained; SentBefore.
    """
    require_money(access)
    if received.method is Method.CARD or not 0 < received.cents <= MOST_CENTS:
        raise Invalid(words.NO_AMOUNT)
    if received.on_day > access.today:
        raise Invalid(words.NOT_YET)
    await find_client(work, access, received.client_id)
    before = select(Payment).where(
        Payment.client_id == received.client_id, Payment.operation_id == received.operation_id
    )
    if known := (await work.exec(before)).first():
        was = known.method, known.amount_cents, known.received_on, known.reference
        if was != (received.method, received.cents, received.on_day, _reference(received)):
            raise SentBefore
        return known.id
    lines = await queries.open_lines(work, access.organization_id, received.client_id)
    shares = spread(received.cents, lines)
    if sum(share.cents for share in shares) != received.cents:
        raise Invalid(words.MORE_THAN_OPEN)
    paid = {share.charge_id for share in shares}
    await ledger.claim(work, [line for line in lines if line.charge_id in paid])
    payment = Payment(
        organization_id=access.organization_id,
        client_id=received.client_id,
        operation_id=received.operation_id,
        method=received.method,
        amount_cents=received.cents,
        currency=lines[0].currency,
        received_on=received.on_day,
        reference=_reference(received),
        created_at=work.now,
        created_by=access.actor.account_id,
    )
    await ledger.allocate(work, payment, shares)
    await _record(work, access, "payment.recorded", payment.client_id, payment.id, received.cents)
    return payment.id


def _reference(received: Received) -> str:
    return received.reference.strip()[:60]


async def begin_refund(
    work: Work, access: PracticeAccess, *, payment_id: UUID, cents: int, is_owed_again: bool, operation_id: UUID
) -> tuple[UUID, bool]:
    """Decide to give money back; returns the attempt, and whether the processor has to be asked.

    Cash and checks go back by hand, and are written down at once. The same click decides once. Raises SentBefore.
    """
    require_money(access)
    account_id = access.actor.account_id
    before = select(RefundAttempt).where(
        RefundAttempt.account_id == account_id, RefundAttempt.operation_id == operation_id
    )
    if known := (await work.exec(before)).first():
        if (known.payment_id, known.amount_cents, known.is_owed_again) != (payment_id, cents, is_owed_again):
            raise SentBefore
        return known.id, known.status is AttemptStatus.PREPARED
    payment = await queries.find_payment(work, access.organization_id, payment_id)
    if payment is None:
        raise NotFound
    await queries.lock_payment(work, payment.id)
    held = await queries.shares_of(work, payment.id)
    await ledger.hold(work, access.organization_id, [share.charge_id for share in held])
    if cents <= 0 or cents > payment.amount_cents - await queries.given_back(work, payment.id):
        raise Invalid(words.ALREADY_GIVEN)
    attempt = RefundAttempt(
        id=new_id(),
        organization_id=access.organization_id,
        payment_id=payment.id,
        account_id=account_id,
        operation_id=operation_id,
        amount_cents=cents,
        currency=payment.currency,
        is_owed_again=is_owed_again,
        started_at=work.now,
        checked_at=work.now,
    )
    work.add(attempt)
    await work.flush()
    await _write_down(work, access, attempt, payment)
    return attempt.id, payment.method is Method.CARD


async def _write_down(work: Work, access: PracticeAccess, attempt: RefundAttempt, payment: Payment) -> None:
    """Note that money is to go back; cash and checks went with that."""
    cents = {"cents": attempt.amount_cents}
    changes = [Change("refund.decided", payment.client_id, payment.id, cents)]
    by_hand = payment.method is not Method.CARD
    if by_hand and await settling_refunds.close_refund(work, attempt, AttemptStatus.PAID):
        await settling_refunds.write_refund(work, attempt, payment)
        changes.append(Change("refund.given", payment.client_id, attempt.id, cents))
    await record_changes(work, organization_id=access.organization_id, actor=access.actor, changes=changes)
    work.tell(f"money:{access.organization_id}")


async def _record(
    work: Work, access: PracticeAccess, action: str, client_id: UUID, object_id: UUID, cents: int
) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client_id,
        object_id=object_id,
        detail={"cents": cents},
    )
    work.tell(f"money:{access.organization_id}")
