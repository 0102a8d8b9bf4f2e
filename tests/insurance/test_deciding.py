"""What staff make of proposals, field by field: old beside new, changed meanwhile, two at once."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from portal.clients.rules import InvalidFields
from portal.errors import Conflict, Invalid
from portal.insurance import service, service_deciding, service_proposing
from portal.insurance.rules import Ruling, Verdict
from portal.insurance.views import Cards
from portal.models import (
    AccessLog,
    Permission,
)
from tests.factories import as_client
from tests.insurance.conftest import Counter
from tests.people import Human

YES, NO = Verdict.ACCEPT, Verdict.REJECT


async def test_bea_sees_old_and_new_and_decides_field_by_field(
    counter: Counter, gina: Human, milo: Human, bea: Human
) -> None:
    policy_id = await counter.add(milo)
    front = await counter.photo(milo, gina)
    proposal_id = await counter.propose(
        gina, milo, policy_id, payer="Sunrise Mutual", member_id="NEW1", plan="Gold", group_number="",
        cards=Cards(front=front),
    )  # fmt: skip
    view = await counter.open(proposal_id)
    assert (view.client_name, view.about, view.new_payer) == (
        "Milo Park",
        "Change of the primary insurance",
        "Sunrise Mutual",
    )
    assert [(line.label, line.before, line.after) for line in view.lines] == [
        ("Insurance company", "Aetna", "Sunrise Mutual"),
        ("Plan", "Open Choice PPO", "Gold"),
        ("Member ID", "W123456789", "NEW1"),
        ("Group number", "0098765", ""),
        ("Front of the card", "", ""),
    ]
    rulings = {"payer": YES, "plan": NO, "member_id": Ruling(Verdict.EDIT, "new-12"), "group_number": YES, "front": YES}
    await counter.decide(view, rulings, message="Your plan is the same as before.")
    (policy,) = await counter.policies(milo)
    assert (policy.payer, policy.fields["plan"], policy.fields["member_id"]) == (
        "Sunrise Mutual",
        "Open Choice PPO",
        "NEW-12",
    )
    assert (policy.fields["group_number"], policy.fields["front"], policy.waiting) == ("", str(front), False)
    assert (await counter.proposals(gina, milo))[0].message == "Your plan is the same as before."


async def test_gina_sees_what_came_of_each_field_and_who_looked_is_written_down(
    counter: Counter, gina: Human, milo: Human, bea: Human
) -> None:
    policy_id = await counter.add(milo)
    view = await counter.open(
        await counter.propose(gina, milo, policy_id, plan="Gold", member_id="N1", group_number="")
    )
    rulings = {"plan": NO, "member_id": Ruling(Verdict.EDIT, "new-12"), "group_number": YES}
    await counter.decide(view, rulings)
    (outcome,) = await counter.proposals(gina, milo)
    assert [(line.field, line.verdict, line.final) for line in outcome.lines] == [
        ("plan", "Not taken", ""),
        ("member_id", "Changed", "NEW-12"),
        ("group_number", "Accepted", ""),
    ]
    assert not outcome.is_waiting
    async with counter.staff(None) as (work, _access):
        looks = (await work.exec(select(AccessLog).where(AccessLog.kind == "insurance"))).all()
    assert {(one.account_id, one.client_id) for one in looks} == {(bea.account_id, milo.client_id)}


async def test_a_new_policy_takes_the_place_that_staff_choose(counter: Counter, casey: Human) -> None:
    await counter.add(casey, payer="Medicare")
    proposal_id = await counter.propose(casey, casey, payer="Humana", place=1, subscriber="self")
    view = await counter.open(proposal_id)
    assert (view.about, view.place) == ("New primary insurance", "1")
    everything = service_deciding.accept_all(view)
    with pytest.raises(Invalid, match="needs a company"):
        await counter.decide(view, {**everything, "member_id": NO})
    with pytest.raises(Invalid, match="every line"):
        await counter.decide(view, {name: one for name, one in everything.items() if name != "plan"})
    await counter.decide(view, everything, place=2)
    assert [(one.place, one.payer) for one in await counter.policies(casey)] == [
        ("Primary", "Medicare"),
        ("Secondary", "Humana"),
    ]


async def test_what_is_rejected_as_a_whole_leaves_nothing(counter: Counter, gina: Human, milo: Human) -> None:
    proposal_id = await counter.propose(gina, milo, payer="Sunrise Mutual")
    view = await counter.open(proposal_id)
    await counter.decide(view, dict.fromkeys((line.field for line in view.lines), NO), message="Please call us.")
    assert await counter.policies(milo) == []
    async with counter.staff(None) as (work, access):
        assert await service_deciding.list_waiting(work, access) == []
        assert await service_deciding.count_waiting(work, access) == 0


async def test_what_staff_write_has_to_be_right_too(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    view = await counter.open(
        await counter.propose(gina, milo, policy_id, subscriber="other", subscriber_name="Ann Lee")
    )
    with pytest.raises(InvalidFields):
        await counter.decide(view, {"subscriber": YES, "subscriber_name": Ruling(Verdict.EDIT, "1234")})
    assert (await counter.policies(milo))[0].waiting
    await counter.decide(view, {"subscriber": YES, "subscriber_name": YES})


async def test_a_policy_that_changed_meanwhile_is_shown_to_both(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    proposal_id = await counter.propose(gina, milo, policy_id, member_id="NEW1", plan="Gold")
    seen = await counter.open(proposal_id)
    await counter.change(milo, policy_id, seen=1, member_id="OURS")
    with pytest.raises(Conflict, match="changed this insurance"):
        await counter.decide(seen, {"member_id": YES, "plan": YES})
    assert (await counter.proposals(gina, milo))[0].is_stale
    view = await counter.open(proposal_id)
    assert view.is_stale
    assert [(line.field, line.before, line.now, line.after) for line in view.lines] == [
        ("plan", "Open Choice PPO", "", "Gold"),
        ("member_id", "W123456789", "OURS", "NEW1"),
    ]
    await counter.decide(view, {"member_id": NO, "plan": YES})
    (policy,) = await counter.policies(milo)
    assert (policy.fields["member_id"], policy.fields["plan"]) == ("OURS", "Gold")
    with pytest.raises(Conflict, match="still here"):
        await counter.propose(gina, milo, policy_id, seen=1, member_id="NEW2")


@pytest.mark.parametrize("compares", [True, False])
async def test_of_two_who_decide_at_once_one_is_told(
    counter: Counter, gina: Human, milo: Human, avery: Human, monkeypatch: pytest.MonkeyPatch, compares: bool
) -> None:
    """The control without the comparison: then both write a policy of what was proposed once."""
    view = await counter.open(await counter.propose(gina, milo))
    if not compares:

        async def claim(*_: Any) -> None: ...

        monkeypatch.setattr(service_deciding, "_claim", claim)
    everything = service_deciding.accept_all(view)
    both = (counter.decide(view, everything, by=who) for who in (counter.bea, avery))
    done = await asyncio.gather(*both, return_exceptions=True)
    assert len(await counter.policies(milo)) == (1 if compares else 2)
    assert len([one for one in done if isinstance(one, Conflict)]) == (1 if compares else 0)


async def test_what_was_decided_cannot_be_taken_back_nor_decided_again(
    counter: Counter, gina: Human, milo: Human
) -> None:
    proposal_id = await counter.propose(gina, milo)
    view = await counter.open(proposal_id)
    await counter.decide(view, service_deciding.accept_all(view))
    for again in (view, await counter.open(proposal_id)):
        with pytest.raises(Conflict):
            await counter.decide(again, service_deciding.accept_all(again))
    with pytest.raises(Conflict):
        async with as_client(counter.database, gina, milo, Permission.INSURANCE) as (work, access):
            await service_proposing.take_back(work, access, proposal_id=proposal_id)


async def test_a_policy_with_a_waiting_change_is_not_ended(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    await counter.propose(gina, milo, policy_id, member_id="NEW1")
    with pytest.raises(Conflict, match="decide about it first"):
        async with counter.staff(milo) as (work, access):
            await service.end_policy(work, access, policy_id=policy_id, seen=1)
    assert len(await counter.policies(milo)) == 1
