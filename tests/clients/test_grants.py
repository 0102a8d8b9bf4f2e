"""What contacts may do: given, changed, ended, and what that does to a tab that is open (row 21 of security.md)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from portal.access.gate import open_client
from portal.clients.rules import InvalidFields
from portal.clients.rules_grants import PRESETS, list_presets
from portal.clients.service_contacts import add_contact
from portal.clients.service_grants import change_grant, end_grant, give_grants
from portal.clients.service_network import list_network
from portal.clients.views import Added
from portal.clients.views_network import GrantFields, GrantState, Preset
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.clock import today_in
from portal.models import Account, Basis, Client, Contact, Grant, Permission
from tests.clients.office import contact, events, sign_in, staff

OTHER = GrantFields(basis=Basis.OTHER)


async def aunt(work: Work, cast: Cast) -> UUID:
    """Milo's aunt, who has a login."""
    access = await staff(work, cast, "avery", client="milo")
    added = await add_contact(work, access, fields=contact(), relationship="aunt")
    assert isinstance(added, Added)
    account = Account(email="ada@mail.example", email_key="ada@mail.example", name="Ada Park", created_at=work.now)
    work.add(account)
    await work.flush()
    row = (await work.exec(select(Contact).where(Contact.id == UUID(added.id)))).one()
    row.account_id = account.id
    work.add(row)
    await work.flush()
    cast.accounts["ada"] = account
    return row.id


async def grant_of(work: Work, cast: Cast, client: str, person: str, permission: Permission) -> Grant:
    query = select(Grant).where(
        Grant.client_id == cast.clients[client].id,
        Grant.contact_id == cast.contacts[person].id,
        Grant.permission == permission,
    )
    return (await work.exec(query.order_by(col(Grant.given_at).desc()))).first()  # type: ignore[return-value] # it is there


async def test_an_aunt_may_schedule_until_the_last_day_and_not_after(
    database: Database, cast: Cast, clock: Any
) -> None:
    milo = cast.clients["milo"].id
    async with database.unit_of_work() as work:
        ada = await aunt(work, cast)
        today = today_in("America/New_York", work.now)
        last = today + timedelta(days=30)
        access = await staff(work, cast, "avery", client="milo")
        fields = GrantFields(last_day=last.isoformat(), note="While Gina is away")
        given = await give_grants(work, access, contact_id=ada, preset=Preset.SCHEDULER, fields=fields)
        assert given.sentence == "Ada Park now has scheduling for Milo Park."
        assert {f"client:{milo}", f"account:{cast.accounts['ada'].id}"} <= work.topics
        session = await sign_in(work, cast, "ada")
        assert (await open_client(work, session, milo, Permission.SCHEDULING)).relationship == "aunt"
        for other in set(Permission) - {Permission.SCHEDULING}:
            with pytest.raises(NotPermitted, match="no access"):
                await open_client(work, session, milo, other)
    clock.now += timedelta(days=30)
    async with database.unit_of_work() as work:
        session = await sign_in(work, cast, "ada")
        await open_client(work, session, milo, Permission.SCHEDULING)
    clock.now += timedelta(days=1)
    async with database.unit_of_work() as work:
        session = await sign_in(work, cast, "ada")
        with pytest.raises(NotPermitted, match="until a date that has passed"):
            await open_client(work, session, milo, Permission.SCHEDULING)


async def test_a_grant_ended_while_the_tab_is_open_refuses_the_next_click(database: Database, cast: Cast) -> None:
    milo = cast.clients["milo"].id
    async with database.unit_of_work() as work:
        session = await sign_in(work, cast, "pete")
        await open_client(work, session, milo, Permission.PAYMENTS)
    async with database.unit_of_work() as work:
        grant = await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)
        access = await staff(work, cast, "avery", client="milo")
        await end_grant(work, access, grant_id=grant.id)
        assert {f"client:{milo}", f"account:{cast.accounts['pete'].id}"} <= work.topics
    async with database.unit_of_work(writes=False) as work:
        with pytest.raises(NotPermitted, match="Your access to payments for Milo Park has ended"):
            await open_client(work, session, milo, Permission.PAYMENTS)
    async with database.unit_of_work() as work:
        await end_grant(work, access, grant_id=grant.id)
        ended = [detail for action, detail in await events(work, cast.harbor.id) if action == "grant.ended"]
        assert [(one["permission"], one["contact"]) for one in ended] == [("payments", str(cast.contacts["pete"].id))]


