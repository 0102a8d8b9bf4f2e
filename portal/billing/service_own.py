"""What the client's side sees and does beside paying: balance, history, receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlmodel import col, select

from portal.access.actor import AccountAccess, ClientAccess
from portal.billing import queries, queries_attempts, queries_refunds
from portal.billing.queries_refunds import Went
from portal.billing.rules import Line
from portal.database import Work
from portal.errors import NotFound
from portal.kit.crypto import open_sealed
from portal.models import Organization, Payment, PaymentAttempt, Refund

HISTORY = 50
RECEIPTS = 20


async def read_balance(work: Work, access: ClientAccess) -> list[Line]:
    """Read what is open for the client."""
    return await queries.open_lines(work, access.organization_id, access.client_id)


async def read_history(
    work: Work, access: ClientAccess, *, before: UUID | None = None
) -> tuple[list[Payment], list[Went]]:
    """Read a page of payments for the client, newest first, and what went back of them: one statement, or two."""
    latest = select(Payment.id).where(
        Payment.organization_id == access.organization_id, Payment.client_id == access.client_id
    )
    if before is not None:
        last = await queries.find_payment(work, access.organization_id, before)
        if last is None or last.client_id != access.client_id:
            raise NotFound
        place = tuple_(col(Payment.created_at), col(Payment.id))
        latest = latest.where(place < tuple_(last.created_at, last.id))
    latest = latest.order_by(col(Payment.created_at).desc(), col(Payment.id).desc()).limit(HISTORY)
    return await queries_refunds.payments_with_refunds(work, col(Payment.id).in_(latest))


def oldest_of(payments: Sequence[Payment]) -> str:
    """Return the id of the last payment of a full page, after which the next one begins; empty where there is none."""
    last = min(payments, key=lambda one: (one.created_at, one.id), default=None)
    return str(last.id) if last and len(payments) == HISTORY else ""


async def list_open_attempts(work: Work, access: ClientAccess) -> Sequence[PaymentAttempt]:
    """List what this login has begun to pay for this client; nothing where staff view as somebody."""
    if access.viewing is not None:
        return []
    return await queries_attempts.open_attempts_of(work, access.actor.account_id, access.client_id)


def address_of(work: Work, attempt: PaymentAttempt) -> str:
    """Return where the processor's page of an attempt is; empty where there is none."""
    if attempt.address is None:
        return ""
    return open_sealed(work.ring, "payment_attempt", "address", attempt.id, attempt.address)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that stands on a receipt: no client, no service."""

    payment: Payment
    practice: Organization
    payer: str
    refunds: Sequence[Refund]


async def read_receipt(work: Work, access: AccountAccess, *, payment_id: UUID) -> Receipt:
    """Read a receipt of this login; anybody else's is not found. It stays for as long as the login does."""
    query = select(Payment).where(Payment.id == payment_id, Payment.account_id == access.actor.account_id)
    payment = (await work.exec(query)).first()
    if payment is None:
        raise NotFound
    practice = await work.get_one(Organization, payment.organization_id)
    query_back = select(Refund).where(Refund.payment_id == payment.id, queries_refunds.stands())
    refunds = (await work.exec(query_back)).all()
    return Receipt(payment, practice, access.actor.name, refunds)


@dataclass(frozen=True, slots=True)
class OwnReceipt:
    """One line of the list of receipts; `given_back` is in cents."""

    payment: Payment
    practice_name: str
    given_back: int


async def list_receipts(work: Work, access: AccountAccess, *, after: UUID | None = None) -> list[OwnReceipt]:
    """List the payments of this login at whatever practice, newest first, a page at a time."""
    back = select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(
        col(Refund.payment_id) == col(Payment.id), queries_refunds.stands()
    )
    query = (
        select(Payment, Organization.name, back.correlate(Payment).scalar_subquery())
        .join(Organization, col(Organization.id) == col(Payment.organization_id))
        .where(Payment.account_id == access.actor.account_id)
    )
    place = tuple_(col(Payment.created_at), col(Payment.id))
    if after is not None:
        last = (await read_receipt(work, access, payment_id=after)).payment
        query = query.where(place < tuple_(last.created_at, last.id))
    newest = query.order_by(col(Payment.created_at).desc(), col(Payment.id).desc()).limit(RECEIPTS)
    return [OwnReceipt(*row) for row in (await work.exec(newest)).all()]
