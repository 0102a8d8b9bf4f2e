"""Cards that one keeps: written down when kept, named, chosen and removed; and removed for as long as one signs in."""

import json
from datetime import datetime
from uuid import uuid4

import pytest
from sqlmodel import col, select, update

from portal.audit.service import verify_chain
from portal.billing import service_cards
from portal.billing.carrying import carry_out, look
from portal.billing.carrying_cards import forget_card
from portal.billing.service_paying import begin_card_setup
from portal.billing.showing import kept_card_row
from portal.errors import NotFound, NotPermitted
from portal.models import AuditEvent, CardConnection, Grant, Organization, Permission, SavedCard
from tests.billing.conftest import Shop
from tests.billing.test_paying import client_of, keep_card
from tests.factories import as_account, as_client
from tests.people import Human
from tests.statements import statements_of


async def written(shop: Shop) -> list[AuditEvent]:
    """What the chain says of cards, in order."""
    async with shop.database.unit_of_work(writes=False) as work:
        found = await work.exec(select(AuditEvent).order_by(col(AuditEvent.sequence)))
        return [one for one in found.all() if one.action.startswith("card.")]


async def actions(shop: Shop) -> list[str]:
    return [one.action for one in await written(shop)]


async def end_grants(shop: Shop) -> None:
    async with shop.database.unit_of_work() as work:
        await work.exec(update(Grant).values(ended_at=work.now))


async def remove(shop: Shop, who: Human, card: SavedCard) -> bool:
    """Remove a card as /account does; says whether the processor forgot it too."""
    async with as_account(shop.database, who) as (work, access):
        removed = await service_cards.remove_own_card(work, access, card_id=card.id)
    return await forget_card(shop.here, removed)


async def kept_by(shop: Shop, who: Human) -> list[str]:
    async with as_account(shop.database, who, writes=False) as (work, access):
        return [kept_card_row(one).detail for one in await service_cards.list_own_cards(work, access)]


def customer_of(shop: Shop, card: SavedCard) -> str | None:
    found: str | None = shop.store.things[card.ref]["customer"]
    return found


async def test_keeping_a_card_with_a_payment_is_written_down_once(shop: Shop, pete: Human, milo: Human) -> None:
    card = await keep_card(shop, pete, milo)
    await shop.tell_all()
    (kept,) = await written(shop)
    assert (kept.action, kept.object_id, kept.client_id) == ("card.kept", card.id, milo.client_id)
    assert json.loads(kept.detail) == {"account": str(pete.account_id)}
    async with shop.database.unit_of_work(writes=False) as work:
        assert (await verify_chain(work, card.organization_id)).intact


async def test_keeping_a_card_without_a_payment_is_written_down_from_the_beginning(
    shop: Shop, pete: Human, milo: Human
) -> None:
    click = uuid4()
    for _ in range(2):
        async with as_client(shop.database, pete, milo, Permission.PAYMENTS) as (work, access):
            attempt_id = await begin_card_setup(work, access, operation_id=click)
    organization_id = client_of(milo).organization_id
    await carry_out(shop.here, organization_id, attempt_id)
    assert await actions(shop) == ["card.begun"]
    await shop.at_page(await shop.attempt(attempt_id), "works")
    for _ in range(2):
        await look(shop.here, organization_id, attempt_id)
    await shop.tell_all()
    assert await actions(shop) == ["card.begun", "card.kept"]
    begun, kept = await written(shop)
    assert (begun.actor_id, kept.actor_name) == (pete.account_id, "card processor")


async def test_naming_choosing_and_removing_are_written_down(shop: Shop, gina: Human, milo: Human) -> None:
    card = await keep_card(shop, gina, milo)
    async with as_client(shop.database, gina, milo, Permission.PAYMENTS) as (work, access):
        await service_cards.name_card(work, access, card_id=card.id, name="Visa of my mother")
        await service_cards.choose_card(work, access, card_id=card.id)
        removed = await service_cards.remove_card(work, access, card_id=card.id)
    assert await forget_card(shop.here, removed)
    assert await actions(shop) == ["card.kept", "card.named", "card.chosen", "card.removed", "card.forgotten"]
    assert "mother" not in "".join(one.detail for one in await written(shop))


async def test_the_card_goes_after_the_grant_ended_and_where_nobody_may_pay(
    shop: Shop, pete: Human, milo: Human
) -> None:
    card = await keep_card(shop, pete, milo)
    assert customer_of(shop, card)
    await end_grants(shop)
    with pytest.raises((NotFound, NotPermitted)):
        async with as_client(shop.database, pete, milo, Permission.PAYMENTS) as (work, access):
            await service_cards.remove_card(work, access, card_id=card.id)
    assert await kept_by(shop, pete) == ["Harbor Counseling · Expires 12/2034"]
    assert await remove(shop, pete, card)
    assert customer_of(shop, card) is None, "the processor has forgotten it too"
    assert await kept_by(shop, pete) == []
    assert (await actions(shop))[-2:] == ["card.removed", "card.forgotten"]


@pytest.mark.parametrize("gone", ["keys", "account", "answer"])
async def test_where_the_processor_cannot_be_told_the_card_goes_here_and_it_is_said(
    shop: Shop, pete: Human, milo: Human, gone: str
) -> None:
    """The practice has no connection any more, has one to another account, or nobody answers."""
    card = await keep_card(shop, pete, milo)
    values: dict[str, datetime | str | None] = {"connected_at": None} if gone == "keys" else {"account_ref": "acct_2"}
    async with shop.database.unit_of_work() as work:
        if gone == "answer":
            shop.wire.away = 9
        else:
            await work.exec(update(CardConnection).values(**values))
            await work.exec(update(Organization).values(card_processing_connected_at=None))
    assert not await remove(shop, pete, card)
    shop.wire.away = 0
    assert customer_of(shop, card)
    assert await kept_by(shop, pete) == []
    assert (await actions(shop))[-2:] == ["card.removed", "card.not_forgotten"]


async def test_nobody_removes_the_card_of_another_nor_one_twice(
    shop: Shop, pete: Human, gina: Human, milo: Human
) -> None:
    card = await keep_card(shop, pete, milo)
    assert await kept_by(shop, gina) == []
    with pytest.raises(NotFound):
        await remove(shop, gina, card)
    assert await remove(shop, pete, card)
    with pytest.raises(NotFound):
        await remove(shop, pete, card)
    assert (await actions(shop)).count("card.removed") == 1


async def test_cards_of_every_practice_are_one_statement(shop: Shop, pete: Human, milo: Human, lena: Human) -> None:
    card = await keep_card(shop, pete, milo)
    assert lena.membership
    async with shop.database.unit_of_work() as work:
        common = card.model_dump(exclude={"id", "organization_id", "ref"})
        for number in range(5):
            work.add(SavedCard(**common, organization_id=lena.membership.organization_id, ref=f"pm_{number}"))
    async with as_account(shop.database, pete, writes=False) as (work, access):
        with statements_of(shop.database) as run:
            found = await service_cards.list_own_cards(work, access)
    assert len(run) == 1
    assert [one.practice_name.split()[0] for one in found] == ["Harbor", *["Lakeside"] * 5]
