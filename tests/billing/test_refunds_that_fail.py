"""Refunds that fail after they were written down: taken back once, by lines of their own, and told to staff."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.audit.service import verify_chain
from portal.billing import service_books, service_own, service_unclear
from portal.billing.books.views import account_view, unclear_rows
from portal.billing.carrying_refunds import note_refund
from portal.billing.exporting import export_month
from portal.billing.showing import payment_rows
from portal.billing.showing_papers import receipt_paper
from portal.billing.sweeping import sweep
from portal.errors import NotFound, NotPermitted
from portal.integrations.cards import SeenRefund
from portal.kit.clock import today_in
from portal.models import Allocation, AttemptStatus, AuditEvent, Payment, Permission, RefundAttempt
from portal.sandbox.store import Thing
from tests.billing.conftest import FAILED, PAID, WAITING, Shop
from tests.billing.test_books import paid_by_card, refund
from tests.billing.test_paying import client_of
from tests.billing.test_unclear import AT_ONCE, status_of, unclear
from tests.conftest import Clock
from tests.factories import as_account, as_client, as_staff
from tests.people import Human
from tests.statements import statements_of

BOTH = pytest.mark.parametrize("again", [False, True])
DAYS = timedelta(days=3)


async def given(shop: Shop, bea: Human, payment: Payment, status: str, *, again: bool, cents: int = 3500) -> Thing:
    """A refund that the processor calls so and that stands in the books; returns what the processor knows of it."""
    shop.store.switches.refunds = status
    done = await refund(shop, bea, payment, cents, again=again)
    assert done.status is (WAITING if status == "pending" else PAID)
    await shop.tell_all()
    return shop.store.things[done.refund_ref]


async def fails(shop: Shop, back: Thing, *, status: str = "failed", times: int = 1) -> None:
    """The bank sends the money back, and the processor says so, each time anew."""
    back["status"] = status
    for _ in range(times):
        shop.store.note_event("harbor", "refund.failed", back)
        shop.store.note_event("harbor", "refund.updated", back)
    await shop.tell_all()


async def open_of(shop: Shop, milo: Human) -> list[tuple[int, int, int]]:
    """What is open of Milo's charges, with what they are worth and what was paid of it."""
    return [(line.open, line.worth, line.allocated) for line in await shop.lines(client_of(milo))]


async def actions(shop: Shop, start: str) -> list[str]:
    async with shop.database.unit_of_work(writes=False) as work:
        found = await work.exec(select(AuditEvent.action).order_by(col(AuditEvent.sequence)))
        return [action for action in found.all() if action.startswith(start)]


async def allocated(shop: Shop, payment: Payment) -> list[int]:
    async with shop.database.unit_of_work(writes=False) as work:
        query = select(Allocation.amount_cents).where(Allocation.payment_id == payment.id)
        return list((await work.exec(query.order_by(col(Allocation.id)))).all())


async def attempt_of(shop: Shop, back: Thing) -> RefundAttempt:
    async with shop.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(RefundAttempt).where(RefundAttempt.refund_ref == back["id"]))).one()


def seen_of(back: Thing, attempt: RefundAttempt, **more: Any) -> SeenRefund:
    metadata = {"refund": str(attempt.id)}
    seen = SeenRefund(back["id"], True, False, 3500, "USD", back["payment_intent"], metadata)
    return replace(seen, **more)


