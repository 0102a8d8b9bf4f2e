"""What nobody could find out: it comes before staff, and stays reserved until they decide. And what is not ours."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select, update

from portal.access.actor import StaffTask
from portal.billing import queries_attempts, service_books, service_unclear
from portal.billing.carrying import carry_out, look
from portal.billing.carrying_refunds import carry_out_refund
from portal.billing.service_books import Unclear
from portal.billing.sweeping import sweep
from portal.database import Work
from portal.demo.billing import connect_sandbox
from portal.demo.people import Cast
from portal.errors import Conflict, NotFound, NotPermitted
from portal.models import AttemptStatus, CardConnection, PaymentAttempt, ProcessorEvent, RefundAttempt
from portal.sandbox.store import Thing
from portal.sandbox.telling import signing_secret
from tests.billing.conftest import PAID, WAITING, Shop
from tests.billing.test_books import paid_by_card, refund
from tests.billing.test_paying import client_of, keep_card
from tests.conftest import Clock
from tests.factories import as_staff
from tests.people import Human

DAY = timedelta(days=1, minutes=1)
AT_ONCE = timedelta(seconds=-1)


async def unclear(shop: Shop, who: Human) -> Unclear:
    async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
        return await service_books.list_unclear(work, access)


async def disconnect(shop: Shop) -> None:
    """The practice's keys stop working, and nobody said so."""
    async with shop.database.unit_of_work() as work:
        await work.exec(update(CardConnection).values(connected_at=None))


def forged_twin(shop: Shop, attempt: PaymentAttempt) -> Thing:
    """The processor takes the money for an attempt a second time."""
    (paid,) = [one for one in shop.store.of_kind("harbor", "payment_intent") if one["status"] == "succeeded"]
    twin = shop.store.add("pi", "harbor", {key: value for key, value in paid.items() if key not in {"id", "_account"}})
    shop.store.note_event("harbor", "payment_intent.succeeded", twin)
    assert twin["metadata"]["attempt"] == str(attempt.id)
    return shop.store.events.pop()


async def test_money_that_was_taken_twice_comes_before_staff(
    shop: Shop, pete: Human, milo: Human, bea: Human, tess: Human, lena: Human
) -> None:
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    assert (await unclear(shop, bea)).events == []
    assert await shop.tell(forged_twin(shop, attempt)) == 200
    (event,) = (await unclear(shop, bea)).events
    assert event.outcome == "mismatch"
    for who, refusal in ((tess, NotPermitted), (lena, NotFound)):
        with pytest.raises(refusal):
            async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
                await service_unclear.note_event(work, access, event_id=event.id)
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        await service_unclear.note_event(work, access, event_id=event.id)
    assert (await unclear(shop, bea)).events == []


async def test_after_a_day_without_a_word_staff_decide(
    shop: Shop, pete: Human, milo: Human, bea: Human, clock: Clock
) -> None:
    attempt = await shop.set_out(pete, milo)
    await disconnect(shop)
    await sweep(shop.here, AT_ONCE)
    assert (await shop.attempt(attempt.id)).status is WAITING
    clock.now += DAY
    await sweep(shop.here, AT_ONCE)
    assert [one.id for one in (await unclear(shop, bea)).attempts] == [attempt.id]
    assert (await shop.lines(client_of(milo)))[0].free == 0
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        await service_unclear.give_up_payment(work, access, attempt_id=attempt.id)
    assert (await shop.lines(client_of(milo)))[0].free == 7000


