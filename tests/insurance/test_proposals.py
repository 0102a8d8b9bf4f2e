"""Proposals: what the client's side asks for, who may ask, and what never becomes one."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from portal.clients.rules import InvalidFields
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SentBefore
from portal.insurance import service, service_deciding, service_proposing
from portal.insurance.views import Cards
from portal.models import (
    ClientRestriction,
    Grant,
    InsuranceProposal,
    OrganizationSetting,
    OutboxMail,
    Permission,
    ProposalStatus,
)
from portal.notifications.outbox import context_of
from portal.settings.catalog import SettingName
from tests.conftest import Clock
from tests.factories import as_client
from tests.insurance.conftest import Counter
from tests.people import Human
from tests.statements import statements_of


async def test_what_is_proposed_is_not_in_force_and_sealed(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    await counter.propose(gina, milo, policy_id, payer="Sunrise Mutual", member_id="NEW1")
    (policy,) = await counter.policies(milo)
    assert (policy.payer, policy.fields["member_id"], policy.waiting) == ("Aetna", "W123456789", True)
    async with counter.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(InsuranceProposal))).one()
    assert b"NEW1" not in row.details
    assert b"Sunrise" not in row.details


async def test_the_same_click_counts_once_and_one_change_waits_at_a_time(
    counter: Counter, gina: Human, milo: Human
) -> None:
    policy_id, click = await counter.add(milo), uuid4()
    first = await counter.propose(gina, milo, policy_id, member_id="NEW1", operation_id=click)
    assert await counter.propose(gina, milo, policy_id, member_id="NEW1", operation_id=click) == first
    with pytest.raises(SentBefore):
        await counter.propose(gina, milo, policy_id, member_id="NEW2", operation_id=click)
    with pytest.raises(Conflict, match="waits for the practice already"):
        await counter.propose(gina, milo, policy_id, member_id="NEW2")
    both = (counter.propose(gina, milo, payer="Humana", plan=plan) for plan in ("A", "B"))
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one) for one in done if not isinstance(one, UUID)) == [Conflict]
    async with as_client(counter.database, gina, milo, Permission.INSURANCE) as (work, access):
        await service_proposing.take_back(work, access, proposal_id=first)
    await counter.propose(gina, milo, policy_id, member_id="NEW2")
    assert len([one for one in await counter.proposals(gina, milo) if one.is_waiting]) == 2


@pytest.mark.parametrize("how", ["practice", "client"])
async def test_a_company_that_is_not_listed_is_proposed_only_where_that_is_on(
    counter: Counter, gina: Human, milo: Human, how: str
) -> None:
    await counter.propose(gina, milo, payer="Sunrise Mutual")
    assert milo.client
    async with counter.database.unit_of_work() as work:
        if how == "practice":
            off = update(OrganizationSetting).where(col(OrganizationSetting.name) == SettingName.NEW_PAYERS)
            await work.exec(off.values(value="false"))
        else:
            here = {"organization_id": milo.client.organization_id, "client_id": milo.client_id}
            work.add(ClientRestriction(**here, setting=SettingName.NEW_PAYERS, created_at=work.now))
        gone = update(InsuranceProposal).values(status=ProposalStatus.WITHDRAWN)
        await work.exec(gone)
    with pytest.raises(InvalidFields, match="not on the list of Harbor Counseling"):
        await counter.propose(gina, milo, payer="Sunrise Mutual")
    await counter.propose(gina, milo, payer="aetna")


async def test_who_may_not_see_insurance_proposes_nothing(
    counter: Counter, gina: Human, pete: Human, milo: Human, tara: Human, casey: Human, omar: Human, quinn: Human
) -> None:
    policy_id = await counter.add(milo)
    for who, client in ((pete, milo), (omar, omar), (gina, tara), (casey, milo), (quinn, milo)):
        with pytest.raises((NotFound, NotPermitted)):
            await counter.propose(who, client, policy_id, member_id="X")
        with pytest.raises((NotFound, NotPermitted)):
            await counter.proposals(who, client)
    async with as_client(counter.database, pete, milo, Permission.PAYMENTS) as (work, access):
        with pytest.raises(NotPermitted):
            await service_proposing.list_proposals(work, access)
        with pytest.raises(NotPermitted):
            await service.list_policies(work, access)
    await counter.propose(gina, milo, policy_id, member_id="X")


async def test_a_policy_or_photo_of_somebody_else_is_not_there(
    counter: Counter, gina: Human, milo: Human, casey: Human, quinn: Human, lena: Human
) -> None:
    others = await counter.add(casey)
    for policy_id in (others, uuid4()):
        with pytest.raises(NotFound):
            await counter.propose(gina, milo, policy_id, member_id="X")
    photos = [await counter.photo(casey, casey), await counter.photo(quinn, quinn), uuid4()]
    for photo in photos:
        with pytest.raises(Invalid, match="not there any more"):
            await counter.propose(gina, milo, cards=Cards(back=photo))
    proposal_id = await counter.propose(gina, milo, cards=Cards(back=await counter.photo(milo, gina)))
    view = await counter.open(proposal_id)
    with pytest.raises(NotFound):
        await counter.open(proposal_id, by=lena)
    with pytest.raises(NotFound):
        await counter.decide(view, service_deciding.accept_all(view), by=lena)
    with pytest.raises(Conflict):
        async with as_client(counter.database, quinn, quinn, Permission.INSURANCE) as (work, access):
            await service_proposing.take_back(work, access, proposal_id=proposal_id)
    await counter.decide(view, service_deciding.accept_all(view))


async def test_a_grant_that_ended_ends_it_at_once(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    await counter.propose(gina, milo, policy_id, member_id="NEW1")
    async with counter.database.unit_of_work() as work:
        ended = update(Grant).where(col(Grant.permission) == Permission.INSURANCE).values(ended_at=work.now)
        await work.exec(ended)
    with pytest.raises(NotPermitted):
        await counter.propose(gina, milo, payer="Humana")


async def test_nothing_else_than_before_is_no_proposal(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id = await counter.add(milo)
    with pytest.raises(Invalid, match="Nothing is different"):
        await counter.propose(gina, milo, policy_id)
    await counter.propose(gina, milo, policy_id, last_day="2026-12-31")


async def test_staff_get_a_mail_that_says_nothing_of_it(
    counter: Counter, gina: Human, milo: Human, clock: Clock
) -> None:
    first = await counter.propose(gina, milo, payer="Sunrise Mutual")
    async with as_client(counter.database, gina, milo, Permission.INSURANCE) as (work, access):
        await service_proposing.take_back(work, access, proposal_id=first)
    await counter.propose(gina, milo, payer="Sunrise Mutual")
    clock.now += timedelta(minutes=15)
    async with counter.database.unit_of_work(writes=False) as work:
        mails = (await work.exec(select(OutboxMail))).all()
        assert sorted(mail.to_address for mail in mails) == ["avery@harbor.example", "bea@harbor.example"]
        assert [context_of(work.ring, mail) for mail in mails] == [{}, {}]
        assert all(mail.account_id for mail in mails)


async def test_each_step_takes_few_statements(counter: Counter, gina: Human, milo: Human) -> None:
    policy_id, photo = await counter.add(milo), await counter.photo(milo, gina)
    wish = service_proposing.Wish(
        uuid4(), "Sunrise Mutual", {"member_id": "N1", "subscriber": "self"}, policy_id, 1, Cards(front=photo)
    )
    async with as_client(counter.database, gina, milo, Permission.INSURANCE) as (work, access):
        with statements_of(counter.database) as found:
            proposal_id = await service_proposing.propose(work, access, wish=wish)
    assert_few(found)
    view = await counter.open(proposal_id)
    decision = service_deciding.Decision(service_deciding.accept_all(view), view.revision, view.policy)
    async with counter.staff(None) as (work, access):
        with statements_of(counter.database) as found:
            await service_deciding.decide(work, access, proposal_id=proposal_id, decision=decision)
    assert_few(found)
    async with as_client(counter.database, gina, milo, Permission.INSURANCE) as (work, access):
        with statements_of(counter.database) as found:
            await service_proposing.list_proposals(work, access)
    assert len(found) == 2


def assert_few(found: list[str]) -> None:
    reads = [one for one in found if one.lstrip().startswith("SELECT")]
    assert len(reads) <= 6, "five, and the end of the chain, which is locked to be written to"
    assert len(found) - len(reads) <= 8
