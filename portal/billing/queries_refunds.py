"""Every SELECT that knows that a refund can fail after it was written down, and counts no more from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col, select

from portal.billing.rules import Share
from portal.database import Work
from portal.kit.clock import midnight_in
from portal.models import Allocation, AttemptStatus, Client, Payment, Refund, RefundAttempt

UNBOOKED = (AttemptStatus.PREPARED, AttemptStatus.UNCLEAR)
"""Refunds of which nothing stands in the books yet."""
BOOKED = (AttemptStatus.WAITING, AttemptStatus.PAID)
CAME_BACK, CAME_BACK_SEEN = "came_back", "came_back_seen"
"""Why a refund failed that stood in the books: told to staff, until one of them has seen to it."""


@dataclass(frozen=True, slots=True)
class Went:
    """Money that went back; `failed_at` is when we heard that it had not arrived."""

    refund: Refund
    failed_at: datetime | None


def _failed() -> ColumnElement[bool]:
    return and_(col(RefundAttempt.id) == col(Refund.attempt_id), col(RefundAttempt.status) == AttemptStatus.FAILED)


def stands() -> ColumnElement[bool]:
    """Whether a refund counts: one that failed after it was written down was taken back."""
    return ~exists().where(_failed()).correlate(Refund)


async def payments_with_refunds(work: Work, condition: ColumnElement[bool]) -> tuple[list[Payment], list[Went]]:
    """Return some payments with all that went back of them, and what came of that: one statement."""
    query = (
        select(Payment, Refund, RefundAttempt.resolved_at)
        .join(Refund, col(Refund.payment_id) == col(Payment.id), isouter=True)
        .join(RefundAttempt, _failed(), isouter=True)
    )
    rows = (await work.exec(query.where(condition))).all()
    went = [Went(refund, failed_at) for _, refund, failed_at in rows if refund]
    return list({payment.id: payment for payment, _, _ in rows}.values()), went


async def taken_by(work: Work, attempt_id: UUID) -> list[Share]:
    """Return what a refund in the books took off which charge."""
    query = (
        select(Allocation.charge_id, Allocation.amount_cents)
        .join(Refund, col(Refund.id) == col(Allocation.refund_id))
        .where(Refund.attempt_id == attempt_id)
        .order_by(col(Allocation.id))
    )
    return [Share(charge_id, -cents) for charge_id, cents in (await work.exec(query)).all()]


async def came_back(work: Work, organization_id: UUID, most: int) -> Sequence[tuple[RefundAttempt, Client]]:
    """List refunds that failed after they were written down and that nobody has seen to yet, with whose they were."""
    query = (
        select(RefundAttempt, Client)
        .join(Payment, col(Payment.id) == col(RefundAttempt.payment_id))
        .join(Client, col(Client.id) == col(Payment.client_id))
        .where(
            RefundAttempt.organization_id == organization_id,
            RefundAttempt.status == AttemptStatus.FAILED,
            RefundAttempt.problem == CAME_BACK,
        )
    )
    return (await work.exec(query.order_by(col(RefundAttempt.resolved_at)).limit(most))).all()


async def came_back_between(
    work: Work, organization_id: UUID, zone: str, first: date, end: date, most: int
) -> Sequence[tuple[Refund, Client, datetime]]:
    """List refunds of which we heard from `first` until before `end` that they had not arrived."""
    query = (
        select(Refund, Client, RefundAttempt.resolved_at)
        .join(RefundAttempt, _failed())
        .join(Client, col(Client.id) == col(Refund.client_id))
        .where(
            Refund.organization_id == organization_id,
            col(RefundAttempt.resolved_at) >= midnight_in(zone, first),
            col(RefundAttempt.resolved_at) < midnight_in(zone, end),
        )
    )
    return [(refund, client, at) for refund, client, at in (await work.exec(query.limit(most))).all() if at]
