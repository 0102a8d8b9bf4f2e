"""Who gets a superbill, who reads and enters diagnoses, and what is written down about it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from portal.access.gate import open_view
from portal.billing.superbills import queries
from portal.clients.rules import InvalidFields
from portal.database import Database
from portal.errors import NotFound, NotPermitted
from portal.kit.tokens import token_hash
from portal.models import (
    AccessLog,
    AuditEvent,
    Client,
    ClientDiagnosis,
    Grant,
    Permission,
)
from tests.billing.superbills import days, diagnose, for_staff, held, own, paper
from tests.factories import sign_in
from tests.people import Human


@pytest.mark.parametrize(
    ("person", "client", "gets"),
    [
        ("gina", "milo", True),
        ("gina", "tara", False),
        ("pete", "milo", False),
        ("tara", "tara", False),
    ],
)
async def test_who_has_the_insurance_takes_one_and_who_may_pay_or_schedule_alone_does_not(
    milos: Database, request: pytest.FixtureRequest, person: str, client: str, gets: bool
) -> None:
    who, of = request.getfixturevalue(person), request.getfixturevalue(client)
    if gets:
        assert "F93.0" in json.dumps(await paper(milos, who, of))
        return
    with pytest.raises(NotPermitted, match="what sessions were about"):
        await own(milos, who, of)


async def test_tara_takes_one_once_she_is_of_age(milos: Database, tara: Human) -> None:
    async with milos.unit_of_work() as work:
        born = days(milos).last.replace(day=1) - timedelta(days=19 * 366)
        await work.exec(update(Client).where(Client.id == tara.client_id).values(birth_date=born))  # type: ignore[arg-type]
    assert len((await own(milos, tara, tara)).visits) == 1


async def test_it_is_gone_with_the_grant(milos: Database, gina: Human, milo: Human) -> None:
    assert len((await own(milos, gina, milo)).visits) == 2
    assert gina.contact
    async with milos.unit_of_work() as work:
        here = (Grant.contact_id == gina.contact.id, Grant.permission == Permission.SCHEDULING)
        await work.exec(update(Grant).where(*here).values(ended_at=work.now))
    with pytest.raises(NotPermitted):
        await own(milos, gina, milo)


@pytest.mark.parametrize(("whom", "gets"), [("gina", True), ("pete", False)])
async def test_a_view_is_told_what_that_person_gets(
    milos: Database, request: pytest.FixtureRequest, avery: Human, milo: Human, whom: str, gets: bool
) -> None:
    token = token_hash(await sign_in(milos, avery))
    async with milos.unit_of_work(writes=False) as work:
        contact = request.getfixturevalue(whom).contact
        access = await open_view(work, token, milo.client_id, contact.id, Permission.PAYMENTS)
    assert access.gets_superbill is gets


@pytest.mark.parametrize(
    ("person", "refusal"),
    [("avery", None), ("tess", None), ("bea", None), ("noah", NotFound), ("frank", NotPermitted), ("lena", NotFound)],
)
async def test_staff_take_one_by_the_table(
    harbor: Database, request: pytest.FixtureRequest, casey: Human, person: str, refusal: type[Exception] | None
) -> None:
    who = request.getfixturevalue(person)
    if refusal is not None:
        with pytest.raises(refusal):
            await for_staff(harbor, who, casey)
        return
    assert len((await for_staff(harbor, who, casey)).visits) == 4
    async with harbor.unit_of_work(writes=False) as work:
        looks = (await work.exec(select(AccessLog).where(AccessLog.kind == "superbill"))).all()
    assert [(one.account_id, one.client_id) for one in looks] == [(who.account_id, casey.client_id)]


async def test_a_contacts_look_is_written_down_and_ones_own_is_not(
    milos: Database, gina: Human, milo: Human, casey: Human
) -> None:
    await own(milos, casey, casey)
    await own(milos, gina, milo)
    async with milos.unit_of_work(writes=False) as work:
        looks = (await work.exec(select(AccessLog).where(AccessLog.kind == "superbill"))).all()
    assert [(one.account_id, one.client_id) for one in looks] == [(gina.account_id, milo.client_id)]


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        ("avery", None),
        ("tess", None),
        ("bea", NotPermitted),
        ("frank", NotPermitted),
        ("noah", NotFound),
        ("lena", NotFound),
    ],
)
async def test_diagnoses_are_for_those_who_read_answers(
    harbor: Database, request: pytest.FixtureRequest, casey: Human, person: str, refusal: type[Exception] | None
) -> None:
    who, today = request.getfixturevalue(person), days(harbor).last
    if refusal is not None:
        for deed in (held(harbor, who, casey), diagnose(harbor, who, casey, today, "F32.1")):
            with pytest.raises(refusal):
                await deed
        return
    await diagnose(harbor, who, casey, today, "F32.1")
    assert (await held(harbor, who, casey))[0] == ("F32.1",)


@pytest.mark.parametrize("locks", [True, False])
async def test_two_who_enter_at_once_leave_one_entry(
    harbor: Database, casey: Human, tess: Human, avery: Human, monkeypatch: pytest.MonkeyPatch, locks: bool
) -> None:
    """The control without the lock: on PostgreSQL one of the two then fails. SQLite lets one write at a time."""
    if not locks:

        async def lock_client(*_: Any) -> None: ...

        monkeypatch.setattr(queries, "lock_client", lock_client)
    seen, reader = asyncio.Barrier(2), queries.find_diagnosis

    async def find_diagnosis(*asked: Any) -> Any:
        found = await reader(*asked)
        if not locks and not harbor.is_sqlite:
            await seen.wait()
        return found

    monkeypatch.setattr(queries, "find_diagnosis", find_diagnosis)
    both = (diagnose(harbor, who, casey, days(harbor).last, "F32.1") for who in (tess, avery))
    done = await asyncio.gather(*both, return_exceptions=True)
    fails = not locks and not harbor.is_sqlite
    assert [one for one in done if isinstance(one, Exception)] != [] if fails else done == [None, None]
    assert await held(harbor, tess, casey) == [("F32.1",), ("F41.1",)]


async def test_diagnoses_are_sealed_and_the_chain_names_none(harbor: Database, casey: Human, tess: Human) -> None:
    await diagnose(harbor, tess, casey, days(harbor).last, "F32.1")
    await held(harbor, tess, casey)
    async with harbor.unit_of_work(writes=False) as work:
        rows = (await work.exec(select(ClientDiagnosis))).all()
        event = (await work.exec(select(AuditEvent).where(AuditEvent.action == "diagnosis.changed"))).one()
        look = (await work.exec(select(AccessLog).where(AccessLog.kind == "diagnosis"))).one()
    assert len(rows) == 2
    assert not [row for row in rows if b"F41" in row.codes or b"F32" in row.codes]
    assert (event.client_id, event.detail) == (casey.client_id, "{}")
    assert (look.account_id, look.client_id) == (tess.account_id, casey.client_id)


@pytest.mark.parametrize("codes", ["F41", "F41.1", "Z63.0 F43.10", "M1A.00X0"])
async def test_codes_that_are_some_are_taken(harbor: Database, casey: Human, tess: Human, codes: str) -> None:
    await diagnose(harbor, tess, casey, days(harbor).last, codes)
    assert " ".join((await held(harbor, tess, casey))[0]) == codes


@pytest.mark.parametrize("codes", ["anxiety", "41.1", "F4", "F41.", "F41.12345", "F41.1, x"])
async def test_what_is_no_code_is_refused_without_repeating_it(
    harbor: Database, casey: Human, tess: Human, codes: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        await diagnose(harbor, tess, casey, days(harbor).last, codes)
    assert set(refused.value.fields) == {"codes"}
    assert "anxiety" not in str(refused.value)
    with pytest.raises(InvalidFields, match="day from which"):
        await diagnose(harbor, tess, casey, days(harbor).last + timedelta(days=1), "F41.1")