@pytest.mark.parametrize("preset", list(Preset))
async def test_a_preset_gives_what_it_says(database: Database, cast: Cast, preset: Preset) -> None:
    async with database.unit_of_work() as work:
        ada = await aunt(work, cast)
        access = await staff(work, cast, "avery", client="milo")
        given = await give_grants(work, access, contact_id=ada, preset=preset, fields=GrantFields())
        _, _, permissions, basis = PRESETS[preset]
        assert given.given == [one.value for one in permissions]
        rows = (await work.exec(select(Grant).where(Grant.contact_id == ada))).all()
        assert {(row.permission, row.basis) for row in rows} == {(one, basis) for one in permissions}
        assert all(row.given_by == cast.accounts["avery"].id for row in rows)
        (event,) = [detail for action, detail in await events(work, cast.harbor.id) if action == "grant.given"]
        assert (event["permissions"], event["basis"]) == (given.given, basis.value)
        assert set(event["grants"]) == {str(row.id) for row in rows}
        assert len(list_presets()) == 4


async def test_what_is_held_stays_as_it_was_and_is_named(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        pete = cast.contacts["pete"].id
        for expected in (["forms"], []):
            given = await give_grants(
                work, access, contact_id=pete, permissions=[Permission.PAYMENTS, Permission.FORMS], fields=OTHER
            )
            assert given.given == expected
        assert given.already == ["forms", "payments"]
        assert given.sentence.startswith("Pete Park already had forms and payments. Nothing was changed")
        assert (await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)).basis is Basis.PAYER_ONLY
        assert [action for action, _ in await events(work, cast.harbor.id)] == ["grant.given"]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"first_day": "2026-12-10", "last_day": "2026-12-09"}, "last_day", "before the first day"),
        ({"last_day": "2026-11-23"}, "last_day", "before the first day"),
        ({"first_day": "2026-01-01", "last_day": "2026-11-23"}, "last_day", "passed already"),
        ({"first_day": "tomorrow"}, "first_day", "year-month-day"),
        ({"last_day": "9999-12-31"}, "last_day", "100 years"),
        ({"note": "x" * 401}, "note", "400 letters"),
    ],
)
async def test_days_that_do_not_fit_are_refused_with_a_sentence(
    database: Database, cast: Cast, fields: dict[str, str], field: str, sentence: str
) -> None:
    async with database.unit_of_work() as work:
        ada = await aunt(work, cast)
        access = await staff(work, cast, "avery", client="milo")
        payments = [Permission.PAYMENTS]
        wrong = GrantFields(basis=Basis.OTHER, **fields)
        with pytest.raises(InvalidFields) as refused:
            await give_grants(work, access, contact_id=ada, permissions=payments, fields=wrong)
        assert sentence in refused.value.fields[field]
        right = GrantFields(basis=Basis.OTHER, first_day="2026-11-24", last_day="2026-11-24")
        assert (await give_grants(work, access, contact_id=ada, permissions=payments, fields=right)).given


