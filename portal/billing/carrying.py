"""Between two units: the processor is asked, and what it answers is written down. Never with a transaction open.

An attempt was committed before. Whatever happens to this process, the attempt's id is the idempotency key and stands in
the metadata, so that what became of it can be found out later, by `look`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from portal.billing import queries_attempts, settling
from portal.billing.connecting import Keys, find_keys, processor_of
from portal.database import Work
from portal.integrations.cards import (
    CardProcessor,
    CardTrouble,
    SeenCheckout,
    SeenPayment,
    Trouble,
    WantedCharge,
    WantedCheckout,
)
from portal.kit.crypto import seal
from portal.models import (
    OPEN_ATTEMPTS,
    AttemptKind,
    AttemptStatus,
    CardCustomer,
    Organization,
    PaymentAttempt,
    SavedCard,
)
from portal.runtime import Runtime

_KEYS_LAST = timedelta(hours=20)
"""Stripe forgets an idempotency key after a day: from then on nothing is asked for a second time."""
_EARLIER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Errand:
    """An attempt with everything that is needed to ask the processor about it."""

    attempt: PaymentAttempt
    practice: Organization
    keys: Keys | None
    customer_ref: str
    card_ref: str
    origin: str

    @property
    def metadata(self) -> dict[str, str]:
        """What the processor keeps with it: two ids, nothing about anybody."""
        return {"attempt": str(self.attempt.id), "practice": str(self.attempt.organization_id)}


async def carry_out(here: Runtime, organization_id: UUID, attempt_id: UUID) -> None:
    """Ask the processor for what an attempt wants, and write down what comes of it. Doing it again does nothing new."""
    errand = await _read(here, organization_id, attempt_id)
    if errand is None:
        return
    try:
        processor = processor_of(here.config, errand.keys)
        errand = await _with_customer(here, processor, errand)
        if errand.attempt.kind is AttemptKind.SAVED_CARD:
            await _charge(here, processor, errand)
        else:
            await _open(here, processor, errand, str(errand.attempt.id))
    except CardTrouble as trouble:
        await _note_trouble(here, errand, trouble)


async def look(here: Runtime, organization_id: UUID, attempt_id: UUID) -> None:
    """Ask the processor what became of an attempt, and write that down. Raises CardTrouble when it does not say."""
    errand = await _read(here, organization_id, attempt_id)
    if errand is None:
        return
    processor, attempt = processor_of(here.config, errand.keys), errand.attempt
    if attempt.session_ref:
        await _note_checkout(here, errand, await processor.find_checkout(attempt.session_ref))
    else:
        await _look_for(here, processor, errand)


async def leave(here: Runtime, organization_id: UUID, attempt_id: UUID) -> None:
    """Close the processor's page, because whoever opened it came back without paying, and see what became of it."""
    errand = await _read(here, organization_id, attempt_id)
    if errand is None:
        return
    if errand.attempt.session_ref:
        await processor_of(here.config, errand.keys).close_checkout(errand.attempt.session_ref)
    await look(here, organization_id, attempt_id)


async def _read(here: Runtime, organization_id: UUID, attempt_id: UUID) -> Errand | None:
    """Read an attempt that is open; None for one that is decided."""
    async with here.database.unit_of_work(writes=False) as work:
        attempt = await queries_attempts.find_attempt(work, organization_id, attempt_id)
        if attempt is None or attempt.status not in OPEN_ATTEMPTS:
            return None
        practice = await work.get_one(Organization, organization_id)
        keys = await find_keys(work, organization_id)
        customer = attempt.customer_ref or await _customer(work, attempt, keys)
        card = await work.get(SavedCard, attempt.card_id) if attempt.card_id else None
        return Errand(attempt, practice, keys, customer, card.ref if card else "", here.config.origin)


async def _customer(work: Work, attempt: PaymentAttempt, keys: Keys | None) -> str:
    if keys is None:
        return ""
    return await queries_attempts.find_customer(work, attempt.organization_id, attempt.account_id, keys.account_ref)


async def _with_customer(here: Runtime, processor: CardProcessor, errand: Errand) -> Errand:
    """See to it that the processor knows who pays, and that we know what it calls them, before money is asked for."""
    attempt, ref = errand.attempt, errand.customer_ref
    if attempt.customer_ref:
        return errand
    is_new = not ref
    if is_new:
        account = str(attempt.account_id)
        ref = await processor.add_customer(
            key=f"customer-{attempt.organization_id}-{account}", metadata={"account": account}
        )
    async with here.database.unit_of_work() as work:
        await _put(work, attempt.id, customer_ref=ref)
        if is_new and errand.keys and not await _customer(work, attempt, errand.keys):
            work.add(
                CardCustomer(
                    organization_id=attempt.organization_id,
                    account_id=attempt.account_id,
                    account_ref=errand.keys.account_ref,
                    ref=ref,
                    created_at=work.now,
                )
            )
            await work.flush()
    attempt.customer_ref = ref
    return replace(errand, customer_ref=ref)