@BOTH
@pytest.mark.parametrize(("first", "then"), [("pending", "failed"), ("succeeded", "failed"), ("pending", "canceled")])
async def test_a_refund_that_fails_is_taken_back_once(
    shop: Shop, pete: Human, milo: Human, bea: Human, again: bool, first: str, then: str
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    before = await open_of(shop, milo)
    back = await given(shop, bea, payment, first, again=again)
    assert await open_of(shop, milo) != before or not again
    await fails(shop, back, status=then, times=5)
    assert await open_of(shop, milo) == before
    assert await allocated(shop, payment) == [7000, -3500, 3500]
    await shop.assert_adds_up(payments=1)
    outcomes = ["refund.decided", "refund.given", "refund.came_back"]
    assert await actions(shop, "refund.") == outcomes
    async with shop.database.unit_of_work(writes=False) as work:
        assert (await verify_chain(work, payment.organization_id)).intact
    shop.store.switches.refunds = "succeeded"
    assert (await refund(shop, bea, payment, 7000, again=again)).status is PAID, "all of it may be given back again"


@BOTH
async def test_the_payer_reads_that_nothing_came_back(
    shop: Shop, pete: Human, milo: Human, bea: Human, clock: Clock, again: bool
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    clock.now += timedelta(minutes=1)
    back = await given(shop, bea, payment, "pending", again=again)
    clock.now += timedelta(minutes=1)
    for is_back in (True, False):
        async with as_account(shop.database, pete) as (work, access):
            (receipt,) = await service_own.list_receipts(work, access)
            paper = receipt_paper(await service_own.read_receipt(work, access, payment_id=payment.id))
        assert receipt.given_back == (3500 if is_back else 0)
        assert ("Given back since" in dict(paper["lines"])) == is_back
        if is_back:
            await fails(shop, back)
    async with as_client(shop.database, pete, milo, Permission.PAYMENTS) as (work, access):
        rows = payment_rows(access, *await service_own.read_history(work, access))
    assert [row.amount for row in rows] == ["$35.00", "-$35.00", "$70.00"]
    assert rows[0].what == "Refund that did not arrive, counted as paid again"
    assert len({row.id for row in rows}) == 3


async def test_staff_are_told_what_happened_and_what_to_do_until_they_have_seen_to_it(
    shop: Shop, pete: Human, milo: Human, bea: Human, tess: Human, lena: Human
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=True)
    await fails(shop, back)
    found = await unclear(shop, bea)
    (row,) = unclear_rows(found)
    assert row.what == "A refund of $35.00 for Milo Park did not reach whoever had paid"
    assert "Give it back once more" in row.help
    assert row.reference == back["id"]
    assert (await unclear(shop, lena)).came_back == []
    ((attempt, _),) = found.came_back
    for who, refusal in ((tess, NotPermitted), (lena, NotFound)):
        with pytest.raises(refusal):
            async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
                await service_unclear.note_came_back(work, access, attempt_id=attempt.id)
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        account = await service_books.read_account(work, access, client_id=milo.client_id)
        assert [row.left for row in account_view(account, work.ring).payments] == ["70.00"]
        await service_unclear.note_came_back(work, access, attempt_id=attempt.id)
    await fails(shop, back)
    assert (await unclear(shop, bea)).came_back == []
    assert (await actions(shop, "refund."))[-1] == "refund.seen_to"
    with pytest.raises(NotFound):
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            await service_unclear.note_came_back(work, access, attempt_id=attempt.id)


async def test_the_month_in_which_it_failed_says_so(
    shop: Shop, pete: Human, milo: Human, bea: Human, lena: Human, clock: Clock
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=True)
    then = clock.now
    clock.now += timedelta(days=40)
    await fails(shop, back)

    async def taken_out(who: Human, moment: datetime) -> list[str]:
        async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
            month = f"{today_in(access.zone, moment):%Y-%m}"
            table = (await export_month(work, access, month=month)).decode("utf-8-sig").replace("'", "")
        return [",".join(line.split(",")[1:4]) for line in table.splitlines()[1:]]

    assert await taken_out(bea, then) == ["Payment,Milo Park,70.00", "Refund,Milo Park,-35.00"]
    assert await taken_out(bea, clock.now) == ["Refund that failed,Milo Park,35.00"]
    assert await taken_out(lena, clock.now) == []


@pytest.mark.parametrize(("then", "ends"), [("failed", FAILED), ("succeeded", PAID)])
async def test_the_sweeper_asks_what_became_of_a_refund_on_its_way(
    shop: Shop, pete: Human, milo: Human, bea: Human, clock: Clock, then: str, ends: AttemptStatus
) -> None:
    """No word comes: for days it stays on its way, in the books and not before staff, then the processor knows."""
    payment = await paid_by_card(shop, pete, milo)
    before = await open_of(shop, milo)
    back = await given(shop, bea, payment, "pending", again=True)
    booked = await open_of(shop, milo)
    attempt = await attempt_of(shop, back)
    clock.now += timedelta(minutes=30)
    assert await sweep(shop.here, AT_ONCE) == 0, "a bank is not asked every minute"
    clock.now += DAYS
    assert await sweep(shop.here, AT_ONCE) == 1
    assert (await status_of(shop, attempt.id), await open_of(shop, milo)) == (WAITING, booked)
    assert (await unclear(shop, bea)).refunds == []
    back["status"] = then
    clock.now += timedelta(hours=2)
    assert await sweep(shop.here, AT_ONCE) == 1
    assert await status_of(shop, attempt.id) is ends
    assert await open_of(shop, milo) == (before if ends is FAILED else booked)
    assert len((await unclear(shop, bea)).came_back) == (ends is FAILED)
    clock.now += DAYS
    assert await sweep(shop.here, AT_ONCE) == 0
    assert len([call for call in shop.store.calls if call.startswith("back:")]) == 1


async def test_a_refund_on_its_way_is_not_given_up_when_nobody_answers(
    shop: Shop, pete: Human, milo: Human, bea: Human, clock: Clock
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "pending", again=True)
    attempt = await attempt_of(shop, back)
    clock.now += DAYS
    shop.store.things.pop(back["id"])
    await sweep(shop.here, AT_ONCE)
    assert await status_of(shop, attempt.id) is WAITING
    assert len([call for call in shop.store.calls if call.startswith("back:")]) == 1


async def test_what_somebody_paid_meanwhile_is_not_paid_twice(
    shop: Shop, pete: Human, gina: Human, milo: Human, bea: Human
) -> None:
    """The charge was open again and Gina paid it: what came back is for nothing now, and can be given back."""
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=True)
    attempt = await shop.set_out(gina, milo)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    before = await open_of(shop, milo)
    await fails(shop, back)
    assert await open_of(shop, milo) == before == [(7000, 7000, 0)]
    assert await allocated(shop, payment) == [7000, -3500]
    shop.store.switches.refunds = "succeeded"
    assert (await refund(shop, bea, payment, 3500, again=True)).status is PAID
    assert await open_of(shop, milo) == before, "it is given from what was for nothing"
    assert await allocated(shop, payment) == [7000, -3500]


@BOTH
async def test_taking_it_back_writes_no_more_than_an_event_may(
    shop: Shop, pete: Human, milo: Human, bea: Human, again: bool
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=again)
    attempt = await attempt_of(shop, back)
    over = seen_of(back, attempt, is_given=False, is_over=True)
    with statements_of(shop.database) as run:
        await note_refund(shop.here, attempt, payment, over)
    written = [one for one in run if one.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert len(written) <= 8, written
