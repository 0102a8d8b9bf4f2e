"""Money over a bare socket: nobody pays, sees or gives back what is not theirs, whatever they send."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from portal.demo.billing import add_session, connect_sandbox
from portal.models import AttemptKind, AttemptStatus, CardConnection, PaymentAttempt, ProcessorEvent, SavedCard
from tests.security.conftest import Door
from tests.security.tab import PAGE

KEYS = f"{PAGE}.portal___billing___connection___state____connection_state"
KEPT = f"{PAGE}.portal___billing___kept___state____kept_cards_state"
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
        {"part": "1" + "0" * 18},
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
    assert pete.refused
    assert "Something went wrong" not in pete.text
    await pete.do(f"{STATE}.pay", fields={"operation_id": str(uuid4()), f"charge-{charges['casey']}": "on"})
    assert pete.refused
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
        assert tab.refused
    assert await door.rows(*TABLES) == before
    bea = await door.tab_of("bea", query={"practice": "harbor"})
    for handler, sent in deeds:
        await bea.do(handler, sent=sent)
        assert bea.page["notice_tone"] == "info"
    assert await door.rows(*TABLES) != before


async def test_no_key_of_the_processor_ever_comes_back(door: Door, charges: dict[str, str]) -> None:
    """Bad keys are not quoted, good ones are sealed; neither whoever put them in nor anybody else sees one again."""
    del charges
    avery = await door.tab_of("avery", path="/practice/card-processing", query={"practice": "harbor"})
    await avery.do(f"{KEYS}.load")
    before = await door.rows("card_connection")
    for secret, signing in (
        ("sk_test_marker", "x"),
        ("rk_test_" + "marker" * 5, "whsec_" + "marker" * 5),
        ("sk_test_" + "marker" * 60, "whsec_" + "marker" * 60),
    ):
        await avery.do(
            f"{KEYS}.connect", sent={"secret": secret, "signing": signing, **({"x": "1"} if signing == "x" else {})}
        )
        assert avery.refused
    assert await door.rows("card_connection") == before
    bea = await door.tab_of("bea", query={"practice": "harbor"})
    await bea.do(f"{BOOKS}.load")
    await bea.do(f"{FIXES}.load")
    pete = await door.tab_of("pete", query={"for": door.client_id("milo")})
    await pete.do(f"{STATE}.load")
    for tab in (avery, bea, pete):
        assert [
            key for key in ("sk_test", "sk_live", "rk_test", "rk_live", "whsec_", "marker") if key in tab.text
        ] == []
    assert "marker" not in door.logged()
    (row,) = [row for row in before["card_connection"] if row]
    assert not any(key in bytes(part) for part in row if isinstance(part, bytes) for key in (b"sk_", b"whsec_"))


@pytest.mark.parametrize("name", ["gina", "frank", "tess", "lena"])
async def test_only_those_who_keep_the_books_decide_what_is_unclear(
    door: Door, charges: dict[str, str], name: str
) -> None:
    del charges
    before = await door.rows("client_fee", "processor_event")
    tab = await door.tab_of(name, query={"practice": "lakeside" if name == "lena" else "harbor"})
    event_id = str(uuid4())
    async with door.database.unit_of_work() as work:
        told = {"event_ref": event_id, "kind": "refund.created", "object_ref": "re_1", "outcome": "unknown"}
        row = ProcessorEvent(organization_id=door.cast.harbor.id, received_at=work.now, handled_at=work.now, **told)
        work.add(row)
    before = await door.rows("client_fee", "processor_event")
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("agree", {"sent": {"client_id": door.client_id("milo"), "amount": "25"}}),
        ("decide", {"kind": "event", "item": str(row.id)}),
    ]
    for handler, sent in deeds:
        await tab.do(f"{FIXES}.{handler}", **sent)
        assert tab.refused
    assert await door.rows("client_fee", "processor_event") == before
    bea = await door.tab_of("bea", query={"practice": "harbor"})
    for handler, sent in deeds:
        await bea.do(f"{FIXES}.{handler}", **sent)
        assert bea.page["notice_tone"] == "info"
    assert await door.rows("client_fee", "processor_event") != before


async def test_a_refund_waits_for_the_password(door: Door, charges: dict[str, str]) -> None:
    del charges
    token = await door.sign_in("bea")
    async with door.database.unit_of_work() as work:
        long_ago = work.now - timedelta(minutes=11)
    await door.change_session(token, stepped_up_at=long_ago)
    bea = await door.tab(token, path="/practice/billing", query={"practice": "harbor"}).open()
    sent = {"operation_id": str(uuid4()), "payment_id": str(uuid4()), "amount": "1"}
    await bea.do(f"{FIXES}.refund", sent=sent)
    assert bea.page["step_up_asked"] == 1
    await door.change_session(token, stepped_up_at=long_ago + timedelta(minutes=11))
    await bea.do(f"{FIXES}.refund", sent=sent)
    assert bea.refused, "there is no such payment, and now it says so"


async def keep_card(door: Door, who: str, last4: str) -> str:
    async with door.database.unit_of_work() as work:
        kept = SavedCard(
            organization_id=door.cast.harbor.id,
            account_id=door.cast.accounts[who].id,
            account_ref="acct_sandbox_harbor",
            ref=f"pm_{uuid4().hex}",
            brand="visa",
            last4=last4,
            exp_month=12,
            exp_year=2040,
            consent="agreed",
            created_at=work.now,
        )
        work.add(kept)
    return str(kept.id)


async def test_who_views_as_a_payer_sees_no_card_neither_the_payers_nor_their_own(
    door: Door, charges: dict[str, str]
) -> None:
    """Nor what they have begun to pay themselves."""
    await keep_card(door, "gina", "8521")
    await keep_card(door, "avery", "7463")
    milo, gina = door.client_id("milo"), await door.tab_of("gina", query={"for": door.client_id("milo")})
    await gina.do(f"{STATE}.load")
    assert "ending in 8521" in gina.text
    assert gina.state[STATE]["is_view"] is False
    assert gina.state[STATE]["balance"]["can_pay"] is True
    async with door.database.unit_of_work() as work:
        begun = PaymentAttempt(
            organization_id=door.cast.harbor.id,
            client_id=door.cast.clients["milo"].id,
            account_id=door.cast.accounts["avery"].id,
            operation_id=uuid4(),
            kind=AttemptKind.CARD_SETUP,
            status=AttemptStatus.WAITING,
            amount_cents=0,
            currency="USD",
            started_at=work.now,
            checked_at=work.now,
            expires_at=work.now + timedelta(hours=1),
        )
        work.add(begun)
    try:
        whom = str(door.cast.contacts["gina"].id)
        avery = await door.tab_of("avery", query={"for": milo, "as": whom})
        for handler in ("load", "reload"):
            await avery.do(f"{STATE}.{handler}")
            assert avery.state[STATE]["balance"]["charges"]
            assert avery.state[STATE]["balance"]["can_pay"] is False
            assert (avery.state[STATE]["cards"], avery.state[STATE]["is_view"]) == ([], True)
            assert avery.state[STATE]["waiting"]["id"] == ""
        assert [digits for digits in ("ending in", str(begun.id)) if digits in avery.text] == []
    finally:
        async with door.database.unit_of_work() as work:
            await work.delete(await work.get_one(PaymentAttempt, begun.id))


async def test_a_card_is_seen_and_removed_by_whose_it_is_with_no_more_than_the_login(
    door: Door, charges: dict[str, str]
) -> None:
    """Another's is not found, whatever id is sent, and staff who view as its owner see none; no grant is needed."""
    del charges
    card = await keep_card(door, "gina", "6019")
    before = await door.rows("saved_card")
    for who, query in (
        ("pete", {"for": door.client_id("milo")}),
        ("bea", {"practice": "harbor"}),
        ("avery", {"for": door.client_id("milo"), "as": str(door.cast.contacts["gina"].id)}),
    ):
        tab = await door.tab_of(who, path="/account", query=query)
        await tab.do(f"{KEPT}.load")
        assert "6019" not in tab.text
        for sent in (card, str(uuid4()), "x", "", None, {"id": card}):
            await tab.do(f"{KEPT}.remove", card=sent)
        assert "Something went wrong" not in tab.text
        assert tab.page["notice_tone"] != "info"
    assert await door.rows("saved_card") == before
    gina = await door.tab_of("gina", path="/account", query={"for": door.client_id("casey")})
    await gina.do(f"{KEPT}.load")
    assert "Visa ending in 6019" in gina.text
    await gina.do(f"{KEPT}.remove", card=card)
    assert "could not be told" in gina.page["notice"]
    assert card not in json.dumps(gina.state[KEPT])
    assert await door.rows("saved_card") != before
