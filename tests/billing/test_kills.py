"""SIGKILL at every point of a payment: one charge, one receipt, an attempt that is decided, balances that add up."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from portal.billing.carrying import carry_out
from portal.billing.sweeping import sweep
from portal.demo.billing import add_session
from portal.integrations.stripe.choose import use_wire
from portal.kit.tokens import token_hash
from portal.models import SavedCard
from portal.sandbox.store import Thing, shown
from portal.sandbox.telling import signature, signing_secret
from tests.billing.conftest import PAID, Shop
from tests.billing.killing import Ward, ward_of
from tests.billing.test_paying import client_of, keep_card
from tests.factories import sign_in
from tests.people import Human
from tests.torture import Death, times_on, write_down

pytestmark = pytest.mark.torture

# What a point means: who dies, and the places at which they die in turn. See victim.py for the places.
POINTS = {
    "before the insert": ("pay", ("insert",)),
    "before the call": ("pay", ("call",)),
    "after the charge and before the commit": ("pay", ("reply", "commit")),
    "webhook lost": ("hear", ("event",)),
    "webhook before our commit": ("pay", ("reply",)),
    "inside the webhook handler": ("hear", ("reply", "commit", "reply", "handled")),
}
FIRST_TOLD = "webhook before our commit"


@dataclass
class Scene:
    """Everybody and everything that a death takes."""

    shop: Shop
    ward: Ward
    gina: Human
    milo: Human
    card: SavedCard
    session: str

    async def die_paying(self, point: str, place: str) -> UUID:
        """Gina pays with her saved card, and the process dies; returns the attempt that her next click finds."""
        wish = await self.shop.wish(self.milo, card_id=self.card.id)
        victim = await self.ward.reach(
            "pay",
            place,
            session=self.session,
            client_id=str(self.milo.client_id),
            card_id=str(self.card.id),
            charge_ids=[str(one) for one in wish.charge_ids],
            seen=wish.seen,
            operation_id=str(wish.operation_id),
        )
        if point == FIRST_TOLD:
            await self.shop.tell_all()
        await self.ward.kill(victim)
        await self.look_after()
        attempt_id = await self.shop.begin(self.gina, self.milo, wish)
        await carry_out(self.shop.here, client_of(self.milo).organization_id, attempt_id)
        return attempt_id

    async def die_hearing(self, place: str) -> UUID:
        """Gina has paid on the processor's page; the process that hears of it dies, and nobody tells again."""
        attempt = await self.shop.set_out(self.gina, self.milo)
        await self.shop.at_page(attempt, "works")
        told = next(one for one in self.shop.store.events if one["type"] == "checkout.session.completed")
        victim = await self.ward.reach("hear", place, **_signed(self.shop, told))
        await self.ward.kill(victim)
        self.shop.store.events.clear()
        await self.look_after()
        return attempt.id

    async def look_after(self) -> None:
        """Look after what hangs, as the periodic job of another process does."""
        while await sweep(self.shop.here, timedelta(seconds=-1)):
            pass

    async def assert_paid_once(self, attempt_id: UUID, payments: int) -> None:
        """The attempt is decided, and money moved once for it; late events change nothing."""
        assert (await self.shop.attempt(attempt_id)).status is PAID
        await self.shop.tell_all()
        assert len([call for call in self.shop.store.calls if call.startswith("money:")]) == payments


def _signed(shop: Shop, event: Thing) -> dict[str, str]:
    body = json.dumps(shown(event))
    return {"body": body, "signature": signature(signing_secret("harbor"), body, shop.store.now())}


@pytest.fixture
async def scene(shop: Shop, gina: Human, milo: Human, database_url: str) -> AsyncIterator[Scene]:
    card = await keep_card(shop, gina, milo)
    await shop.tell_all()
    async with shop.database.unit_of_work() as work:
        for _ in range(times_on(shop.database) * len(POINTS) - 1):  # the shop has one more open session of Milo's
            await add_session(work, client_of(milo), 7000, 3)
    use_wire(httpx.ASGITransport(shop.sandbox))  # what is said on it is held against Stripe's description elsewhere
    session = token_hash(await sign_in(shop.database, gina))
    async with ward_of(shop, database_url) as ward:
        yield Scene(shop, ward, gina, milo, card, session)


async def test_whoever_dies_wherever_money_moves_once(scene: Scene) -> None:
    deaths, paid = [], 1
    for point, (deed, places) in POINTS.items():
        for time in range(times_on(scene.shop.database)):
            place = places[time % len(places)]
            dying = scene.die_paying(point, place) if deed == "pay" else scene.die_hearing(place)
            paid += 1
            await scene.assert_paid_once(await dying, paid)
            deaths.append(Death("a payment", point, place, awaited_reply=place == "reply"))
    write_down(deaths)
    assert 3 * sum(death.awaited_reply for death in deaths) >= len(deaths)
    assert await scene.shop.lines(client_of(scene.milo)) == []
    await scene.shop.assert_adds_up(payments=paid)
