"""A click whose answer got lost, and whose form was changed since: the new sum is neither dropped nor taken."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, update

from portal.access.actor import StaffTask
from portal.billing import service, service_staff
from portal.errors import SentBefore
from portal.kit.clock import utc_now
from portal.models import AttemptStatus, Method, PaymentAttempt
from tests.billing.conftest import Shop
from tests.billing.test_paying import client_of, keep_card
from tests.factories import as_staff
from tests.people import Human

DAY = utc_now().date() - timedelta(days=1)


async def test_what_was_to_be_paid_by_the_same_click_stays(shop: Shop, gina: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo)
    first = await shop.wish(milo, part=3500)
    attempt = await shop.begin(gina, milo, first)
    assert await shop.begin(gina, milo, first) == attempt
    both = await shop.wish(milo, many=2)
    for other in (
        replace(first, part=2000),
        replace(first, part=None, seen=7000),
        replace(first, part=None, seen=3500),  # the rest, on a page that was loaded since
        replace(first, card_id=card.id),
        replace(both, operation_id=first.operation_id),
    ):
        with pytest.raises(SentBefore):
            await shop.begin(gina, milo, other)
    assert (await shop.attempt(attempt)).amount_cents == 3500


@pytest.mark.parametrize("status", [AttemptStatus.FAILED, AttemptStatus.ABANDONED])
async def test_what_came_to_nothing_was_not_sent_before(
    shop: Shop, gina: Human, milo: Human, status: AttemptStatus
) -> None:
    wish = await shop.wish(milo)
    attempt = await shop.begin(gina, milo, wish)
    async with shop.database.unit_of_work() as work:
        await work.exec(update(PaymentAttempt).where(col(PaymentAttempt.id) == attempt).values(status=status))
    assert (await shop.lines(client_of(milo)))[0].free > 0
    assert await shop.begin(gina, milo, wish) == attempt, "whose answer says what came of it"


async def test_the_whole_of_it_by_the_same_click_is_the_same(shop: Shop, gina: Human, milo: Human) -> None:
    whole = await shop.wish(milo, many=2)
    attempt = await shop.begin(gina, milo, whole)
    assert await shop.begin(gina, milo, whole) == attempt
    assert await shop.begin(gina, milo, replace(whole, seen=0)) == attempt, "a page that shows it no more"


async def test_a_charge_by_hand_stays_what_it_was(shop: Shop, bea: Human, casey: Human) -> None:
    click = uuid4()

    async def charge(cents: int = 3000, label: str = "Letter to school ", on_day: date = DAY) -> UUID:
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            return await service.create_charge(
                work,
                access,
                client_id=client_of(casey).id,
                cents=cents,
                on_day=on_day,
                label=label,
                operation_id=click,
            )

    assert await charge() == await charge()
    changed: tuple[Callable[[], Awaitable[UUID]], ...] = (
        lambda: charge(cents=4000),
        lambda: charge(label="Report"),
        lambda: charge(on_day=DAY - timedelta(days=1)),
    )
    for ask in changed:
        with pytest.raises(SentBefore):
            await ask()
    assert len([line for line in await shop.lines(client_of(casey)) if line.open == 3000]) == 1


async def test_what_was_handed_in_and_given_back_stays(shop: Shop, bea: Human, casey: Human) -> None:
    received = service_staff.Received(client_of(casey).id, Method.CHECK, 5000, DAY, "No. 12", uuid4())

    async def take(what: service_staff.Received) -> UUID:
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            return await service_staff.record_payment(work, access, received=what)

    payment, click = await take(received), uuid4()
    assert await take(replace(received, reference=" No. 12 ")) == payment
    for other in (
        replace(received, cents=6000),
        replace(received, method=Method.CASH),
        replace(received, reference="No. 13"),
    ):
        with pytest.raises(SentBefore):
            await take(other)

    async def give_back(cents: int, *, again: bool = False) -> UUID:
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            begun = await service_staff.begin_refund(
                work, access, payment_id=payment, cents=cents, is_owed_again=again, operation_id=click
            )
            return begun[0]

    assert await give_back(2000) == await give_back(2000)
    with pytest.raises(SentBefore):
        await give_back(3000)
    with pytest.raises(SentBefore):
        await give_back(2000, again=True)