async def _charge(here: Runtime, processor: CardProcessor, errand: Errand) -> None:
    """Pay with the saved card; where the bank asks for its owner, go on at the processor's page."""
    attempt = errand.attempt
    wanted = WantedCharge(
        key=str(attempt.id),
        customer_ref=errand.customer_ref,
        card_ref=errand.card_ref,
        cents=attempt.amount_cents,
        currency=attempt.currency,
        title=_title(errand),
        metadata=errand.metadata,
    )
    try:
        seen = await processor.charge_card(wanted)
    except CardTrouble as trouble:
        if trouble.trouble is not Trouble.NEEDS_OWNER:
            raise
        await processor.cancel_payment(trouble.ref)
        await _open(here, processor, errand, f"{attempt.id}-owner")
        return
    await _note_payment(here, errand, seen)


async def _open(here: Runtime, processor: CardProcessor, errand: Errand, key: str) -> None:
    attempt = errand.attempt
    back = f"{errand.origin}/billing?for={attempt.client_id}&attempt={attempt.id}"
    wanted = WantedCheckout(
        key=key,
        customer_ref=errand.customer_ref,
        currency=attempt.currency,
        returns_to=back,
        cancels_to=f"{back}&left=1",
        ends_at=attempt.expires_at,
        metadata=errand.metadata,
        cents=attempt.amount_cents,
        title=_title(errand),
        keeps_card=attempt.keeps_card,
    )
    await _note_checkout(here, errand, await processor.open_checkout(wanted))


async def _look_for(here: Runtime, processor: CardProcessor, errand: Errand) -> None:
    """Find out about an attempt of which we heard nothing: its id is in the metadata of whatever came of it."""
    attempt = errand.attempt
    since = attempt.started_at - _EARLIER
    if attempt.customer_ref:
        mine = str(attempt.id)
        for page in await processor.checkouts_of(attempt.customer_ref, since):
            if page.metadata.get("attempt") == mine:
                return await _note_checkout(here, errand, page)
        for payment in await processor.payments_of(attempt.customer_ref, since):
            if payment.metadata.get("attempt") == mine and (payment.is_paid or not payment.is_over):
                return await _note_payment(here, errand, payment)
    if attempt.kind is not AttemptKind.SAVED_CARD or not attempt.customer_ref:
        return await _close(here, attempt, AttemptStatus.ABANDONED)
    if here.database.clock() - attempt.started_at < _KEYS_LAST:
        return await carry_out(here, attempt.organization_id, attempt.id)
    return await _close(here, attempt, AttemptStatus.UNCLEAR, "lost")


async def _note_checkout(here: Runtime, errand: Errand, seen: SeenCheckout) -> None:
    attempt = errand.attempt
    async with here.database.unit_of_work() as work:
        if seen.payment is not None and (seen.payment.is_paid or seen.payment.is_over):
            await settling.settle(work, attempt, seen.payment)
        elif seen.is_done and attempt.kind is AttemptKind.CARD_SETUP:
            await settling.settle_setup(work, attempt, seen.card)
        elif seen.is_open:
            address = seal(work.ring, "payment_attempt", "address", attempt.id, seen.address)
            await _put(work, attempt.id, session_ref=seen.ref, address=address, status=AttemptStatus.WAITING)
        elif not seen.is_done:
            await settling.close(work, attempt, AttemptStatus.ABANDONED)


async def _note_payment(here: Runtime, errand: Errand, seen: SeenPayment) -> None:
    async with here.database.unit_of_work() as work:
        if not await settling.settle(work, errand.attempt, seen) and seen.needs_owner:
            await settling.close(work, errand.attempt, AttemptStatus.FAILED, "declined")


async def _note_trouble(here: Runtime, errand: Errand, trouble: CardTrouble) -> None:
    """A refusal is final; where nobody knows, the attempt stays open, and the sweeper finds out."""
    if trouble.trouble is not Trouble.UNSURE:
        await _close(here, errand.attempt, AttemptStatus.FAILED, trouble.trouble.value)


async def _close(here: Runtime, attempt: PaymentAttempt, status: AttemptStatus, problem: str = "") -> None:
    async with here.database.unit_of_work() as work:
        await settling.close(work, attempt, status, problem)


async def _put(work: Work, attempt_id: UUID, **values: object) -> None:
    """Note something about an attempt that is still open."""
    await work.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt_id, col(PaymentAttempt.status).in_(OPEN_ATTEMPTS))
        .values(checked_at=work.now, **values)
        .execution_options(synchronize_session=False)
    )


def _title(errand: Errand) -> str:
    """What the processor's page and the bank's list call it: never a name of a client, or of a service."""
    return f"Payment to {errand.practice.name}"
