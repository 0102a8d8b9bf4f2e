"""Receipts for ever, clients found whether or not they owe, agreed fees, a month no cell of which is a formula."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.billing import service_books, service_fees, service_own
from portal.billing.exporting import export_month
from portal.clients.service_search import reindex
from portal.errors import NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import AppointmentStatus, AuditEvent, Charge, Client, ClientFee, Method, Payment, Permission
from tests.billing.conftest import Shop
from tests.billing.test_appointments import held, mark, worth
from tests.billing.test_books import paid_by_card, refund
from tests.billing.test_paying import client_of
from tests.factories import as_account, as_client, as_staff
from tests.people import Human
from tests.statements import statements_of


async def add_lines(shop: Shop, client: Client, number: int, account_id: UUID | None = None) -> None:
    """Settled charges of long ago: two lines of the ledger for each, and an allocation."""
    async with shop.database.unit_of_work() as work:
        day = (work.now - timedelta(days=400)).date()
        common = {"organization_id": client.organization_id, "currency": "USD"}
        for place in range(number):
            moment = work.now - timedelta(days=400) + timedelta(minutes=place)
            charge, payment = new_id(), new_id()
            own = {"client_id": client.id, "amount_cents": 7000, "created_at": moment}
            work.add(Charge(id=charge, on_day=day, **common, **own))
            work.add(Payment(id=payment, account_id=account_id, method=Method.CASH, received_on=day, **common, **own))


async def test_receipts_stay_and_come_a_page_at_a_time(
    shop: Shop, pete: Human, gina: Human, milo: Human, casey: Human
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    await add_lines(shop, client_of(milo), service_own.RECEIPTS, pete.account_id)
    await add_lines(shop, client_of(casey), 1, gina.account_id)
    async with shop.database.unit_of_work() as work:
        record = await work.get_one(Client, milo.client_id)
        record.archived_at = work.now
        work.add(record)
    async with as_account(shop.database, pete) as (work, access):
        first = await service_own.list_receipts(work, access)
        assert first[0].payment.id == payment.id
        assert len(first) == service_own.RECEIPTS
        (last,) = await service_own.list_receipts(work, access, after=first[-1].payment.id)
        assert last.practice_name == "Harbor Counseling"
    async with as_account(shop.database, gina) as (work, access):
        assert len(await service_own.list_receipts(work, access)) == 1
        with pytest.raises(NotFound):
            await service_own.list_receipts(work, access, after=payment.id)


async def test_what_came_back_stands_beside_the_receipt(shop: Shop, pete: Human, milo: Human, bea: Human) -> None:
    payment = await paid_by_card(shop, pete, milo)
    await refund(shop, bea, payment, 3500, again=False)
    async with as_account(shop.database, pete) as (work, access):
        (receipt,) = await service_own.list_receipts(work, access)
    assert receipt.given_back == 3500


async def test_clients_are_found_whether_or_not_they_owe(
    shop: Shop, bea: Human, tess: Human, noah: Human, lena: Human
) -> None:
    async with shop.database.unit_of_work() as work:
        await reindex(work)

    async def found(who: Human, typed: str) -> list[str]:
        async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
            return [one.client.given_name for one in await service_books.find_accounts(work, access, typed=typed)]

    assert await found(bea, "morg") == ["Morgan"]
    assert await found(bea, "mil") == await found(tess, "mil") == ["Milo"]
    assert await found(bea, "") == ["Casey", "Milo"]
    assert await found(tess, "morg") == await found(lena, "morg") == await found(noah, "mil") == []


async def test_what_is_agreed_counts_from_now_on(shop: Shop, bea: Human, tess: Human, noah: Human, milo: Human) -> None:
    async def agree(who: Human, cents: int | None) -> None:
        async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
            await service_fees.agree_fee(work, access, client_id=milo.client_id, cents=cents, is_copay=True)

    with pytest.raises(NotPermitted):
        await agree(noah, 100)
    await agree(bea, 2500)
    appointment_id = await held(shop, tess, milo)
    await mark(shop, tess, appointment_id, AppointmentStatus.KEPT)
    assert await worth(shop, appointment_id) == [2500]
    await agree(bea, None)
    async with shop.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(ClientFee))).all() == []


async def test_two_who_agree_at_once_both_do(
    shop: Shop, bea: Human, avery: Human, milo: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits for the first, and what is written down about it says what was there before."""
    meet, find = asyncio.Barrier(2), service_fees.find_client

    async def together(*args: Any, **more: Any) -> Any:
        await meet.wait()
        return await find(*args, **more)

    if not shop.database.is_sqlite:  # there a second unit does not even begin to look
        monkeypatch.setattr(service_fees, "find_client", together)

    async def agree(who: Human, cents: int | None) -> None:
        async with as_staff(shop.database, who, StaffTask.MONEY) as (work, access):
            await service_fees.agree_fee(work, access, client_id=milo.client_id, cents=cents)

    await asyncio.gather(agree(bea, 2500), agree(avery, 2600))
    await asyncio.gather(agree(bea, None), agree(avery, 2700))
    async with shop.database.unit_of_work(writes=False) as work:
        rows = (await work.exec(select(AuditEvent).where(AuditEvent.action == "fee.agreed"))).all()
        left = [one.cents for one in (await work.exec(select(ClientFee))).all()]
    told = [json.loads(row.detail) for row in sorted(rows, key=lambda row: row.sequence)]
    assert [one["before"] for one in told] == [None, *[one["after"] for one in told[:-1]]]
    assert left == [one["after"] for one in told[-1:] if one["after"] is not None]


async def test_no_cell_of_a_month_is_a_formula(shop: Shop, bea: Human, casey: Human) -> None:
    async with shop.database.unit_of_work() as work:
        record = await work.get_one(Client, casey.client_id)
        record.given_name, record.family_name = "=cmd|'/c calc'!A1", "@SUM(1)"
        work.add(record)
        work.add(
            Payment(
                organization_id=record.organization_id,
                client_id=record.id,
                operation_id=uuid4(),
                method=Method.CHECK,
                amount_cents=100,
                currency="USD",
                received_on=work.now.date(),
                reference="+1-555",
                created_at=work.now,
            )
        )
        month = f"{work.now:%Y-%m}"
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        table = (await export_month(work, access, month=month)).decode("utf-8-sig")
    assert "1.00" in table
    cells = [cell.strip('"') for line in table.splitlines()[1:] for cell in line.split(",")]
    assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell] == []


async def test_many_lines_cost_no_more_statements_and_no_more_rows(shop: Shop, gina: Human, milo: Human) -> None:
    """Who was a client for years opens the page with as many statements as who came last week."""

    async def cost() -> tuple[int, int]:
        async with as_client(shop.database, gina, milo, Permission.PAYMENTS, writes=False) as (work, access):
            with statements_of(shop.database) as run:
                lines = await service_own.read_balance(work, access)
                payments, _ = await service_own.read_history(work, access)
        return len(run), len(lines) + len(payments)

    few = await cost()
    await add_lines(shop, client_of(milo), 300)
    statements, rows = await cost()
    assert statements == few[0] == 2
    assert rows == few[1] + service_own.HISTORY
