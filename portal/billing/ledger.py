"""Writing the ledger: every change first claims the charges it is about, and says afterwards which are still open."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update
from sqlmodel import col

from portal.billing import queries, words
from portal.billing.rules import Line, Share
from portal.database import Work
from portal.errors import Conflict
from portal.kit.clock import today_in
from portal.models import Adjustment, AdjustmentReason, Allocation, Charge, ChargeState, Organization, Payment


def topic(client_id: UUID) -> str:
    """What pages watch that show a client's money."""
    return f"client:{client_id}"


async def claim(work: Work, lines: Iterable[Line]) -> None:
    """Take charges as they were read, all of them or none: raises Conflict when one has changed since.

    The row stays locked until the unit ends, so that whoever read the same finds another revision.
    """
    wanted = list(lines)
    matches = or_(
        *(
            and_(col(ChargeState.charge_id) == one.charge_id, col(ChargeState.revision) == one.revision)
            for one in wanted
        )
    )
    taken = await work.exec(
        update(ChargeState)
        .where(matches)
        .values(revision=ChargeState.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != len(wanted):
        raise Conflict(words.HAS_CHANGED)


async def hold(work: Work, organization_id: UUID, charge_ids: Collection[UUID]) -> dict[UUID, Line]:
    """Wait for charges, then read them: for what has happened already and has to be written down either way."""
    await work.exec(
        update(ChargeState)
        .where(col(ChargeState.organization_id) == organization_id, col(ChargeState.charge_id).in_(list(charge_ids)))
        .values(revision=ChargeState.revision + 1)
        .execution_options(synchronize_session=False)
    )
    return await queries.lines_of(work, organization_id, charge_ids)


async def mark_open(work: Work, charge_ids: Collection[UUID]) -> None:
    """Note which charges have something open, as their lines now add up."""
    await work.flush()
    left = select(col(Charge.amount_cents) + queries.adjusted() - queries.allocated()).where(
        col(Charge.id) == col(ChargeState.charge_id)
    )
    await work.exec(
        update(ChargeState)
        .where(col(ChargeState.charge_id).in_(list(charge_ids)))
        .values(is_open=left.scalar_subquery() > 0)
        .execution_options(synchronize_session=False)
    )


async def write_charge(work: Work, charge: Charge) -> None:
    """Add a charge, and that all of it is open."""
    work.add(charge)
    await work.flush()
    state: dict[str, Any] = ChargeState(
        organization_id=charge.organization_id, charge_id=charge.id, client_id=charge.client_id
    ).model_dump()
    await work.exec(insert(ChargeState).values(state))
    work.tell(topic(charge.client_id))


async def allocate(work: Work, payment: Payment, shares: Iterable[Share]) -> None:
    """Let a payment pay its shares of charges that were claimed or held before."""
    work.add(payment)
    await work.flush()
    await pay(work, payment, shares)


async def pay(work: Work, payment: Payment, shares: Iterable[Share]) -> None:
    """Let a payment that is written down pay shares of charges that were claimed or held before."""
    written = list(shares)
    for share in written:
        work.add(
            Allocation(
                organization_id=payment.organization_id,
                payment_id=payment.id,
                charge_id=share.charge_id,
                amount_cents=share.cents,
                currency=payment.currency,
                created_at=work.now,
            )
        )
    if written:
        await mark_open(work, [share.charge_id for share in written])
    work.tell(topic(payment.client_id))


async def write_adjustment(
    work: Work, line: Line, *, organization_id: UUID, cents: int, reason: AdjustmentReason, by: UUID | None
) -> Adjustment:
    """Make a charge that was claimed or held worth more or less."""
    made = Adjustment(
        organization_id=organization_id,
        client_id=line.client_id,
        charge_id=line.charge_id,
        amount_cents=cents,
        currency=line.currency,
        reason=reason,
        created_at=work.now,
        created_by=by,
    )
    work.add(made)
    await mark_open(work, [line.charge_id])
    work.tell(topic(line.client_id))
    return made


async def practice_of(work: Work, organization_id: UUID) -> Organization:
    """Return a practice: its currency and zone."""
    found: Organization = await work.get_one(Organization, organization_id)
    return found


def day_of(practice: Organization, work: Work) -> date:
    """Return what day it is at the practice."""
    return today_in(practice.zone, work.now)