async def test_nothing_chosen_is_refused(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        pete = cast.contacts["pete"].id
        with pytest.raises(Invalid, match="at least one thing"):
            await give_grants(work, access, contact_id=pete, fields=OTHER)
        with pytest.raises(Invalid, match="why they may do this"):
            await give_grants(work, access, contact_id=pete, permissions=[Permission.FORMS], fields=GrantFields())


async def test_no_parent_acts_for_somebody_of_age(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="casey")
        added = await add_contact(work, access, fields=contact(), relationship="mother")
        assert isinstance(added, Added)
        ada = UUID(added.id)
        with pytest.raises(Invalid, match="Casey Lin is of age"):
            await give_grants(work, access, contact_id=ada, preset=Preset.PARENT, fields=GrantFields())
        fields = GrantFields(basis=Basis.POWER_OF_ATTORNEY)
        given = await give_grants(work, access, contact_id=ada, preset=Preset.PARENT, fields=fields)
        assert len(given.given) == 5


async def test_a_grant_is_for_a_contact_and_a_client_of_this_practice(database: Database, cast: Cast) -> None:
    payments = [Permission.PAYMENTS]
    async with database.unit_of_work() as work:
        pete = cast.contacts["pete"].id
        for person, client in (("lena", "quinn"), ("avery", "tara"), ("tess", "casey")):
            access = await staff(work, cast, person, client=client)
            with pytest.raises(NotFound):
                await give_grants(work, access, contact_id=pete, permissions=payments, fields=OTHER)
        milo = await staff(work, cast, "tess", client="milo")
        await give_grants(work, milo, contact_id=pete, permissions=[Permission.FORMS], fields=OTHER)
        grant = await grant_of(work, cast, "milo", "gina", Permission.FORMS)
        for person, client in (("lena", "quinn"), ("avery", "tara")):
            access = await staff(work, cast, person, client=client)
            with pytest.raises(NotFound):
                await end_grant(work, access, grant_id=grant.id)
            with pytest.raises(NotFound):
                await change_grant(work, access, grant_id=grant.id, fields=OTHER)
        await end_grant(work, milo, grant_id=grant.id)


async def test_a_change_says_from_what_to_what(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        grant = await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)
        first = grant.first_day.isoformat()
        fields = GrantFields(basis=Basis.OTHER, last_day="2027-06-30", note="until summer")
        for _ in range(2):
            await change_grant(work, access, grant_id=grant.id, fields=fields)
        changes = [detail for action, detail in await events(work, cast.harbor.id) if action == "grant.changed"]
        assert changes == [
            {
                "permission": "payments",
                "contact": str(cast.contacts["pete"].id),
                "basis_from": "payer_only",
                "basis_to": "other",
                "last_day_from": None,
                "last_day_to": "2027-06-30",
            }
        ]
        member = next(one for one in (await list_network(work, access)).members if one.name == "Pete Park")
        assert (member.grants[0].first_day, member.grants[0].note) == (first, "until summer")
        with pytest.raises(InvalidFields):
            await change_grant(work, access, grant_id=grant.id, fields=GrantFields(last_day="2026-09-01"))


async def test_a_grant_ends_after_a_day_that_still_counts(database: Database, cast: Cast, clock: Any) -> None:
    milo = cast.clients["milo"].id
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        grant = await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)
        for day, sentence in (("2026-11-23", "has passed"), ("2020-01-01", "before the first day")):
            with pytest.raises(InvalidFields, match=sentence):
                await end_grant(work, access, grant_id=grant.id, last_day=day)
        await end_grant(work, access, grant_id=grant.id, last_day="2026-11-24")
        await open_client(work, await sign_in(work, cast, "pete"), milo, Permission.PAYMENTS)
    clock.now += timedelta(days=1)
    async with database.unit_of_work() as work:
        with pytest.raises(NotPermitted):
            await open_client(work, await sign_in(work, cast, "pete"), milo, Permission.PAYMENTS)
        access = await staff(work, cast, "avery", client="milo")
        with pytest.raises(Conflict, match="has ended"):
            await change_grant(work, access, grant_id=grant.id, fields=GrantFields(last_day="2027-01-01"))
        member = next(one for one in (await list_network(work, access)).members if one.name == "Pete Park")
        assert (member.grants[0].state, bool(member.grants[0].reason)) == (GrantState.OVER, True)


async def test_a_grant_from_a_later_day_waits(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        ada = await aunt(work, cast)
        access = await staff(work, cast, "avery", client="milo")
        fields = GrantFields(basis=Basis.OTHER, first_day="2026-12-01")
        await give_grants(work, access, contact_id=ada, permissions=[Permission.FORMS], fields=fields)
        session = await sign_in(work, cast, "ada")
        with pytest.raises(NotPermitted, match="not started yet"):
            await open_client(work, session, cast.clients["milo"].id, Permission.FORMS)
        member = next(one for one in (await list_network(work, access)).members if one.name == "Ada Park")
        assert [grant.state for grant in member.grants] == [GrantState.NOT_YET]


async def test_at_midnight_the_practices_day_counts_not_the_servers(database: Database, cast: Cast, clock: Any) -> None:
    """23:30 in New York on the last day is the next day in UTC: access holds until midnight there, then not."""
    milo = cast.clients["milo"].id
    async with database.unit_of_work() as work:
        grant = await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)
        await end_grant(work, await staff(work, cast, "avery", client="milo"), grant_id=grant.id, last_day="2026-11-24")
    clock.now = clock.now.replace(day=25, hour=4, minute=30)
    async with database.unit_of_work() as work:
        await open_client(work, await sign_in(work, cast, "pete"), milo, Permission.PAYMENTS)
    clock.now = clock.now.replace(hour=5, minute=0)
    async with database.unit_of_work() as work:
        with pytest.raises(NotPermitted):
            await open_client(work, await sign_in(work, cast, "pete"), milo, Permission.PAYMENTS)


async def test_a_grant_can_be_ended_in_an_archived_record(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        milo = (await work.exec(select(Client).where(Client.id == cast.clients["milo"].id))).one()
        milo.archived_at = work.now
        work.add(milo)
        await work.flush()
        access = await staff(work, cast, "avery", client="milo")
        grant = await grant_of(work, cast, "milo", "pete", Permission.PAYMENTS)
        with pytest.raises(Conflict, match="archived"):
            await change_grant(work, access, grant_id=grant.id, fields=OTHER)
        await end_grant(work, access, grant_id=grant.id)
        assert grant.ended_at is not None
