"""Reading the books: who owes what, one client's charges and payments, what nobody could find out, a month's export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, tuple_
from sqlmodel import col, select

from portal.access.actor import PracticeAccess, StaffTask
from portal.billing import queries, queries_refunds, words
from portal.billing.hearing import UNRESOLVED
from portal.billing.queries_refunds import Went
from portal.billing.rules import Line
from portal.clients.queries_search import count_matches, found_by
from portal.clients.search_words import typed_words
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.models import (
    AttemptStatus,
    ChargeState,
    Client,
    ClientFee,
    ClientTherapist,
    Organization,
    Payment,
    PaymentAttempt,
    ProcessorEvent,
    Refund,
    RefundAttempt,
)

PAGE = 50
_MOST_EXPORTED = 20_000


@dataclass(frozen=True, slots=True)
class Debtor:
    """A client of whom something is open."""

    client: Client
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Account:
    """One client's money: what is open, the latest payments with what went back of them, and the agreed fee."""

    client: Client
    lines: list[Line]
    payments: list[Payment]
    refunds: list[Went]
    fee: ClientFee | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """What nobody could find out: attempts and refunds that hang, and events that fit nothing of ours.

    `came_back` are refunds that failed after they were written down, with whose they were.
    """

    attempts: Sequence[PaymentAttempt]
    refunds: Sequence[RefundAttempt]
    events: Sequence[ProcessorEvent]
    came_back: Sequence[tuple[RefundAttempt, Client]]


async def list_debtors(work: Work, access: PracticeAccess, *, after: UUID | None = None) -> list[Debtor]:
    """List clients who owe something, by name, a page at a time: two statements, three after the first page."""
    _require(access)
    is_open = exists().where(
        col(ChargeState.organization_id) == access.organization_id,
        col(ChargeState.client_id) == col(Client.id),
        col(ChargeState.is_open),
    )
    query = select(Client).where(Client.organization_id == access.organization_id, is_open)
    if access.scope.only_assigned:
        query = query.where(_assigned(access))
    if after is not None:
        last = await work.get(Client, after)
        if last is None or last.organization_id != access.organization_id:
            raise NotFound
        query = query.where(tuple_(col(Client.sort_key), col(Client.id)) > tuple_(last.sort_key, last.id))
    clients = (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)).limit(PAGE))).all()
    lines = await queries.lines_of_clients(work, access.organization_id, [client.id for client in clients])
    return [Debtor(client, [line for line in lines if line.client_id == client.id]) for client in clients]


async def find_accounts(work: Work, access: PracticeAccess, *, typed: str) -> list[Debtor]:
    """Find clients by what was typed of them, whether or not they owe anything; nothing typed lists who owes."""
    words_typed = typed_words(typed)
    if not words_typed:
        return await list_debtors(work, access)
    _require(access)
    counts = await count_matches(work, access.organization_id, words_typed)
    query = select(Client).where(
        Client.organization_id == access.organization_id, *found_by(access.organization_id, words_typed, counts)
    )
    if access.scope.only_assigned:
        query = query.where(_assigned(access))
    clients = (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)).limit(PAGE))).all()
    lines = await queries.lines_of_clients(work, access.organization_id, [client.id for client in clients])
    return [Debtor(client, [line for line in lines if line.client_id == client.id]) for client in clients]


async def read_account(work: Work, access: PracticeAccess, *, client_id: UUID) -> Account:
    """Read one client's money. Raises NotFound for a client out of reach.

    Therapists see the balance of their clients: what is open, not who paid when and how, nor what was agreed.
    """
    _require(access)
    query = select(Client).where(Client.organization_id == access.organization_id, Client.id == client_id)
    client = (await work.exec(query.where(_assigned(access)) if access.scope.only_assigned else query)).first()
    if client is None:
        raise NotFound
    lines = await queries.open_lines(work, access.organization_id, client_id)
    if access.scope.only_assigned:
        return Account(client, lines, [], [])
    latest = select(Payment.id).where(Payment.client_id == client_id).order_by(col(Payment.created_at).desc())
    found, went = await queries_refunds.payments_with_refunds(work, col(Payment.id).in_(latest.limit(PAGE)))
    payments = sorted(found, key=lambda one: one.created_at, reverse=True)
    fee = await queries.find_fee(work, access.organization_id, client_id)
    return Account(client, lines, payments, went, fee)


async def list_unclear(work: Work, access: PracticeAccess) -> Unclear:
    """List what nobody could find out, as far as a page goes."""
    _require(access)
    attempts = select(PaymentAttempt).where(
        PaymentAttempt.organization_id == access.organization_id, PaymentAttempt.status == AttemptStatus.UNCLEAR
    )
    refunds = select(RefundAttempt).where(
        RefundAttempt.organization_id == access.organization_id, RefundAttempt.status == AttemptStatus.UNCLEAR
    )
    events = select(ProcessorEvent).where(
        ProcessorEvent.organization_id == access.organization_id, col(ProcessorEvent.outcome).in_(UNRESOLVED)
    )
    recent = events.order_by(col(ProcessorEvent.received_at).desc())
    return Unclear(
        (await work.exec(attempts.limit(PAGE))).all(),
        (await work.exec(refunds.limit(PAGE))).all(),
        (await work.exec(recent.limit(PAGE))).all(),
        await queries_refunds.came_back(work, access.organization_id, PAGE),
    )


async def is_connected(work: Work, access: PracticeAccess) -> bool:
    """Say whether card processing is connected."""
    practice = await work.get_one(Organization, access.organization_id)
    return practice.card_processing_connected_at is not None


@dataclass(frozen=True, slots=True)
class Month:
    """What came in, what went back, and what of that did not arrive as we then heard; each with whose it was."""

    payments: Sequence[tuple[Payment, Client]]
    refunds: Sequence[tuple[Refund, Client]]
    came_back: Sequence[tuple[Refund, Client, datetime]]


async def list_month(work: Work, access: PracticeAccess, *, first: date, end: date) -> Month:
    """Read what came in and went back from `first` until before `end`, with whose it was."""
    _require(access)
    if access.scope.only_assigned:
        raise NotPermitted(words.NOT_FOR_MONEY)
    came = select(Payment, Client).join(Client, col(Client.id) == col(Payment.client_id))
    came = came.where(
        Payment.organization_id == access.organization_id, Payment.received_on >= first, Payment.received_on < end
    )
    went = select(Refund, Client).join(Client, col(Client.id) == col(Refund.client_id))
    went = went.where(Refund.organization_id == access.organization_id, Refund.given_on >= first, Refund.given_on < end)
    payments = (await work.exec(came.order_by(col(Payment.received_on)).limit(_MOST_EXPORTED))).all()
    refunds = (await work.exec(went.order_by(col(Refund.given_on)).limit(_MOST_EXPORTED))).all()
    organization_id, zone = access.organization_id, access.zone
    failed = await queries_refunds.came_back_between(work, organization_id, zone, first, end, _MOST_EXPORTED)
    return Month(payments, refunds, failed)


def _assigned(access: PracticeAccess) -> ColumnElement[bool]:
    return exists().where(
        col(ClientTherapist.client_id) == col(Client.id), col(ClientTherapist.membership_id) == access.membership_id
    )


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.MONEY:
        raise NotPermitted(words.NOT_FOR_MONEY)
