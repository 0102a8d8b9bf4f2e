"""What the processor tells us: kept once by its id, then fetched again; what it says itself is never believed."""

import json
from dataclasses import dataclass
from uuid import UUID

import stripe
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from portal.billing import carrying_refunds, queries, queries_attempts, settling
from portal.billing.connecting import Keys, find_keys, processor_of
from portal.database import Work
from portal.integrations.cards import CardProcessor, CardTrouble, SeenCheckout, SeenPayment, Trouble
from portal.kit.ids import new_id, parse_id
from portal.models import AttemptStatus, Organization, PaymentAttempt, ProcessorEvent
from portal.runtime import Runtime

TOLERANCE_SECONDS = 300
MOST_TRIES = 20
UNRESOLVED = ("unknown", "unreachable", "mismatch")
NOTED = "noted"
"""Somebody has seen to it."""
_NOT_OURS = "ignored"
_FOLLOWED = ("checkout.session.", "payment_intent.", "refund.")


class Forged(Exception):
    """This did not come from the practice's processor, or came too late to be told from a copy."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as far as we keep it."""

    ref: str
    kind: str
    object_ref: str


def read_event(body: bytes, header: str, keys: Keys) -> Told:
    """Check the signature and its age, and return what the event is about. Raises Forged."""
    try:
        stripe.WebhookSignature.verify_header(body, header, keys.signing, TOLERANCE_SECONDS)
        event = json.loads(body)
        told = Told(str(event["id"]), str(event["type"]), str(event["data"]["object"]["id"]))
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError):
        raise Forged from None
    if not told.ref or max(len(told.ref), len(told.object_ref)) > 120 or len(told.kind) > 80:
        raise Forged
    return told


async def find_listener(work: Work, practice: str) -> tuple[UUID, Keys] | None:
    """Return the practice of a webhook's address and its keys; None where nobody is connected."""
    organization_id = (await work.exec(select(Organization.id).where(Organization.slug == practice))).first()
    keys = await find_keys(work, organization_id) if organization_id else None
    return (organization_id, keys) if organization_id and keys else None


async def keep_event(work: Work, organization_id: UUID, told: Told) -> UUID | None:
    """Keep an event; None when it came before."""
    values = {
        "id": new_id(),
        "organization_id": organization_id,
        "event_ref": told.ref,
        "kind": told.kind,
        "object_ref": told.object_ref,
        "received_at": work.now,
        "tries": 0,
        "outcome": "",
    }
    insert = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    query = insert(ProcessorEvent).values(**values)
    query = query.on_conflict_do_nothing(index_elements=["organization_id", "event_ref"])
    found = (await work.exec(query.returning(col(ProcessorEvent.id)))).first()
    return found[0] if found else None


async def handle_event(here: Runtime, organization_id: UUID, event_id: UUID) -> None:
    """Fetch what an event is about, and write down what came of it. Doing it again does nothing new."""
    async with here.database.unit_of_work(writes=False) as work:
        event = await queries_attempts.find_event(work, organization_id, event_id)
        keys = await find_keys(work, organization_id)
    if event is None or event.handled_at is not None:
        return
    try:
        outcome = await _follow(here, processor_of(here.config, keys), event)
    except CardTrouble as trouble:
        outcome = "" if trouble.trouble is Trouble.UNSURE and event.tries + 1 < MOST_TRIES else "unreachable"
    async with here.database.unit_of_work() as work:
        await work.exec(
            update(ProcessorEvent)
            .where(col(ProcessorEvent.id) == event.id)
            .values(tries=event.tries + 1, outcome=outcome, handled_at=work.now if outcome else None)
            .execution_options(synchronize_session=False)
        )


async def _follow(here: Runtime, processor: CardProcessor, event: ProcessorEvent) -> str:
    """Return what came of an event, in a word. What the practice does with its processor beside us is not ours."""
    if not event.kind.startswith(_FOLLOWED):
        return "ignored"
    if event.kind.startswith("refund."):
        return await _follow_refund(here, processor, event)
    if event.kind.startswith("checkout.session."):
        page = await processor.find_checkout(event.object_ref)
        metadata, payment = page.metadata, page.payment
    else:
        payment = await processor.find_payment(event.object_ref)
        page, metadata = None, payment.metadata
    attempt_id = parse_id(metadata.get("attempt"))
    async with here.database.unit_of_work() as work:
        attempt = attempt_id and await queries_attempts.find_attempt(work, event.organization_id, attempt_id)
        if not attempt:
            return "unknown" if "attempt" in metadata else _NOT_OURS
        return await _settle(work, attempt, page, payment)


async def _settle(work: Work, attempt: PaymentAttempt, page: SeenCheckout | None, payment: SeenPayment | None) -> str:
    if payment is not None and (payment.is_paid or page is not None):
        is_decided = await settling.settle(work, attempt, payment)
        if not is_decided and await settling.is_left_over(work, attempt, payment):
            return "mismatch"
    elif page is not None and page.is_done:
        await settling.settle_setup(work, attempt, page.card)
    elif page is not None and not page.is_open:
        await settling.close(work, attempt, AttemptStatus.ABANDONED)
    return "done"


async def _follow_refund(here: Runtime, processor: CardProcessor, event: ProcessorEvent) -> str:
    seen = await processor.find_refund(event.object_ref)
    attempt_id = parse_id(seen.metadata.get("refund"))
    async with here.database.unit_of_work(writes=False) as work:
        organization_id = event.organization_id
        attempt = attempt_id and await queries_attempts.find_refund_attempt(work, organization_id, attempt_id)
        payment = await queries.find_payment(work, organization_id, attempt.payment_id) if attempt else None
    if not attempt or payment is None:
        # Given back beside us: for staff to see, if it is money that came through us.
        of = await processor.find_payment(seen.payment_ref)
        return "unknown" if "attempt" in of.metadata else _NOT_OURS
    await carrying_refunds.note_refund(here, attempt, payment, seen)
    return "done"
