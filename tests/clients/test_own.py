"""The client's own side: seeing who has access, ending it, keeping it; and coming of age."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from portal.access.actor import ClientAccess, Sight
from portal.access.gate import open_client
from portal.clients.service_coming_of_age import stage_of
from portal.clients.service_contacts import add_contact, add_known_contact
from portal.clients.service_grants import give_grants
from portal.clients.service_own import end_grant_as_client, list_who_has_access, renew_grant_as_client
from portal.clients.views import Added, KnownKind
from portal.clients.views_network import AccessHolder, GrantFields, GrantState, Preset
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, NotPermitted
from portal.jobs.coming_of_age import announce_coming_of_age
from portal.kit.clock import birthday, today_in
from portal.models import Client, ClientTherapist, Grant, Organization, OutboxMail, Permission
from portal.notifications.outbox import context_of
from portal.runtime import runtime
from tests.clients.office import acting, contact, events, sign_in, staff

SIGNED = Sight.SIGNED_FORMS
ZONE = "America/New_York"


async def partner(work: Work, cast: Cast) -> UUID:
    """Morgan may pay and schedule for Casey."""
    access = await staff(work, cast, "avery", client="casey")
    added = await add_known_contact(
        work, access, kind=KnownKind.CLIENT, known_id=cast.clients["morgan"].id, relationship="partner"
    )
    fields = GrantFields(note="Asked for on the phone")
    await give_grants(work, access, contact_id=UUID(added.id), preset=Preset.SCHEDULER, fields=fields)
    return UUID(added.id)


async def turn(work: Work, cast: Cast, name: str, born: date) -> None:
    """Change somebody's date of birth."""
    row = (await work.exec(select(Client).where(Client.id == cast.clients[name].id))).one()
    row.birth_date = born
    work.add(row)
    await work.flush()


def born_to_turn(age: int, day: date) -> date:
    return birthday(day, -age)


async def holders(work: Work, access: ClientAccess) -> list[AccessHolder]:
    return await list_who_has_access(work, access)


