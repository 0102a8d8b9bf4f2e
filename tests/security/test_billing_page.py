"""Money over a bare socket: nobody pays, sees or gives back what is not theirs, whatever they send."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from portal.demo.billing import add_session, connect_sandbox
from portal.models import CardConnection
from tests.security.conftest import Door
from tests.security.tab import PAGE

STATE = f"{PAGE}.portal___billing___paying___state____billing_state"
BOOKS = f"{PAGE}.portal___billing___books___state____books_state"
FIXES = f"{PAGE}.portal___billing___books___state____corrections_state"
TABLES = ("charge", "charge_state", "adjustment", "payment", "payment_attempt", "refund_attempt", "card_connection")


@pytest.fixture
async def charges(door: Door) -> dict[str, str]:
    """A charge of Milo's and one of Casey's, at a practice that is connected."""
    async with door.database.unit_of_work() as work:
        if not (await work.exec(select(CardConnection))).all():
            await connect_sandbox(work, door.cast)
        names = ("milo", "casey")
        return {name: str((await add_session(work, door.cast.clients[name], 7000, 8)).id) for name in names}


async def test_a_payer_reads_dates_and_amounts_alone(door: Door, charges: dict[str, str]) -> None:
    del charges
    pete = await door.tab_of("pete", query={"for": door.client_id("milo")})
    await pete.do(f"{STATE}.load")
    assert "Milo Park, " in pete.text
    assert "$70.00" in pete.text
    for word in ("therapy", "Tess", "Rivera", "Casey", "sk_test", "whsec_"):
        assert word not in pete.text


@pytest.mark.parametrize(
    "changed",
    [
        {"part": "0"},
        {"part": "-1"},
        {"part": "1e9"},
        {"part": "NaN"},
        {"part": "9999999.99"},
        {"amount": "1"},
        {"currency": "EUR"},
        {"card": "0191b3a0-0000-7000-8000-000000000000"},
        {"card": "x"},
        {"operation_id": "x"},
        {"charge-x": "on"},
        {"charge-0191b3a0-0000-7000-8000-000000000000": "on"},
    ],
)
async def test_a_forged_payment_reserves_nothing(door: Door, charges: dict[str, str], changed: dict[str, Any]) -> None:
    before = await door.rows(*TABLES)
    pete = await door.tab_of("pete", query={"for": door.client_id("milo")})
    await pete.do(f"{STATE}.load")
    fields = {"operation_id": str(uuid4()), f"charge-{charges['milo']}": "on", **changed}
    await pete.do(f"{STATE}.pay", fields=fields)
    assert pete.page["notice_tone"] == "problem"
    assert "Something went wrong" not in pete.text
    await pete.do(f"{STATE}.pay", fields={"operation_id": str(uuid4()), f"charge-{charges['casey']}": "on"})
    assert pete.page["notice_tone"] == "problem"
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize("name", ["gina", "frank", "tess", "lena"])
async def test_only_those_who_keep_the_books_change_them(door: Door, charges: dict[str, str], name: str) -> None:
    before = await door.rows(*TABLES)
    client, practice = door.client_id("milo"), "lakeside" if name == "lena" else "harbor"
    tab = await door.tab_of(name, query={"practice": practice})
    day = {"client_id": client, "amount": "5", "day": "2026-01-01", "operation_id": str(uuid4())}
    deeds: list[tuple[str, dict[str, Any]]] = [
        (f"{BOOKS}.charge", day),
        (f"{BOOKS}.receive", {**day, "method": "cash"}),
        (f"{FIXES}.adjust", {"charge_id": charges["milo"], "revision": "1", "amount": "-5", "reason": "discount"}),
    ]
    for handler, sent in deeds:
        await tab.do(handler, sent=sent)
        assert tab.page["notice_tone"] == "problem"
    assert await door.rows(*TABLES) == before
    bea = await door.tab_of("bea", query={"practice": "harbor"})
    for handler, sent in deeds:
        await bea.do(handler, sent=sent)
        assert bea.page["notice_tone"] == "info"
    assert await door.rows(*TABLES) != before
