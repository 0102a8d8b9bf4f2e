"""What those who keep the books decide about what nobody could find out; the processor was asked, and did not say."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from portal.access.actor import PracticeAccess
from portal.audit.service import record_change
from portal.billing import queries, queries_attempts, settling, settling_refunds, words
from portal.billing.hearing import NOTED, UNRESOLVED
from portal.billing.queries_refunds import CAME_BACK, CAME_BACK_SEEN
from portal.billing.service import require_money
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.models import AttemptStatus, ProcessorEvent, RefundAttempt


async def give_up_payment(work: Work, access: PracticeAccess, *, attempt_id: UUID) -> None:
    """Say that nothing came of an attempt; what it reserved is free again.

    Should the money come all the same, it is taken in when we hear of it. Raises Conflict when it came meanwhile.
    """
    require_money(access)
    attempt = await queries_attempts.find_attempt(work, access.organization_id, attempt_id)
    if attempt is None:
        raise NotFound
    if attempt.status is not AttemptStatus.UNCLEAR:
        raise Conflict(words.NOT_WAITING)
    if not await settling.close(work, attempt, AttemptStatus.FAILED, "by_hand"):
        raise Conflict(words.NOT_WAITING)
    await _record(work, access, "payment.given_up", attempt.id, client_id=attempt.client_id)


async def give_up_refund(work: Work, access: PracticeAccess, *, attempt_id: UUID) -> None:
    """Say that nothing went back: the payment can be given back again. Raises Conflict when it went meanwhile."""
    require_money(access)
    attempt = await queries_attempts.find_refund_attempt(work, access.organization_id, attempt_id)
    if attempt is None:
        raise NotFound
    if attempt.status is not AttemptStatus.UNCLEAR:
        raise Conflict(words.NOT_WAITING)
    if not await settling_refunds.close_refund(work, attempt, AttemptStatus.FAILED, "by_hand"):
        raise Conflict(words.NOT_WAITING)
    payment = await queries.find_payment(work, access.organization_id, attempt.payment_id)
    await _record(work, access, "refund.given_up", attempt.id, client_id=payment.client_id if payment else None)


async def note_came_back(work: Work, access: PracticeAccess, *, attempt_id: UUID) -> None:
    """Say that somebody has seen to a refund that failed after it was written down. Raises NotFound for any other."""
    require_money(access)
    done = await work.exec(
        update(RefundAttempt)
        .where(
            col(RefundAttempt.organization_id) == access.organization_id,
            col(RefundAttempt.id) == attempt_id,
            col(RefundAttempt.problem) == CAME_BACK,
        )
        .values(problem=CAME_BACK_SEEN)
        .returning(col(RefundAttempt.payment_id))
        .execution_options(synchronize_session=False)
    )
    payment_id = done.scalar_one_or_none()
    if payment_id is None:
        raise NotFound
    payment = await queries.find_payment(work, access.organization_id, payment_id)
    await _record(work, access, "refund.seen_to", attempt_id, client_id=payment.client_id if payment else None)


async def note_event(work: Work, access: PracticeAccess, *, event_id: UUID) -> None:
    """Say that somebody has seen to an event that fits nothing of ours."""
    require_money(access)
    done = await work.exec(
        update(ProcessorEvent)
        .where(
            col(ProcessorEvent.organization_id) == access.organization_id,
            col(ProcessorEvent.id) == event_id,
            col(ProcessorEvent.outcome).in_(UNRESOLVED),
        )
        .values(outcome=NOTED)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:
        raise NotFound
    await _record(work, access, "processor_event.noted", event_id)


async def _record(
    work: Work, access: PracticeAccess, action: str, object_id: UUID, client_id: UUID | None = None
) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client_id,
        object_id=object_id,
    )
    work.tell(f"money:{access.organization_id}")
