"""The books: cash, refunds, adjustments, appointments that were kept, and lines that nobody can change."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.billing import service, service_books, service_fees, service_staff
from portal.billing.carrying_refunds import carry_out_refund
from portal.billing.exporting import export_month
from portal.billing.papers import typeset
from portal.billing.rules import Line, Share, fit, owed, spread, take_back
from portal.billing.service_own import read_receipt
from portal.billing.showing_papers import receipt_paper
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.clock import utc_now
from portal.models import AdjustmentReason, AttemptStatus, Method, Payment, RefundAttempt
from tests.billing.conftest import Shop
from tests.billing.test_paying import client_of
from tests.factories import as_account, as_staff
from tests.people import Human

CENTS = st.integers(1, 10**6)
DAY = utc_now().date() - timedelta(days=1)


@given(st.lists(st.tuples(CENTS, CENTS, st.integers(0, 10**5)), min_size=1, max_size=8), CENTS)
def test_money_is_neither_made_nor_lost(amounts: list[tuple[int, int, int]], cents: int) -> None:
    lines = [
        Line(uuid4(), uuid4(), DAY, amount, "USD", 1, allocated=min(paid, amount), reserved=reserved)
        for amount, paid, reserved in amounts
    ]
    known = {line.charge_id: line for line in lines}
    shares = spread(cents, lines)
    assert sum(share.cents for share in shares) == min(cents, sum(line.free for line in lines))
    assert all(0 < share.cents <= known[share.charge_id].free for share in shares)
    assert all(share.cents <= known[share.charge_id].open for share in fit(shares, known))
    back = take_back(cents, shares)
    assert sum(share.cents for share in back) == min(cents, sum(share.cents for share in shares))
    held = {share.charge_id: share.cents for share in shares}
    assert all(0 < share.cents <= held[share.charge_id] for share in back)
    assert owed(lines) == sum(line.open for line in lines)


async def paid_by_card(shop: Shop, pete: Human, milo: Human) -> Payment:
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    async with shop.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(Payment))).one()


async def refund(shop: Shop, who: Human, payment: Payment, cents: int, *, again: bool) -> RefundAttempt:
    async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
        attempt_id, asks = await service_staff.begin_refund(
            work, access, payment_id=payment.id, cents=cents, is_owed_again=again, operation_id=uuid4()
        )
    if asks:
        await carry_out_refund(shop.here, payment.organization_id, attempt_id)
    async with shop.database.unit_of_work(writes=False) as work:
        return await work.get_one(RefundAttempt, attempt_id)


@pytest.mark.parametrize(("again", "still_open"), [(False, [7000]), (True, [3500, 7000])])
async def test_half_is_given_back_and_every_balance_is_right(
    shop: Shop, pete: Human, milo: Human, bea: Human, again: bool, still_open: list[int]
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    done = await refund(shop, bea, payment, 3500, again=again)
    assert done.status is AttemptStatus.PAID
    await shop.tell_all()
    await carry_out_refund(shop.here, payment.organization_id, done.id)
    assert [line.open for line in await shop.lines(client_of(milo))] == still_open
    assert [call for call in shop.store.calls if call.startswith("back:")] == [f"back:{done.refund_ref}"]
    with pytest.raises(Invalid):
        await refund(shop, bea, payment, 3501, again=again)
    assert (await refund(shop, bea, payment, 3500, again=again)).status is AttemptStatus.PAID


async def test_a_refund_whose_answer_was_lost_is_given_once(shop: Shop, pete: Human, milo: Human, bea: Human) -> None:
    payment = await paid_by_card(shop, pete, milo)
    shop.store.switches.answers = ["500_after"]
    hanging = await refund(shop, bea, payment, 7000, again=True)
    assert hanging.status is AttemptStatus.PREPARED
    await carry_out_refund(shop.here, payment.organization_id, hanging.id)
    assert len([call for call in shop.store.calls if call.startswith("back:")]) == 1
    assert [line.open for line in await shop.lines(client_of(milo))] == [7000, 7000]


async def test_cash_pays_the_oldest_first_and_the_same_click_once(shop: Shop, casey: Human, bea: Human) -> None:
    received = service_staff.Received(casey.client_id, Method.CASH, 10000, DAY, "", uuid4())
    for _ in range(2):
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            await service_staff.record_payment(work, access, received=received)
    assert [line.open for line in await shop.lines(client_of(casey))] == [4000, 7000]
    too_much = service_staff.Received(casey.client_id, Method.CASH, 11001, DAY, "", uuid4())
    with pytest.raises(Invalid):
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            await service_staff.record_payment(work, access, received=too_much)


async def test_a_charge_cannot_be_worth_less_than_is_being_paid(
    shop: Shop, pete: Human, milo: Human, bea: Human
) -> None:
    await shop.set_out(pete, milo, part=5000)
    line = (await shop.lines(client_of(milo)))[0]

    async def adjust(cents: int) -> None:
        async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
            await service.adjust_charge(
                work,
                access,
                charge_id=line.charge_id,
                cents=cents,
                reason=AdjustmentReason.DISCOUNT,
                revision=line.revision,
            )

    with pytest.raises(Invalid):
        await adjust(-2001)
    await adjust(-2000)
    with pytest.raises(Conflict):
        await adjust(-1)
    assert (await shop.lines(client_of(milo)))[0].free == 0


async def test_therapists_see_the_balance_of_their_own_and_change_nothing(
    shop: Shop, tess: Human, noah: Human, casey: Human
) -> None:
    async with as_staff(shop.database, tess, StaffTask.MONEY) as (work, access):
        names = [debtor.client.given_name for debtor in await service_books.list_debtors(work, access)]
        assert names == ["Casey", "Milo"]
        received = service_staff.Received(casey.client_id, Method.CASH, 100, DAY, "", uuid4())
        with pytest.raises(NotPermitted):
            await service_staff.record_payment(work, access, received=received)
        with pytest.raises(NotPermitted):
            await export_month(work, access, month="2026-11")
    async with as_staff(shop.database, noah, StaffTask.MONEY) as (work, access):
        assert await service_books.list_debtors(work, access) == []
        with pytest.raises(NotFound):
            await service_books.read_account(work, access, client_id=casey.client_id)


async def test_therapists_see_what_is_open_and_not_who_paid_how(
    shop: Shop, pete: Human, milo: Human, tess: Human, bea: Human
) -> None:
    await paid_by_card(shop, pete, milo)
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        await service_fees.agree_fee(work, access, client_id=milo.client_id, cents=2500)
    for who, sees in ((bea, True), (tess, False)):
        async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
            account = await service_books.read_account(work, access, client_id=milo.client_id)
        assert account.lines
        assert (bool(account.payments), account.fee is not None) == (sees, sees)


async def test_nothing_crosses_to_another_practice(
    shop: Shop, pete: Human, milo: Human, lena: Human, bea: Human
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    with pytest.raises(NotFound):
        await refund(shop, lena, payment, 100, again=False)
    with pytest.raises(NotFound):
        async with as_staff(shop.database, lena, StaffTask.MONEY) as (work, access):
            await service_books.read_account(work, access, client_id=milo.client_id)
    assert (await refund(shop, bea, payment, 100, again=False)).status is AttemptStatus.PAID


async def test_a_receipt_belongs_to_whoever_paid(shop: Shop, pete: Human, gina: Human, milo: Human) -> None:
    payment = await paid_by_card(shop, pete, milo)
    async with as_account(shop.database, pete) as (work, access):
        found = await read_receipt(work, access, payment_id=payment.id)
    assert found.payer == "Pete Park"
    pdf = await typeset(receipt_paper(found), found.payment.created_at)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    with pytest.raises(NotFound):
        async with as_account(shop.database, gina) as (work, access):
            await read_receipt(work, access, payment_id=payment.id)


@pytest.mark.parametrize("table", ["charge", "payment", "allocation", "attempt_item"])
async def test_lines_of_the_ledger_cannot_be_changed(shop: Shop, pete: Human, milo: Human, table: str) -> None:
    await paid_by_card(shop, pete, milo)
    for statement in (f"UPDATE {table} SET amount_cents = 1", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with shop.database.unit_of_work() as work:
                await (await work.connection()).execute(text(statement))


def test_a_refund_takes_from_the_last_charge_first() -> None:
    first, last = uuid4(), uuid4()
    assert take_back(50, [Share(first, 40), Share(last, 30)]) == [Share(last, 30), Share(first, 20)]
