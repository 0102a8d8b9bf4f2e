"""Whom an account can act for, and how little it takes to find out."""

from datetime import date

import pytest
from sqlmodel import select

from portal.access.actor import Sight, StaffTask
from portal.access.gate import list_subjects, open_account, open_client, open_practice
from portal.errors import NotFound
from portal.models import Basis, Client, ContactLink, Grant, OrganizationSetting, Permission, Session
from tests.access.house import House


async def test_oneself_comes_first_then_the_others_by_name(house: House) -> None:
    subjects = await house.subjects("gina")
    assert [(one.name, one.is_self, one.relationship) for one in subjects.clients] == [
        ("Gina Park", True, ""),
        ("Milo Park", False, "mother"),
        ("Tara Park", False, "mother"),
    ]
    assert subjects.closed == subjects.memberships == ()
    assert subjects.account.actor.email == "gina@mail.example"


async def test_one_account_in_two_practices_has_two_records(house: House) -> None:
    subjects = await house.subjects("casey")
    assert [(one.name, one.practice_name) for one in subjects.clients] == [
        ("Casey Lin", "Harbor Counseling"),
        ("Casey Lin", "Lakeside Therapy"),
    ]


async def test_staff_act_for_nobody_and_see_where_they_work(house: House) -> None:
    subjects = await house.subjects("tess")
    assert (subjects.clients, subjects.closed, subjects.default) == ((), (), None)
    [place] = subjects.memberships
    assert (place.practice_slug, place.role) == ("harbor", "therapist")
    assert StaffTask.READ_ANSWERS in place.tasks
    assert StaffTask.SETTINGS not in place.tasks


@pytest.mark.parametrize(("person", "client"), [("gina", "gina"), ("pete", "milo"), ("casey", "casey")])
async def test_an_address_that_names_nobody_means_oneself_or_the_first_by_name(
    house: House, person: str, client: str
) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        subjects = await list_subjects(work, house.session(person))
        access = await open_client(work, house.session(person), None, Permission.PAYMENTS)
    assert subjects.default is not None
    assert access.client_id == subjects.default.client_id == house.client_id(client)


async def test_who_acts_for_nobody_has_no_default(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(NotFound):
            await open_client(work, house.session("tess"), None, Permission.FORMS)


async def test_every_way_through_the_gate_is_one_statement(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        for way in (
            open_account(work, house.session("gina")),
            open_client(work, house.session("gina"), house.client_id("milo"), Permission.FORMS),
            open_client(work, house.session("gina"), None, Sight.APPOINTMENTS),
            open_practice(work, house.session("tess"), StaffTask.READ_ANSWERS, client_id=house.client_id("milo")),
        ):
            with house.counting() as sent:
                await way
            assert len(sent) == 1


@pytest.mark.parametrize("children", [0, 30])
async def test_the_list_is_two_statements_however_long_it_is(house: House, children: int) -> None:
    for number in range(children):
        client = Client(
            organization_id=house.cast.harbor.id,
            given_name=f"Child {number:02}",
            family_name="Park",
            created_at=house.clock.now,
        )
        ids = {
            "organization_id": client.organization_id,
            "client_id": client.id,
            "contact_id": house.cast.contacts["gina"].id,
        }
        link = ContactLink(**ids, relationship="mother", created_at=house.clock.now)
        grant = Grant(
            **ids,
            permission=Permission.FORMS,
            basis=Basis.PARENT,
            first_day=date(2026, 1, 1),
            given_at=house.clock.now,
        )
        await house.store(client, link, grant)
    with house.counting() as sent:
        subjects = await house.subjects("gina")
    assert (len(sent), len(subjects.clients)) == (2, 3 + children)


async def test_the_gate_never_touches_the_session(house: House) -> None:
    async with house.database.unit_of_work() as work:
        await open_client(work, house.session("gina"), house.client_id("milo"), Permission.FORMS)
        await open_practice(work, house.session("tess"), StaffTask.TODAY)
    async with house.database.unit_of_work(writes=False) as work:
        rows = {row.touched_at for row in (await work.exec(select(Session))).all()}
    assert rows == {house.signed_in_at}


async def test_a_setting_that_the_catalogue_no_longer_has_is_passed_over(house: House) -> None:
    old = OrganizationSetting(
        organization_id=house.cast.harbor.id, name="fax_machine", value='"sometimes"', changed_at=house.clock.now
    )
    await house.store(old)
    assert (await house.open("gina", "milo", Permission.FORMS)).client_name == "Milo Park"
