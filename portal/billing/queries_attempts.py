"""Every SELECT on attempts, cards and what the processor told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select

from portal.database import Work
from portal.models import (
    OPEN_ATTEMPTS,
    AttemptItem,
    AttemptStatus,
    CardCustomer,
    PaymentAttempt,
    ProcessorEvent,
    RefundAttempt,
    SavedCard,
)

SWEPT = (AttemptStatus.PREPARED, AttemptStatus.WAITING)
ON_ITS_WAY = timedelta(hours=1)
"""How long a refund that is on its way is left alone before the processor is asked again: a bank may take days."""


async def find_attempt(work: Work, organization_id: UUID, attempt_id: UUID) -> PaymentAttempt | None:
    """Return an attempt of a practice."""
    query = select(PaymentAttempt).where(
        PaymentAttempt.organization_id == organization_id, PaymentAttempt.id == attempt_id
    )
    return (await work.exec(query)).first()


async def attempt_by_operation(work: Work, account_id: UUID, operation_id: UUID) -> PaymentAttempt | None:
    """Return what somebody's click has made already."""
    query = select(PaymentAttempt).where(
        PaymentAttempt.account_id == account_id, PaymentAttempt.operation_id == operation_id
    )
    return (await work.exec(query)).first()


async def charges_of(work: Work, attempt_id: UUID) -> set[UUID]:
    """Return what an attempt is to pay."""
    query = select(AttemptItem.charge_id).where(AttemptItem.attempt_id == attempt_id)
    return set((await work.exec(query)).all())


async def open_attempts_of(work: Work, account_id: UUID, client_id: UUID) -> Sequence[PaymentAttempt]:
    """List what somebody has begun to pay for a client, newest first."""
    query = select(PaymentAttempt).where(
        PaymentAttempt.client_id == client_id,
        PaymentAttempt.account_id == account_id,
        col(PaymentAttempt.status).in_(OPEN_ATTEMPTS),
    )
    return (await work.exec(query.order_by(col(PaymentAttempt.id).desc()))).all()


async def find_refund_attempt(work: Work, organization_id: UUID, attempt_id: UUID) -> RefundAttempt | None:
    """Return a refund of a practice that somebody set out to give."""
    query = select(RefundAttempt).where(
        RefundAttempt.organization_id == organization_id, RefundAttempt.id == attempt_id
    )
    return (await work.exec(query)).first()


async def due_attempts(work: Work, before: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
    """List (practice, attempt) of attempts that nobody looked at since a moment."""
    query = (
        select(PaymentAttempt.organization_id, PaymentAttempt.id)
        .where(col(PaymentAttempt.status).in_(SWEPT), PaymentAttempt.checked_at < before)
        .order_by(col(PaymentAttempt.checked_at))
        .limit(most)
    )
    return (await work.exec(query)).all()


async def due_refunds(work: Work, before: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
    """List (practice, attempt) of refunds that nobody looked at since a moment; less often of those on their way."""
    hangs = and_(col(RefundAttempt.status) == AttemptStatus.PREPARED, col(RefundAttempt.checked_at) < before)
    sent = and_(col(RefundAttempt.status) == AttemptStatus.WAITING, col(RefundAttempt.checked_at) < before - ON_ITS_WAY)
    query = (
        select(RefundAttempt.organization_id, RefundAttempt.id)
        .where(or_(hangs, sent))
        .order_by(col(RefundAttempt.checked_at))
        .limit(most)
    )
    return (await work.exec(query)).all()


async def due_events(work: Work, before: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
    """List (practice, event) of events that came before a moment and were not dealt with."""
    query = (
        select(ProcessorEvent.organization_id, ProcessorEvent.id)
        .where(col(ProcessorEvent.handled_at).is_(None), ProcessorEvent.received_at < before)
        .order_by(col(ProcessorEvent.received_at))
        .limit(most)
    )
    return (await work.exec(query)).all()


async def find_event(work: Work, organization_id: UUID, event_id: UUID) -> ProcessorEvent | None:
    """Return an event of a practice."""
    query = select(ProcessorEvent).where(
        ProcessorEvent.organization_id == organization_id, ProcessorEvent.id == event_id
    )
    return (await work.exec(query)).first()


async def find_customer(work: Work, organization_id: UUID, account_id: UUID, account_ref: str) -> str:
    """Return what the processor calls a login; empty where it does not know it."""
    query = select(CardCustomer.ref).where(
        CardCustomer.organization_id == organization_id,
        CardCustomer.account_id == account_id,
        CardCustomer.account_ref == account_ref,
    )
    return (await work.exec(query)).first() or ""


async def cards_of(work: Work, organization_id: UUID, account_id: UUID) -> Sequence[SavedCard]:
    """List the cards that somebody keeps at a practice, the usual one first."""
    query = select(SavedCard).where(
        SavedCard.organization_id == organization_id,
        SavedCard.account_id == account_id,
        col(SavedCard.removed_at).is_(None),
    )
    return (await work.exec(query.order_by(col(SavedCard.is_default).desc(), col(SavedCard.id)))).all()


async def find_card(work: Work, organization_id: UUID, account_id: UUID, card_id: UUID) -> SavedCard | None:
    """Return a card that this login keeps at this practice; anybody else's is not found."""
    query = select(SavedCard).where(
        SavedCard.organization_id == organization_id,
        SavedCard.account_id == account_id,
        SavedCard.id == card_id,
        col(SavedCard.removed_at).is_(None),
    )
    return (await work.exec(query)).first()