async def test_nobody_gives_up_what_was_found_out_meanwhile(
    shop: Shop, pete: Human, milo: Human, bea: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the deed the processor answers: then the record says nothing of giving up."""
    payment = await paid_by_card(shop, pete, milo)
    shop.store.switches.answers = ["500_after"]
    hanging = await refund(shop, bea, payment, 3500, again=False)
    async with shop.database.unit_of_work() as work:
        await work.exec(update(PaymentAttempt).values(status=AttemptStatus.UNCLEAR))
        await work.exec(update(RefundAttempt).values(status=AttemptStatus.UNCLEAR))

    def answered_meanwhile(find: Any, table: Any) -> Any:
        async def found(work: Work, organization_id: UUID, attempt_id: UUID) -> Any:
            one = await find(work, organization_id, attempt_id)
            paid = update(table).where(table.id == attempt_id).values(status=AttemptStatus.PAID)
            await work.exec(paid.execution_options(synchronize_session=False))
            return one

        return found

    deeds = ((service_unclear.give_up_payment, payment.attempt_id), (service_unclear.give_up_refund, hanging.id))
    with monkeypatch.context() as patched:
        for name, table in (("find_attempt", PaymentAttempt), ("find_refund_attempt", RefundAttempt)):
            patched.setattr(queries_attempts, name, answered_meanwhile(getattr(queries_attempts, name), table))
        for give_up, attempt_id in deeds:
            with pytest.raises(Conflict):
                async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
                    await give_up(work, access, attempt_id=attempt_id)
    for give_up, attempt_id in deeds:
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            await give_up(work, access, attempt_id=attempt_id)


async def test_a_refund_of_which_nobody_heard_waits_and_comes_before_staff(
    shop: Shop, pete: Human, milo: Human, bea: Human, clock: Clock
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    shop.store.switches.answers = ["500_after"]
    hanging = await refund(shop, bea, payment, 3500, again=False)
    await disconnect(shop)
    clock.now += timedelta(minutes=5)
    await sweep(shop.here, AT_ONCE)
    assert await status_of(shop, hanging.id) is AttemptStatus.PREPARED, "it may have been given: nobody says it was not"
    clock.now += DAY
    await sweep(shop.here, AT_ONCE)
    assert [one.id for one in (await unclear(shop, bea)).refunds] == [hanging.id]
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        await service_unclear.give_up_refund(work, access, attempt_id=hanging.id)
    assert await status_of(shop, hanging.id) is AttemptStatus.FAILED


async def status_of(shop: Shop, attempt_id: UUID) -> AttemptStatus:
    async with shop.database.unit_of_work(writes=False) as work:
        return (await work.get_one(RefundAttempt, attempt_id)).status


async def outcomes(shop: Shop) -> list[str]:
    async with shop.database.unit_of_work(writes=False) as work:
        return sorted((await work.exec(select(ProcessorEvent.outcome))).all())


@pytest.mark.parametrize(("metadata", "outcome"), [({}, "ignored"), ({"attempt": str(uuid4())}, "unknown")])
async def test_what_the_practice_does_beside_us_is_left_alone(
    shop: Shop, metadata: dict[str, str], outcome: str
) -> None:
    paid = {"object": "payment_intent", "amount": 500, "amount_received": 500, "currency": "usd", "customer": None}
    intent = shop.store.add("pi", "harbor", {**paid, "status": "succeeded", "metadata": metadata})
    shop.store.note_event("harbor", "payment_intent.succeeded", intent)
    shop.wire.faults.clear()
    assert await shop.tell(shop.store.events.pop()) == 200
    assert await outcomes(shop) == [outcome]
    shop.wire.faults.clear()  # the made-up payment is no whole one


async def test_given_back_beside_us_before_we_heard_of_the_payment(
    shop: Shop, pete: Human, milo: Human, bea: Human
) -> None:
    """Refunded on the processor's own pages, and told so before the payment itself: the payment counts, staff look."""
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    paid, shop.store.events = shop.store.events, []
    session = shop.store.things[attempt.session_ref]
    back = shop.store.add(
        "re",
        "harbor",
        {
            "object": "refund",
            "amount": 3500,
            "currency": "usd",
            "payment_intent": session["payment_intent"],
            "metadata": {},
            "status": "succeeded",
        },
    )
    shop.store.note_event("harbor", "refund.created", back)
    for event in [shop.store.events.pop(), *reversed(paid)]:
        assert await shop.tell(event) == 200
    assert (await shop.attempt(attempt.id)).status is PAID
    assert [one.object_ref for one in (await unclear(shop, bea)).events] == [back["id"]]
    await shop.assert_adds_up(payments=1)


async def test_our_own_refund_told_before_the_payment(shop: Shop, pete: Human, milo: Human, bea: Human) -> None:
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    await look(shop.here, attempt.organization_id, attempt.id)
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        (payment,) = (await service_books.read_account(work, access, client_id=milo.client_id)).payments
    shop.store.switches.answers = ["500_after"]
    hanging = await refund(shop, bea, payment, 3500, again=True)
    events, shop.store.events = shop.store.events, []
    for event in reversed(events):
        assert await shop.tell(event) == 200
    await carry_out_refund(shop.here, payment.organization_id, hanging.id)
    assert await status_of(shop, hanging.id) is PAID
    assert [line.open for line in await shop.lines(client_of(milo))] == [3500, 7000]
    assert len([call for call in shop.store.calls if call.startswith("back:")]) == 1


async def test_three_days_late_nothing_is_new(shop: Shop, pete: Human, milo: Human, clock: Clock) -> None:
    """The processor tries for three days, and signs anew each time."""
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    events, shop.store.events = shop.store.events, []
    await sweep(shop.here, AT_ONCE)
    clock.now += timedelta(days=3)
    for event in events:
        assert await shop.tell(event) == 200
    assert set(await outcomes(shop)) == {"done"}
    await shop.assert_adds_up(payments=1)


async def test_an_event_told_to_another_practice_changes_nothing(
    shop: Shop, pete: Human, milo: Human, cast: Cast
) -> None:
    """Signed with the other practice's own secret, so it is taken; but their processor knows no such thing."""
    async with shop.database.unit_of_work() as work:
        await connect_sandbox(work, replace(cast, harbor=cast.lakeside))
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    events, shop.store.events = shop.store.events, []
    for event in events:
        assert await shop.tell(event, secret=signing_secret("lakeside"), practice="lakeside") == 200
    assert (await shop.attempt(attempt.id)).status is WAITING
    assert set(await outcomes(shop)) == {"unreachable"}
    for event in events:
        await shop.tell(event)
    await shop.assert_adds_up(payments=1)


async def test_a_card_is_charged_once_while_the_first_try_is_thought_about(
    shop: Shop, gina: Human, milo: Human
) -> None:
    card = await keep_card(shop, gina, milo)
    wish = await shop.wish(milo, card_id=card.id)
    attempt_id = await shop.begin(gina, milo, wish)
    shop.store.busy.add(f"harbor:{attempt_id}")
    await carry_out(shop.here, client_of(milo).organization_id, attempt_id)
    assert (await shop.attempt(attempt_id)).status is AttemptStatus.PREPARED
    shop.store.busy.clear()
    await look(shop.here, client_of(milo).organization_id, attempt_id)
    await shop.assert_adds_up(payments=2)
