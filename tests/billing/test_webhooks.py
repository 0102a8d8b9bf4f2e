"""What the processor tells: believed by nobody, late, often, in any order, and for somebody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.billing.carrying import leave
from portal.billing.hearing import handle_event
from portal.billing.sweeping import sweep
from portal.models import AttemptStatus, Payment, PaymentAttempt, ProcessorEvent
from portal.sandbox.store import Thing
from portal.sandbox.telling import signing_secret
from tests.billing.conftest import PAID, WAITING, Shop
from tests.people import Human


async def paid_unheard(shop: Shop, pete: Human, milo: Human) -> tuple[PaymentAttempt, list[Thing]]:
    """A payment that was made on the processor's page, of which we have not heard."""
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    events, shop.store.events = shop.store.events, []
    return attempt, events


async def count(shop: Shop, table: type[Payment] | type[ProcessorEvent]) -> int:
    async with shop.database.unit_of_work(writes=False) as work:
        return len((await work.exec(select(table))).all())


async def test_five_times_is_once(shop: Shop, pete: Human, milo: Human) -> None:
    _, events = await paid_unheard(shop, pete, milo)
    for _ in range(5):
        for event in reversed(events):
            assert await shop.tell(event) == 200
    assert await count(shop, ProcessorEvent) == len(events)
    await shop.assert_adds_up(payments=1)


@pytest.mark.parametrize(
    ("forged", "status"),
    [({"secret": signing_secret("lakeside")}, 400), ({"late": 3 * 86400}, 400), ({"practice": "lakeside"}, 404)],
)
async def test_forged_old_or_foreign_events_are_not_taken(
    shop: Shop, pete: Human, milo: Human, forged: dict[str, object], status: int
) -> None:
    attempt, events = await paid_unheard(shop, pete, milo)
    for event in events:
        assert await shop.tell(event, **forged) == status  # type: ignore[arg-type]  # one of three keywords
    assert (await shop.attempt(attempt.id)).status is WAITING
    assert await count(shop, ProcessorEvent) == 0
    await shop.tell(events[0])
    assert (await shop.attempt(attempt.id)).status is PAID


@pytest.mark.parametrize("header", ["", "t=1", "t=x,v1=y", "v1=00", "t=9999999999,v1=" + "0" * 64])
async def test_nonsense_for_a_signature(shop: Shop, header: str) -> None:
    for body in ("", "{}", "[]", "\x00", '{"id": 1}'):
        answer = await shop.portal.post("/hooks/stripe/harbor", content=body, headers={"Stripe-Signature": header})
        assert answer.status_code == 400
    assert await count(shop, ProcessorEvent) == 0


async def test_an_event_that_lies_is_not_believed(shop: Shop, pete: Human, milo: Human) -> None:
    """Signed rightly, but the processor itself says otherwise: what was fetched counts."""
    attempt = await shop.set_out(pete, milo)
    session = shop.store.things[attempt.session_ref]
    shop.store.note_event("harbor", "checkout.session.completed", {**session, "status": "complete"})
    assert await shop.tell(shop.store.events.pop()) == 200
    assert (await shop.attempt(attempt.id)).status is WAITING
    assert await count(shop, Payment) == 0


@pytest.mark.parametrize(
    "changed", [{"amount": 1, "amount_received": 1}, {"currency": "eur"}, {"customer": "cus_other"}, {"metadata": {}}]
)
async def test_a_payment_that_is_not_the_wanted_one_is_for_staff(
    shop: Shop, pete: Human, milo: Human, changed: Thing
) -> None:
    attempt, events = await paid_unheard(shop, pete, milo)
    session = shop.store.things[attempt.session_ref]
    shop.store.things[session["payment_intent"]].update(changed)
    page = next(event for event in events if event["type"] == "checkout.session.completed")
    assert await shop.tell(page) == 200
    assert (await shop.attempt(attempt.id)).status is AttemptStatus.UNCLEAR
    assert await count(shop, Payment) == 0


async def test_money_that_comes_after_we_gave_up_is_taken_in(shop: Shop, pete: Human, milo: Human) -> None:
    attempt = await shop.set_out(pete, milo)
    async with shop.database.unit_of_work() as work:
        found = await work.get_one(PaymentAttempt, attempt.id)
        found.status = AttemptStatus.ABANDONED
        work.add(found)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    await shop.assert_adds_up(payments=1)


async def test_coming_back_without_paying_frees_what_was_reserved(shop: Shop, pete: Human, milo: Human) -> None:
    assert milo.client
    attempt = await shop.set_out(pete, milo)
    assert (await shop.lines(milo.client))[0].free == 0
    await leave(shop.here, attempt.organization_id, attempt.id)
    assert (await shop.lines(milo.client))[0].free == 7000
    assert "expired" in (await shop.at_page(attempt, "works")).text
    await shop.assert_adds_up(payments=0)


async def test_the_sweeper_finds_what_nobody_told(shop: Shop, pete: Human, milo: Human) -> None:

    await paid_unheard(shop, pete, milo)
    assert await sweep(shop.here) == 0
    assert await sweep(shop.here, timedelta(seconds=-1)) == 1
    await shop.assert_adds_up(payments=1)
    assert await sweep(shop.here, timedelta(seconds=-1)) == 0


async def test_an_event_whose_handling_was_cut_short_is_handled_later(shop: Shop, pete: Human, milo: Human) -> None:
    _, events = await paid_unheard(shop, pete, milo)
    shop.wire.cut = 1
    assert await shop.tell(events[-1]) == 200
    async with shop.database.unit_of_work(writes=False) as work:
        event = (await work.exec(select(ProcessorEvent))).one()
    assert event.handled_at is None
    await handle_event(shop.here, event.organization_id, event.id)
    await shop.assert_adds_up(payments=1)
