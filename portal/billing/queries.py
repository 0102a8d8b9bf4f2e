"""Every SELECT on the ledger. What is open of a charge is added up from its lines, in the database."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func
from sqlmodel import col, select

from portal.billing.queries_refunds import UNBOOKED, stands
from portal.billing.rules import Line, Share
from portal.database import Work
from portal.models import (
    OPEN_ATTEMPTS,
    Adjustment,
    AdjustmentReason,
    Allocation,
    AttemptItem,
    Charge,
    ChargeState,
    ClientFee,
    Payment,
    PaymentAttempt,
    Refund,
    RefundAttempt,
)


def _sum(column: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    total = select(func.coalesce(func.sum(column), 0)).where(*conditions)
    return total.correlate(Charge, Payment).scalar_subquery()


def adjusted() -> ScalarSelect[int]:
    """The sum of a charge's adjustments."""
    return _sum(Adjustment.amount_cents, col(Adjustment.charge_id) == col(Charge.id))


def insured() -> ScalarSelect[int]:
    """The sum of a charge's adjustments because insurance paid; below zero."""
    by_insurance = col(Adjustment.reason) == AdjustmentReason.INSURANCE
    return _sum(Adjustment.amount_cents, col(Adjustment.charge_id) == col(Charge.id), by_insurance)


def allocated() -> ScalarSelect[int]:
    """The sum of what was paid for a charge, refunds taken off."""
    return _sum(Allocation.amount_cents, col(Allocation.charge_id) == col(Charge.id))


def reserved() -> ScalarSelect[int]:
    """The sum of what open attempts are about to pay for a charge."""
    waiting = select(PaymentAttempt.id).where(col(PaymentAttempt.status).in_(OPEN_ATTEMPTS))
    return _sum(
        AttemptItem.amount_cents,
        col(AttemptItem.charge_id) == col(Charge.id),
        col(AttemptItem.attempt_id).in_(waiting),
    )


def all_lines() -> Any:
    """Select charges with what became of them; the columns are those of a Line."""
    query = select(
        Charge.id,
        Charge.client_id,
        Charge.on_day,
        Charge.amount_cents,
        Charge.currency,
        ChargeState.revision,
        adjusted(),
        allocated(),
        reserved(),
        Charge.label,  # type: ignore[call-overload]  # SQLModel's select is typed for few columns
    )
    return query.join(ChargeState, col(ChargeState.charge_id) == col(Charge.id))


async def open_lines(work: Work, organization_id: UUID, client_id: UUID) -> list[Line]:
    """List the charges of a client of which something is open, oldest first: one statement, by an index."""
    query = all_lines().where(
        ChargeState.organization_id == organization_id,
        ChargeState.client_id == client_id,
        col(ChargeState.is_open),
    )
    rows = await work.exec(query.order_by(col(Charge.on_day), col(Charge.id)))
    return [Line(*row) for row in rows.all()]


async def open_lines_of(work: Work, clients: Mapping[UUID, UUID]) -> list[Line]:
    """List what is open of clients of several practices (client's id to practice's), oldest first: one statement."""
    named = {"practices": list(set(clients.values())), "clients": list(clients)}
    return [Line(*row) for row in (await work.exec(_open_of_several(), params=named)).all()]


@cache
def _open_of_several() -> Any:
    """Build the statement once: every home page asks it, and building it takes longer than answering it."""
    query = all_lines().where(
        col(ChargeState.organization_id).in_(bindparam("practices", expanding=True)),
        col(ChargeState.client_id).in_(bindparam("clients", expanding=True)),
        col(ChargeState.is_open),
    )
    return query.order_by(col(Charge.on_day), col(Charge.id))


async def lines_of(work: Work, organization_id: UUID, charge_ids: Collection[UUID]) -> dict[UUID, Line]:
    """Return some charges of a practice with what became of them."""
    query = all_lines().where(Charge.organization_id == organization_id, col(Charge.id).in_(list(charge_ids)))
    return {row[0]: Line(*row) for row in (await work.exec(query)).all()}


async def lines_of_clients(work: Work, organization_id: UUID, client_ids: Collection[UUID]) -> list[Line]:
    """List what is open of several clients: one statement, whatever their number."""
    query = all_lines().where(
        ChargeState.organization_id == organization_id,
        col(ChargeState.client_id).in_(list(client_ids)),
        col(ChargeState.is_open),
    )
    return [Line(*row) for row in (await work.exec(query)).all()]


async def find_fee(work: Work, organization_id: UUID, client_id: UUID) -> ClientFee | None:
    """Return what was agreed with a client."""
    query = select(ClientFee).where(ClientFee.organization_id == organization_id, ClientFee.client_id == client_id)
    return (await work.exec(query)).first()


async def find_payment(work: Work, organization_id: UUID, payment_id: UUID) -> Payment | None:
    """Return a payment of a practice."""
    query = select(Payment).where(Payment.organization_id == organization_id, Payment.id == payment_id)
    return (await work.exec(query)).first()


async def lock_payment(work: Work, payment_id: UUID) -> None:
    """Keep others from giving back of a payment, or taking that in again, until this unit ends."""
    await work.exec(select(Payment.id).where(Payment.id == payment_id).with_for_update(key_share=True))


async def shares_of(work: Work, payment_id: UUID) -> list[Share]:
    """Return which charges a payment pays now, refunds taken off, in the order in which it paid them."""
    query = (
        select(Allocation.charge_id, func.sum(Allocation.amount_cents), func.min(Allocation.created_at))
        .where(Allocation.payment_id == payment_id)
        .group_by(col(Allocation.charge_id))
        .order_by(func.min(Allocation.created_at), col(Allocation.charge_id))
    )
    return [Share(charge_id, int(cents)) for charge_id, cents, _at in (await work.exec(query)).all() if cents]


async def given_back(work: Work, payment_id: UUID) -> int:
    """Return what went back of a payment, or is going back at this moment."""
    done = select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(Refund.payment_id == payment_id, stands())
    going = select(func.coalesce(func.sum(RefundAttempt.amount_cents), 0)).where(
        RefundAttempt.payment_id == payment_id, col(RefundAttempt.status).in_(UNBOOKED)
    )
    row = (await work.exec(select(done.scalar_subquery() + going.scalar_subquery()))).one()
    return int(row)


async def items_of(work: Work, attempt_id: UUID) -> Sequence[AttemptItem]:
    """Return what an attempt is for."""
    query = select(AttemptItem).where(AttemptItem.attempt_id == attempt_id).order_by(col(AttemptItem.id))
    return (await work.exec(query)).all()
