"""Paying by card, from the click to the receipt, against the sandbox."""

import asyncio
import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.billing.carrying import carry_out, leave, look
from portal.billing.service import adjust_charge
from portal.errors import Conflict, Invalid, NotFound, PortalError
from portal.models import AdjustmentReason, AttemptStatus, Client, SavedCard
from tests.billing.conftest import FAILED, PAID, WAITING, Shop
from tests.factories import as_staff
from tests.people import Human


def client_of(who: Human) -> Client:
    assert who.client
    return who.client


async def keep_card(shop: Shop, who: Human, client: Human, behaviour: str = "works") -> SavedCard:
    """Pay one session with a new card and keep it."""
    attempt = await shop.set_out(who, client, keeps_card=True)
    await shop.at_page(attempt, behaviour, "confirm" if behaviour == "asks" else "pay")
    await look(shop.here, attempt.organization_id, attempt.id)
    async with shop.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(SavedCard))).one()


async def test_a_payer_pays_a_part_with_a_new_card(shop: Shop, pete: Human, milo: Human) -> None:
    attempt = await shop.set_out(pete, milo, part=2500)
    assert attempt.status is WAITING
    assert "No money moves" in (await shop.page.get(f"/checkout/{attempt.session_ref}")).text
    back = await shop.at_page(attempt, "works")
    assert back.headers["location"].endswith(f"&attempt={attempt.id}")
    await shop.tell_all()
    assert (await shop.attempt(attempt.id)).status is PAID
    assert [line.open for line in await shop.lines(client_of(milo))] == [4500, 7000]
    await shop.assert_adds_up(payments=1)
    assert shop.wire.checked > 2


async def test_several_are_paid_at_once(shop: Shop, casey: Human) -> None:
    attempt = await shop.set_out(casey, casey, many=3)
    assert attempt.amount_cents == 21000
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    assert await shop.lines(client_of(casey)) == []
    await shop.assert_adds_up(payments=1)


async def test_a_declined_card_pays_nothing_and_another_may_be_tried(shop: Shop, pete: Human, milo: Human) -> None:
    attempt = await shop.set_out(pete, milo)
    assert "declined" in (await shop.at_page(attempt, "declined")).text
    await shop.tell_all()
    assert (await shop.attempt(attempt.id)).status is WAITING
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    await shop.assert_adds_up(payments=1)


async def test_three_d_secure_on_the_page(shop: Shop, pete: Human, milo: Human) -> None:
    attempt = await shop.set_out(pete, milo)
    assert "is this you" in (await shop.at_page(attempt, "asks")).text
    assert "Nothing was paid" in (await shop.at_page(attempt, "asks", "fail")).text
    await shop.at_page(attempt, "asks", "confirm")
    await shop.tell_all()
    await shop.assert_adds_up(payments=1)


async def test_a_saved_card_pays_at_once(shop: Shop, gina: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo)
    assert card.is_default
    assert card.account_id == gina.account_id
    attempt = await shop.set_out(gina, milo, card_id=card.id)
    assert attempt.status is PAID
    await shop.tell_all()
    await shop.assert_adds_up(payments=2)
    assert await shop.lines(client_of(milo)) == []


async def test_a_saved_card_whose_bank_asks_goes_on_at_the_page(shop: Shop, gina: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo, "asks")
    attempt = await shop.set_out(gina, milo, card_id=card.id)
    assert attempt.status is WAITING
    await shop.at_page(attempt, "asks", "confirm")
    await shop.tell_all()
    await shop.assert_adds_up(payments=2)


async def test_nobody_pays_with_the_card_of_another(shop: Shop, gina: Human, pete: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo)
    with pytest.raises(Invalid):
        await shop.begin(pete, milo, await shop.wish(milo, card_id=card.id))
    assert (await shop.set_out(gina, milo, card_id=card.id)).status is PAID


async def test_ten_clicks_are_one_payment(shop: Shop, pete: Human, milo: Human) -> None:
    wish = await shop.wish(milo, operation_id=uuid4())

    async def click() -> object:
        try:
            return await shop.begin(pete, milo, wish)
        except PortalError as refused:
            return refused.sentence

    found = await asyncio.gather(*(click() for _ in range(10)), return_exceptions=True)
    attempts = {one for one in found if isinstance(one, UUID)}
    assert len(attempts) == 1
    (attempt_id,) = attempts
    for _ in range(3):
        await carry_out(shop.here, client_of(milo).organization_id, attempt_id)
    await shop.at_page(await shop.attempt(attempt_id), "works")
    await shop.tell_all()
    await shop.assert_adds_up(payments=1)


async def test_two_payers_at_once_pay_once(shop: Shop, pete: Human, gina: Human, milo: Human) -> None:
    wishes = [(who, await shop.wish(milo)) for who in (pete, gina)]
    found = await asyncio.gather(*(shop.begin(who, milo, wish) for who, wish in wishes), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "UUID"]