async def test_an_adult_sees_who_may_do_what_and_no_notes(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
        (morgan,) = await holders(work, await acting(work, cast, "casey", "casey", SIGNED))
        assert (morgan.name, morgan.relationship) == ("Morgan Diaz", "partner")
        assert [(one.label, one.note, one.state) for one in morgan.grants] == [("Scheduling", "", GrantState.RUNNING)]
        other = await acting(work, cast, "casey", "casey_lakeside", SIGNED)
        assert await holders(work, other) == []


async def test_an_adult_ends_access_and_the_next_click_is_refused(database: Database, cast: Cast) -> None:
    casey = cast.clients["casey"].id
    async with database.unit_of_work() as work:
        await partner(work, cast)
        session = await sign_in(work, cast, "morgan")
        await open_client(work, session, casey, Permission.SCHEDULING)
        access = await acting(work, cast, "casey", "casey", SIGNED)
        (morgan,) = await holders(work, access)
        await end_grant_as_client(work, access, grant_id=UUID(morgan.grants[0].id))
        with pytest.raises(NotPermitted, match="has ended"):
            await open_client(work, session, casey, Permission.SCHEDULING)
        assert await holders(work, access) == []
        assert (await events(work, cast.harbor.id))[-1][0] == "grant.ended"
        assert {f"client:{casey}", f"account:{cast.accounts['morgan'].id}"} <= work.topics


async def test_only_the_client_in_person_decides(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
        morgan = await acting(work, cast, "morgan", "casey", Permission.SCHEDULING)
        with pytest.raises(NotPermitted, match="Only Casey Lin"):
            await holders(work, morgan)
        own = await holders(work, await acting(work, cast, "casey", "casey", SIGNED))
        grant_id = UUID(own[0].grants[0].id)
        with pytest.raises(NotPermitted, match="Only Casey Lin"):
            await end_grant_as_client(work, morgan, grant_id=grant_id)
        elsewhere = await acting(work, cast, "casey", "casey_lakeside", SIGNED)
        omar = await acting(work, cast, "omar", "omar", SIGNED)
        for access in (elsewhere, omar):
            with pytest.raises(NotFound):
                await end_grant_as_client(work, access, grant_id=grant_id)


async def test_a_minor_decides_from_the_age_that_the_practice_sets(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await acting(work, cast, "tara", "tara", SIGNED)
        with pytest.raises(NotPermitted, match="from the age of 18"):
            await holders(work, access)
        practice = (await work.exec(select(Organization).where(Organization.id == cast.harbor.id))).one()
        practice.majority_age = 16
        work.add(practice)
        await work.flush()
        assert [one.name for one in await holders(work, access)] == ["Gina Park"]


async def test_without_a_date_of_birth_the_practice_is_asked(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        row = (await work.exec(select(Client).where(Client.id == cast.clients["casey"].id))).one()
        access = await acting(work, cast, "casey", "casey", SIGNED)
        assert await holders(work, access) == []
        row.birth_date = None
        work.add(row)
        await work.flush()
        with pytest.raises(NotPermitted, match="no date of birth"):
            await holders(work, access)


async def test_come_of_age_a_parents_access_ends_unless_the_client_keeps_it(
    database: Database, cast: Cast, clock: Any
) -> None:
    tara = cast.clients["tara"].id
    async with database.unit_of_work() as work:
        await turn(work, cast, "tara", born_to_turn(18, today_in(ZONE, work.now) + timedelta(days=1)))
        await open_client(work, await sign_in(work, cast, "gina"), tara, Permission.PAYMENTS)
    clock.now += timedelta(days=1)
    async with database.unit_of_work() as work:
        gina = await sign_in(work, cast, "gina")
        with pytest.raises(NotPermitted, match="now an adult"):
            await open_client(work, gina, tara, Permission.PAYMENTS)
        access = await acting(work, cast, "tara", "tara", SIGNED)
        (mother,) = await holders(work, access)
        assert {grant.state for grant in mother.grants} == {GrantState.OVER}
        payments = next(UUID(grant.id) for grant in mother.grants if grant.permission == "payments")
        for _ in range(2):
            await renew_grant_as_client(work, access, grant_id=payments)
        await open_client(work, gina, tara, Permission.PAYMENTS)
        with pytest.raises(NotPermitted):
            await open_client(work, gina, tara, Permission.SCHEDULING)
        assert [action for action, _ in await events(work, cast.harbor.id)] == ["grant.renewed"]


async def test_only_what_depends_on_age_can_be_renewed(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
        access = await acting(work, cast, "casey", "casey", SIGNED)
        (morgan,) = await holders(work, access)
        with pytest.raises(Invalid, match="nothing to renew"):
            await renew_grant_as_client(work, access, grant_id=UUID(morgan.grants[0].id))


@pytest.mark.parametrize(("days", "stage"), [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)])
def test_notices_are_due_thirty_and_seven_days_before(days: int, stage: int | None) -> None:
    today = date(2026, 11, 24)
    assert stage_of(today + timedelta(days=days), today) == stage


async def mails(database: Database) -> list[OutboxMail]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(OutboxMail).order_by(col(OutboxMail.id)))).all())


async def test_staff_and_family_are_told_twice_and_never_more(database: Database, cast: Cast, clock: Any) -> None:
    start = clock.now
    async with database.unit_of_work() as work:
        await turn(work, cast, "tara", born_to_turn(18, today_in(ZONE, work.now) + timedelta(days=31)))
    told = {}
    for day in (0, 1, 1, 5, 24, 24, 29, 31, 32, 40):
        clock.now = start + timedelta(days=day)
        told[day] = told.get(day, 0) + await announce_coming_of_age(runtime())
    assert told == {0: 0, 1: 2, 5: 0, 24: 2, 29: 0, 31: 0, 32: 0, 40: 0}
    found = await mails(database)
    assert {(mail.kind, mail.to_address) for mail in found} == {
        ("coming_of_age_family", "gina@mail.example"),
        ("coming_of_age_staff", "tess@harbor.example"),
    }
    assert {context_of(database.ring, mail)["when"] for mail in found} == {"25 December 2026"}
    async with database.unit_of_work(writes=False) as work:
        actions = [(action, detail) for action, detail in await events(work, cast.harbor.id)]
    assert actions == [
        ("client.coming_of_age_announced", {"days": 30, "mails": 2}),
        ("client.coming_of_age_announced", {"days": 7, "mails": 2}),
        ("client.came_of_age", {"grants_ended": 2}),
    ]


async def test_notices_name_no_third_person(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await turn(work, cast, "tara", born_to_turn(18, today_in(ZONE, work.now) + timedelta(days=7)))
    assert await announce_coming_of_age(runtime()) == 2
    for mail in await mails(database):
        assert "Tara" not in str(context_of(database.ring, mail))
        assert set(context_of(database.ring, mail)) <= {"when", "client"}


async def test_nobody_is_told_where_nothing_changes(database: Database, cast: Cast) -> None:
    """Milo's father pays on another basis; a grant that ends earlier changes nothing on the birthday either."""
    async with database.unit_of_work() as work:
        today = today_in(ZONE, work.now)
        for name in ("milo", "casey", "quinn"):
            await turn(work, cast, name, born_to_turn(18, today + timedelta(days=7)))
        for grant in (await work.exec(select(Grant).where(Grant.contact_id == cast.contacts["gina"].id))).all():
            grant.last_day = today + timedelta(days=3)
            work.add(grant)
    assert await announce_coming_of_age(runtime()) == 0
    async with database.unit_of_work() as work:
        for grant in (await work.exec(select(Grant).where(Grant.contact_id == cast.contacts["gina"].id))).all():
            grant.last_day = None
            work.add(grant)
    assert await announce_coming_of_age(runtime()) == 2


async def test_without_a_therapist_the_administrators_are_told(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await turn(work, cast, "tara", born_to_turn(18, today_in(ZONE, work.now) + timedelta(days=7)))
        for row in (await work.exec(select(ClientTherapist))).all():
            if row.client_id == cast.clients["tara"].id:
                await work.delete(row)
    await announce_coming_of_age(runtime())
    assert {mail.to_address for mail in await mails(database)} == {"gina@mail.example", "avery@harbor.example"}


async def test_several_workers_at_once_write_each_mail_and_event_once(database: Database, cast: Cast) -> None:

    async with database.unit_of_work() as work:
        today = today_in(ZONE, work.now)
        await turn(work, cast, "tara", born_to_turn(18, today + timedelta(days=7)))
        await turn(work, cast, "milo", born_to_turn(18, today))
    sent = await asyncio.gather(*(announce_coming_of_age(runtime()) for _ in range(4)))
    assert sum(sent) == 2
    assert len(await mails(database)) == 2
    async with database.unit_of_work(writes=False) as work:
        actions = sorted(action for action, _ in await events(work, cast.harbor.id))
    assert actions == ["client.came_of_age", "client.coming_of_age_announced"]


async def test_who_was_added_today_as_guardian_is_told_too(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await turn(work, cast, "tara", born_to_turn(18, today_in(ZONE, work.now) + timedelta(days=7)))
        access = await staff(work, cast, "avery", client="tara")
        added = await add_contact(work, access, fields=contact(email="ada@mail.example"), relationship="guardian")
        assert isinstance(added, Added)
        await give_grants(work, access, contact_id=UUID(added.id), preset=Preset.PARENT, fields=GrantFields())
    assert await announce_coming_of_age(runtime()) == 3
    assert "ada@mail.example" in {mail.to_address for mail in await mails(database)}
