"""Setting out to pay: what is wanted is written down and reserved, and committed before anybody outside is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.audit.service import record_change
from portal.billing import ledger, queries, queries_attempts, words
from portal.billing.connecting import find_keys
from portal.billing.rules import Line, Share, choose
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted, SentBefore
from portal.kit.ids import new_id
from portal.models import AttemptItem, AttemptKind, AttemptStatus, PaymentAttempt, Permission, SavedCard

CHECKOUT_LASTS = timedelta(minutes=31)
"""Stripe keeps a page open for half an hour at least."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to pay: these charges, or a `part` (cents) of one; with a saved card, or a new one.

    `seen` is the sum of the chosen charges as the page showed it. `operation_id` is the click's: made once.
    """

    operation_id: UUID
    charge_ids: tuple[UUID, ...]
    seen: int
    part: int | None = None
    card_id: UUID | None = None
    keeps_card: bool = False


async def begin_payment(work: Work, access: ClientAccess, *, wish: Wish) -> UUID:
    """Write down what somebody wants to pay and reserve it; returns the attempt, which is the same for the same click.

    Raises NotFound for a charge or a card that is not theirs; Conflict when what is owed is no longer what they saw,
    SentBefore when the same click was to pay something else.
    """
    _require(access)
    account_id = access.actor.account_id
    known = await queries_attempts.attempt_by_operation(work, account_id, wish.operation_id)
    card = None if known else await _card(work, access, wish.card_id)
    lines = await queries.open_lines(work, access.organization_id, access.client_id)
    if known:
        if not _is_same(known, await queries_attempts.charges_of(work, known.id), wish, lines):
            raise SentBefore
        return known.id
    chosen, shares = choose(lines, wish.charge_ids, part=wish.part, seen=wish.seen)
    await ledger.claim(work, chosen)
    attempt = await _begin(
        work,
        access,
        operation_id=wish.operation_id,
        kind=AttemptKind.SAVED_CARD if card else AttemptKind.CHECKOUT,
        cents=sum(share.cents for share in shares),
        currency=chosen[0].currency,
        card_id=wish.card_id,
        keeps=wish.keeps_card and card is None,
    )
    await _reserve(work, attempt, shares)
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="payment.begun",
        client_id=access.client_id,
        object_id=attempt.id,
        detail={"cents": attempt.amount_cents},
    )
    work.tell(ledger.topic(access.client_id))
    return attempt.id


def _is_same(known: PaymentAttempt, charge_ids: set[UUID], wish: Wish, lines: Sequence[Line]) -> bool:
    """Whether a click was to pay the same.

    A page that was loaded since shows nothing of what is reserved: `seen` is 0. What is still free of a charge was not
    asked for before: then a part of it was. An attempt that came to nothing holds nothing back.
    """
    same = charge_ids == set(wish.charge_ids) and known.card_id == wish.card_id
    if wish.part is not None:
        return same and wish.part == known.amount_cents
    gone = known.status in {AttemptStatus.FAILED, AttemptStatus.ABANDONED}
    left = 0 if gone else sum(line.free for line in lines if line.charge_id in charge_ids)
    return same and left == 0 and wish.seen in {known.amount_cents, 0}


async def begin_card_setup(work: Work, access: ClientAccess, *, operation_id: UUID) -> UUID:
    """Write down that somebody wants to save a card without paying."""
    _require(access)
    if known := await queries_attempts.attempt_by_operation(work, access.actor.account_id, operation_id):
        return known.id
    currency = (await ledger.practice_of(work, access.organization_id)).currency
    attempt = await _begin(
        work, access, operation_id=operation_id, kind=AttemptKind.CARD_SETUP, cents=0, currency=currency, keeps=True
    )
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="card.begun",
        client_id=access.client_id,
        object_id=attempt.id,
    )
    return attempt.id


async def find_own_attempt(work: Work, access: ClientAccess, *, attempt_id: UUID) -> PaymentAttempt:
    """Return what this login began for this client; anybody else's is not found."""
    _require(access)
    found = await queries_attempts.find_attempt(work, access.organization_id, attempt_id)
    if found is None or (found.account_id, found.client_id) != (access.actor.account_id, access.client_id):
        raise NotFound
    return found


async def _card(work: Work, access: ClientAccess, card_id: UUID | None) -> SavedCard | None:
    """Return the saved card that was chosen; one of another account with the processor is of no use."""
    keys = await find_keys(work, access.organization_id)
    if keys is None:
        raise NotPermitted(words.NOT_CONNECTED)
    if card_id is None:
        return None
    card = await queries_attempts.find_card(work, access.organization_id, access.actor.account_id, card_id)
    if card is None:
        raise Invalid(words.NO_CARD)
    return card


async def _begin(
    work: Work,
    access: ClientAccess,
    *,
    operation_id: UUID,
    kind: AttemptKind,
    cents: int,
    currency: str,
    card_id: UUID | None = None,
    keeps: bool = False,
) -> PaymentAttempt:
    attempt = PaymentAttempt(
        id=new_id(),
        organization_id=access.organization_id,
        client_id=access.client_id,
        account_id=access.actor.account_id,
        operation_id=operation_id,
        kind=kind,
        amount_cents=cents,
        currency=currency,
        card_id=card_id,
        keeps_card=keeps,
        consent=words.consent(access.practice_name) if keeps else "",
        started_at=work.now,
        checked_at=work.now,
        expires_at=work.now + CHECKOUT_LASTS,
    )
    work.add(attempt)
    await work.flush()
    return attempt


async def _reserve(work: Work, attempt: PaymentAttempt, shares: list[Share]) -> None:
    for share in shares:
        work.add(
            AttemptItem(
                organization_id=attempt.organization_id,
                attempt_id=attempt.id,
                charge_id=share.charge_id,
                amount_cents=share.cents,
            )
        )
    await work.flush()


def _require(access: ClientAccess) -> None:
    if access.permission is not Permission.PAYMENTS:
        raise NotPermitted(words.NOT_FOR_MONEY)