async def test_without_the_lock_both_would_pay(
    shop: Shop, pete: Human, gina: Human, milo: Human, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """The negative control: the same race with compare-and-swap off reserves the same charge twice.

    On SQLite the way in which units of work begin is a lock too, and is off here as well.
    """
    ready = asyncio.Barrier(2)

    async def no_claim(_work: object, _lines: object) -> None:
        await ready.wait()

    monkeypatch.setattr("portal.billing.ledger.claim", no_claim)
    plain = create_async_engine(database_url)
    wishes = [(who, await shop.wish(milo)) for who in (pete, gina)]
    monkeypatch.setattr(shop.database, "write_engine", plain)
    found = await asyncio.gather(*(shop.begin(who, milo, wish) for who, wish in wishes), return_exceptions=True)
    await plain.dispose()
    assert sorted(type(one).__name__ for one in found) == ["UUID", "UUID"], found
    assert (await shop.lines(client_of(milo)))[0].reserved == 14000


async def test_what_changed_since_it_was_shown_is_not_paid(shop: Shop, pete: Human, milo: Human) -> None:
    wish = await shop.wish(milo)
    attempt = await shop.set_out(pete, milo, part=1000)
    with pytest.raises(Conflict):
        await shop.begin(pete, milo, wish)
    await leave(shop.here, attempt.organization_id, attempt.id)
    assert (await shop.attempt(attempt.id)).status is AttemptStatus.ABANDONED
    assert await shop.begin(pete, milo, wish)


@pytest.mark.parametrize("part", [7001, 10**12, 0, -1, 49])
async def test_impossible_parts_are_refused(shop: Shop, pete: Human, milo: Human, part: int) -> None:
    with pytest.raises(Invalid):
        await shop.begin(pete, milo, await shop.wish(milo, part=part))
    assert await shop.begin(pete, milo, await shop.wish(milo, part=7000))


async def test_the_charge_of_another_client_is_not_found(shop: Shop, pete: Human, milo: Human, casey: Human) -> None:
    foreign = await shop.wish(casey)
    with pytest.raises(NotFound):
        await shop.begin(pete, milo, foreign)
    assert await shop.begin(casey, casey, foreign)


async def test_a_paid_charge_is_not_paid_again(shop: Shop, pete: Human, milo: Human) -> None:
    wish = await shop.wish(milo)
    attempt = await shop.set_out(pete, milo)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    with pytest.raises(NotFound):
        await shop.begin(pete, milo, wish)


@pytest.mark.parametrize("mood", ["500", "429", "409", "500_after"])
async def test_bad_days_of_the_processor_end_well(shop: Shop, gina: Human, milo: Human, mood: str) -> None:
    """Whether the money moved or not before the answer was lost: it moves once, and we learn of it."""
    card = await keep_card(shop, gina, milo)
    await shop.tell_all()
    shop.store.switches.answers = [mood]
    attempt = await shop.set_out(gina, milo, card_id=card.id)
    assert attempt.status is AttemptStatus.PREPARED
    await look(shop.here, attempt.organization_id, attempt.id)
    assert (await shop.attempt(attempt.id)).status is PAID
    await shop.tell_all()
    await shop.assert_adds_up(payments=2)


@pytest.mark.parametrize("way", ["cut", "away"])
async def test_time_outs_before_and_after_the_money_moved(shop: Shop, gina: Human, milo: Human, way: str) -> None:
    card = await keep_card(shop, gina, milo)
    setattr(shop.wire, way, 1)
    attempt = await shop.set_out(gina, milo, card_id=card.id)
    assert attempt.status is AttemptStatus.PREPARED
    await look(shop.here, attempt.organization_id, attempt.id)
    await shop.assert_adds_up(payments=2)


async def test_a_card_that_stopped_working_says_so(shop: Shop, gina: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo)
    shop.store.things[card.ref]["_behaviour"] = "declined"
    attempt = await shop.set_out(gina, milo, card_id=card.id)
    assert (attempt.status, attempt.problem) == (FAILED, "declined")
    assert (await shop.lines(client_of(milo)))[0].free == 7000


async def test_going_back_after_success_and_opening_success_by_hand(shop: Shop, pete: Human, milo: Human) -> None:
    """The address that the processor sends people back to proves nothing; its page, once paid, takes nothing more."""
    attempt = await shop.set_out(pete, milo)
    await look(shop.here, attempt.organization_id, attempt.id)
    assert (await shop.attempt(attempt.id)).status is WAITING
    await shop.assert_adds_up(payments=0)
    await shop.at_page(attempt, "works")
    assert "done already" in (await shop.page.get(f"/checkout/{attempt.session_ref}")).text
    for _ in range(2):
        await shop.at_page(attempt, "works")
        await look(shop.here, attempt.organization_id, attempt.id)
    await shop.tell_all()
    await shop.assert_adds_up(payments=1)


async def test_the_processor_hears_no_name_and_nothing_clinical(
    shop: Shop, gina: Human, milo: Human, bea: Human
) -> None:
    card = await keep_card(shop, gina, milo)
    await shop.set_out(gina, milo, card_id=card.id)
    known = json.dumps(shop.store.things)
    assert "Payment to Harbor Counseling" in known
    assert [word for word in ("Milo", "Park", "Gina", "mail.example", "therapy", "Tess") if word in known] == []


async def test_the_price_changed_between_look_and_pay(shop: Shop, pete: Human, milo: Human, bea: Human) -> None:
    wish = await shop.wish(milo)
    line = (await shop.lines(client_of(milo)))[0]
    async with as_staff(shop.database, bea, StaffTask.MONEY) as (work, access):
        await adjust_charge(
            work,
            access,
            charge_id=line.charge_id,
            cents=500,
            reason=AdjustmentReason.CORRECTION,
            revision=line.revision,
        )
    with pytest.raises(Conflict):
        await shop.begin(pete, milo, wish)
    assert await shop.begin(pete, milo, await shop.wish(milo))
