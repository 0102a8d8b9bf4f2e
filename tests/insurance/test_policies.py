"""Policies in their order, with history, and the practice's list of payers."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.audit.service import verify_chain
from portal.clients.rules import InvalidFields
from portal.database import Database
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.insurance import rules, service, service_payers, words
from portal.insurance.service import Typed
from portal.insurance.starter import LARGE_PAYERS, install_payers
from portal.insurance.views import Cards
from portal.models import AuditEvent, Payer, PolicyVersion
from tests.factories import as_staff
from tests.insurance.conftest import OWN, Counter
from tests.people import Human
from tests.statements import statements_of


async def test_a_policy_is_kept_as_it_was_typed_and_sealed(counter: Counter, milo: Human) -> None:
    policy_id = await counter.add(milo, member_id=" w123 456-789 ", plan="  Open   Choice ")
    (view,) = await counter.policies(milo)
    assert (view.place, view.payer, view.fields["member_id"]) == ("Primary", "Aetna", "W123 456-789")
    assert [line.text for line in view.lines][:2] == ["Open Choice", "W123 456-789"]
    async with counter.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(PolicyVersion).where(PolicyVersion.policy_id == policy_id))).one()
    for secret in (b"W123", b"Gina", b"1987", b"0098765"):
        assert secret not in row.details


async def test_policies_have_an_order_that_staff_change(counter: Counter, casey: Human) -> None:
    first = await counter.add(casey, payer="Aetna")
    second = await counter.add(casey, payer="Medicare", place=2)
    third = await counter.add(casey, payer="Humana", place=1)
    assert [(one.place, one.payer) for one in await counter.policies(casey)] == [
        ("Primary", "Humana"),
        ("Secondary", "Aetna"),
        ("Tertiary", "Medicare"),
    ]
    with pytest.raises(Invalid, match="three policies"):
        await counter.add(casey, payer="Cigna Healthcare", place=3)
    async with counter.staff(casey) as (work, access):
        await service.move_policy(work, access, policy_id=second, place=1)
    assert [one.payer for one in await counter.policies(casey)] == ["Medicare", "Humana", "Aetna"]
    async with counter.staff(casey) as (work, access):
        await service.end_policy(work, access, policy_id=second, seen=1)
    assert [one.id for one in await counter.policies(casey)] == [str(third), str(first)]
    assert (await counter.policy(second)).ended_at is not None


async def test_a_change_keeps_what_was_before(counter: Counter, milo: Human, bea: Human) -> None:
    policy_id = await counter.add(milo)
    front = await counter.photo(milo, bea)
    async with counter.staff(milo) as (work, access):
        typed = Typed("Medicare", {**OWN, "member_id": "NEW1"}, Cards(front=front), seen=1)
        await service.change_policy(work, access, policy_id=policy_id, typed=typed)
    await counter.change(milo, policy_id, seen=2, payer="Medicare", member_id="NEW1")
    async with counter.staff(milo) as (work, access):
        past = await service.list_history(work, access, policy_id=policy_id)
    assert len(past) == 2
    assert [(line.label, line.before, line.after) for line in past[0].lines] == [
        ("Insurance company", "Aetna", "Medicare"),
        ("Member ID", "W123456789", "NEW1"),
        ("Front of the card", "", ""),
    ]
    assert past[0].lines[2].after_photo == f"/files/{front}"
    assert past[0].told.startswith("Bea Ortiz, ")


async def test_who_saw_an_older_policy_does_not_write_over_a_newer(counter: Counter, milo: Human, avery: Human) -> None:
    policy_id = await counter.add(milo)
    await counter.change(milo, policy_id, seen=1, member_id="OURS")
    with pytest.raises(Conflict, match="changed this insurance"):
        await counter.change(milo, policy_id, seen=1, member_id="THEIRS", by=avery)
    with pytest.raises(Conflict):
        async with counter.staff(milo) as (work, access):
            await service.end_policy(work, access, policy_id=policy_id, seen=1)
    assert [one["member_id"] for one in await counter.versions(policy_id)] == ["W123456789", "OURS"]


@pytest.mark.parametrize("has_lock", [True, False])
async def test_of_two_who_change_at_once_one_is_told(
    counter: Counter, milo: Human, avery: Human, monkeypatch: pytest.MonkeyPatch, has_lock: bool
) -> None:
    """The control without the comparison: then the second writes over the first without a word."""
    policy_id = await counter.add(milo)
    if not has_lock:

        async def claim(_work: Any, _policy: Any, _revision: int) -> None: ...

        async def write(work: Any, policy: Any, _number: int, content: Any, by: Any) -> None:
            await real(work, policy, uuid4().int % 10**6 + 2, content, by)

        real = service.writing.write_version
        monkeypatch.setattr("portal.insurance.writing.claim_policy", claim)
        monkeypatch.setattr("portal.insurance.writing.write_version", write)
    both = (counter.change(milo, policy_id, seen=1, member_id=f"N{by.name}", by=by) for by in (counter.bea, avery))
    done = await asyncio.gather(*both, return_exceptions=True)
    told = [one for one in done if isinstance(one, Conflict)]
    assert len(await counter.versions(policy_id)) == (2 if has_lock else 3)
    assert len(told) == (1 if has_lock else 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"member_id": ""}, "member_id"),
        ({"member_id": "<script>"}, "member_id"),
        ({"member_id": "1" * 41}, "member_id"),
        ({"group_number": "=1+1"}, "group_number"),
        ({"plan": "x" * 121}, "plan"),
        ({"plan": "odd\u202e\u0007"}, "plan"),
        ({"subscriber": "friend"}, "subscriber"),
        ({"subscriber_name": ""}, "subscriber_name"),
        ({"subscriber_birth_date": ""}, "subscriber_birth_date"),
        ({"subscriber_birth_date": "2999-01-01"}, "subscriber_birth_date"),
        ({"first_day": "tomorrow"}, "first_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
        ({"last_day": "2025-12-31"}, "last_day"),
    ],
)
async def test_what_cannot_be_kept_is_named(counter: Counter, milo: Human, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        await counter.add(milo, **changed)
    assert set(refused.value.fields) == {field}
    assert await counter.policies(milo) == []
    await counter.add(milo)
    assert len(await counter.policies(milo)) == 1


def test_who_holds_their_own_insurance_is_not_named_twice() -> None:
    kept = rules.check_details({**OWN, "subscriber": "self"}, today=date(2026, 11, 24))
    assert (kept["subscriber_name"], kept["subscriber_birth_date"]) == ("", "")


@pytest.mark.parametrize("name", ["tess", "frank", "gina", "lena"])
async def test_only_those_who_look_after_insurance_get_in(
    counter: Counter, request: pytest.FixtureRequest, milo: Human, name: str
) -> None:
    who: Human = request.getfixturevalue(name)
    with pytest.raises((NotFound, NotPermitted)):
        await counter.add(milo, by=who)
    assert await counter.policies(milo) == []
    await counter.add(milo, by=request.getfixturevalue("avery"))
    assert len(await counter.policies(milo)) == 1


async def test_nothing_crosses_to_another_client_or_practice(
    counter: Counter, milo: Human, casey: Human, lena: Human, quinn: Human, bea: Human
) -> None:
    policy_id = await counter.add(milo)
    photo = await counter.photo(milo, bea)
    for client, by in ((casey, bea), (quinn, lena)):
        with pytest.raises(NotFound):
            await counter.change(client, policy_id, seen=1, member_id="X", by=by)
        with pytest.raises(NotFound):
            async with counter.staff(client, by) as (work, access):
                await service.move_policy(work, access, policy_id=policy_id, place=2)
        with pytest.raises(NotFound):
            async with counter.staff(client, by) as (work, access):
                await service.end_policy(work, access, policy_id=policy_id, seen=1)
        with pytest.raises(NotFound):
            async with counter.staff(client, by) as (work, access):
                await service.list_history(work, access, policy_id=policy_id)
        with pytest.raises(Invalid, match="not there any more"):
            await counter.add(client, cards=Cards(front=photo), by=by)
    await counter.change(milo, policy_id, seen=1, member_id="X")


@pytest.mark.parametrize("statement", ["UPDATE policy_version SET number = 9", "DELETE FROM policy_version"])
async def test_history_cannot_be_changed(counter: Counter, milo: Human, statement: str) -> None:
    await counter.add(milo)
    with pytest.raises(DBAPIError, match="append-only"):
        async with counter.database.unit_of_work() as work:
            await (await work.connection()).execute(text(statement))


async def test_the_list_is_searched_by_any_words(database: Database, bea: Human, lena: Human) -> None:
    async with as_staff(database, bea, StaffTask.INSURANCE_REVIEW) as (work, access):
        await service_payers.add_payer(work, access, name="Łódź Mutual & Co.")
        assert await service_payers.suggest_payers(work, access, typed="BLUE tex") == [
            "Blue Cross and Blue Shield of Texas"
        ]
        assert await service_payers.suggest_payers(work, access, typed="lodz") == ["Łódź Mutual & Co."]
        assert await service_payers.suggest_payers(work, access, typed="100%") == []
        assert len(await service_payers.suggest_payers(work, access, typed="")) == service_payers.OFFERED
        page = await service_payers.list_payers(work, access, typed="")
        rest = await service_payers.list_payers(work, access, typed="", after=page[-1].name)
        assert sorted(row.name for row in (*page, *rest)) == sorted((*LARGE_PAYERS, "Łódź Mutual & Co."))
    async with as_staff(database, lena, StaffTask.INSURANCE_REVIEW) as (work, access):
        assert await service_payers.suggest_payers(work, access, typed="lodz") == []


async def test_a_company_is_on_the_list_once_and_can_be_put_aside(counter: Counter, milo: Human, bea: Human) -> None:
    async with counter.staff(None) as (work, access):
        with pytest.raises(Conflict, match="already"):
            await service_payers.add_payer(work, access, name="  aetna ")
        assert await service_payers.add_large_payers(work, access) == 0
        aetna = (await service_payers.list_payers(work, access, typed="aetna"))[0]
    async with counter.staff(None) as (work, access):
        await service_payers.offer_payer(work, access, payer_id=UUID(aetna.id), is_offered=False)
        assert await service_payers.suggest_payers(work, access, typed="aetna") == []
    with pytest.raises(InvalidFields, match="not on your list"):
        await counter.add(milo, payer="Aetna")
    await counter.add(milo, payer="Aetna", adds_payer=True)
    async with counter.staff(None) as (work, access):
        assert await service_payers.suggest_payers(work, access, typed="aetna") == ["Aetna"]


async def test_another_practice_s_company_is_not_found(database: Database, bea: Human, lena: Human) -> None:
    async with database.unit_of_work(writes=False) as work:
        assert bea.membership
        theirs = (await work.exec(select(Payer).where(Payer.organization_id == bea.membership.organization_id))).first()
    assert theirs
    for who, found in ((lena, False), (bea, True)):
        async with as_staff(database, who, StaffTask.INSURANCE_REVIEW) as (work, access):
            if found:
                await service_payers.offer_payer(work, access, payer_id=theirs.id, is_offered=False)
            else:
                with pytest.raises(NotFound):
                    await service_payers.offer_payer(work, access, payer_id=theirs.id, is_offered=False)


async def test_large_payers_come_back_once(database: Database, bea: Human) -> None:
    assert bea.membership
    async with database.unit_of_work() as work:
        assert await install_payers(work, bea.membership.organization_id) == 0
    assert len(LARGE_PAYERS) == len({rules.payer_key(name) for name in LARGE_PAYERS}) > 50


async def test_every_change_is_in_the_chain_without_a_word_of_it(counter: Counter, milo: Human) -> None:
    policy_id = await counter.add(milo, payer="Sunrise Mutual", adds_payer=True)
    await counter.change(milo, policy_id, seen=1, payer="Sunrise Mutual", member_id="NEW1")
    assert milo.client
    async with counter.database.unit_of_work(writes=False) as work:
        events = (await work.exec(select(AuditEvent).order_by(AuditEvent.sequence))).all()  # type: ignore[arg-type]
        assert [one.action for one in events] == [
            "insurance.payer_added",
            "insurance.policy_added",
            "insurance.policy_changed",
        ]
        assert [one.detail for one in events] == ["{}"] * 3
        assert (await verify_chain(work, milo.client.organization_id)).intact


async def test_a_policy_takes_few_statements(counter: Counter, milo: Human, casey: Human, bea: Human) -> None:
    for payer in ("Aetna", "Medicare"):
        await counter.add(casey, payer=payer, place=2)
    photo = await counter.photo(casey, bea)
    async with counter.staff(casey) as (work, access):
        with statements_of(counter.database) as found:
            typed = Typed("Brand New Mutual", OWN, Cards(front=photo), adds_payer=True)
            await service.add_policy(work, access, typed=typed, place=1)
    reads = [one for one in found if one.lstrip().startswith("SELECT")]
    assert len(reads) <= 5
    assert len(found) - len(reads) <= 8
    async with counter.staff(casey) as (work, access):
        with statements_of(counter.database) as found:
            await service.list_policies(work, access)
    assert [one.split()[0] for one in found] == ["SELECT", "INSERT"], "the policies, and that somebody looked"
    assert words.PLACES[2] == "Tertiary"
