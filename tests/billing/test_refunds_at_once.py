"""Refunds that fail while others look: an older answer, two who hear of it at once, another refund at the same time."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from portal.billing import queries_attempts, settling_refunds
from portal.billing.carrying_refunds import note_refund
from portal.billing.hearing import handle_event
from portal.errors import Invalid
from portal.models import ProcessorEvent
from portal.sandbox.store import Thing
from tests.billing.conftest import FAILED, WAITING, Shop
from tests.billing.test_books import paid_by_card, refund
from tests.billing.test_refunds_that_fail import actions, allocated, attempt_of, fails, given, open_of, seen_of
from tests.billing.test_unclear import status_of
from tests.people import Human


@pytest.mark.parametrize("is_pending", [True, False])
async def test_an_answer_that_is_older_than_the_failure_changes_nothing(
    shop: Shop, pete: Human, milo: Human, bea: Human, is_pending: bool
) -> None:
    """Somebody asked before it failed, and comes to write it down after; and of another refund nothing is believed."""
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "pending", again=True)
    attempt = await attempt_of(shop, back)
    other = seen_of(back, attempt, ref="re_other", is_given=False, is_over=True)
    await note_refund(shop.here, attempt, payment, other)
    assert await status_of(shop, attempt.id) is WAITING
    await fails(shop, back)
    after = await open_of(shop, milo)
    await note_refund(shop.here, attempt, payment, seen_of(back, attempt, is_pending=is_pending))
    assert (await status_of(shop, attempt.id), await open_of(shop, milo)) == (FAILED, after)
    assert await allocated(shop, payment) == [7000, -3500, 3500]


async def told_at_once(shop: Shop, back: Thing) -> None:
    """Two events about one failure, kept, and followed at the same time."""
    back["status"] = "failed"
    for kind in ("refund.failed", "refund.updated"):
        shop.store.note_event("harbor", kind, back)
    async with shop.database.unit_of_work() as work:
        (organization_id,) = (await work.exec(select(ProcessorEvent.organization_id).distinct())).all()
        kept = [
            ProcessorEvent(
                organization_id=organization_id,
                event_ref=event["id"],
                kind=event["type"],
                object_ref=back["id"],
                received_at=work.now,
            )
            for event in shop.store.events
        ]
        work.add_all(kept)
    shop.store.events.clear()
    await asyncio.gather(*(handle_event(shop.here, organization_id, event.id) for event in kept))


async def test_two_who_hear_of_it_at_once_take_it_back_once(
    shop: Shop, pete: Human, milo: Human, bea: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=False)
    both_have_read(monkeypatch)
    await told_at_once(shop, back)
    assert await allocated(shop, payment) == [7000, -3500, 3500]
    assert (await actions(shop, "refund."))[-2:] == ["refund.given", "refund.came_back"]


async def test_without_compare_and_swap_both_would(
    shop: Shop, pete: Human, milo: Human, bea: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=False)
    both_have_read(monkeypatch)
    swap = settling_refunds.close_refund

    async def blind(*args: Any, **more: Any) -> bool:
        await swap(*args, **more)
        return "before" in more

    monkeypatch.setattr(settling_refunds, "close_refund", blind)
    await told_at_once(shop, back)
    assert await allocated(shop, payment) == [7000, -3500, 3500, 3500]


def both_have_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both read the attempt before either writes."""
    meet, find = asyncio.Barrier(2), queries_attempts.find_refund_attempt

    async def together(*args: Any) -> Any:
        found = await find(*args)
        await meet.wait()
        return found

    monkeypatch.setattr(queries_attempts, "find_refund_attempt", together)


async def test_one_is_taken_back_while_another_is_given(shop: Shop, pete: Human, milo: Human, bea: Human) -> None:
    """Whoever comes second counts what the first has written."""
    payment = await paid_by_card(shop, pete, milo)
    back = await given(shop, bea, payment, "succeeded", again=True)
    attempt = await attempt_of(shop, back)
    back["status"] = "failed"
    over = seen_of(back, attempt, is_given=False, is_over=True)
    await asyncio.gather(note_refund(shop.here, attempt, payment, over), refund(shop, bea, payment, 3500, again=True))
    assert sum(await allocated(shop, payment)) == 3500
    assert await open_of(shop, milo) == [(3500, 7000, 3500), (7000, 7000, 0)]
    with pytest.raises(Invalid):
        await refund(shop, bea, payment, 3501, again=True)
