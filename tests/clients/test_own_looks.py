"""Who looked at one's own record: names, roles and quarters of an hour, for the client in person alone."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import Capability, Sight, StaffTask
from portal.audit.own_looks import OwnLooks, read_own_looks
from portal.audit.service import record_access
from portal.clients.own import showing
from portal.clients.service_own import end_grant_as_client, list_who_has_access
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotPermitted
from portal.models import OutboxMail, Permission, Role
from tests.access.house import House
from tests.clients.office import acting, counted
from tests.clients.test_own import partner


@pytest.fixture
async def house(database: Database, cast: Cast, clock: object) -> House:
    made = House(database, cast, clock)
    await made.sign_everybody_in()
    return made


async def looks(house: House, person: str, *, before: tuple[datetime, UUID] | None = None, limit: int = 20) -> OwnLooks:
    access = await house.open(person, person, Sight.OWN_RECORD)
    async with house.database.unit_of_work(writes=False) as work:
        return await read_own_looks(work, access, before=before, limit=limit)


async def look(house: House, who: str, client: str) -> None:
    """A staff member reads answers, or a contact does."""
    is_staff = who in house.cast.staff
    staff = await house.practice(who, StaffTask.READ_ANSWERS, client=client) if is_staff else None
    access = staff or await house.open(who, client, Permission.PAYMENTS)
    async with house.database.unit_of_work() as work:
        await record_access(work, access, client_id=house.client_id(client), kind="answers")


async def test_a_client_sees_who_looked_and_as_what(house: House) -> None:
    for who in ("tess", "tess", "gina", "avery"):
        await look(house, who, "tara")
    await look(house, "tess", "casey")
    found = (await looks(house, "tara")).looks
    assert {(one.name, one.role, one.relationship) for one in found} == {
        ("Tess Rivera", Role.THERAPIST, ""),
        ("Gina Park", None, "mother"),
        ("Avery Stone", Role.ADMIN, ""),
    }
    assert len(found) == 3, "two looks within a quarter of an hour are one"
    assert [one.name for one in (await looks(house, "casey")).looks] == ["Tess Rivera"]
    assert (await looks(house, "omar")).looks == ()


async def test_lines_say_who_what_and_when(house: House) -> None:
    await look(house, "tess", "casey")
    rows, older = showing.looks(await looks(house, "casey"), "America/New_York")
    assert (rows[0].who, rows[0].what, older) == ("Tess Rivera, therapist", "read the answers of a form", "")
    assert ", between " in rows[0].when
    assert rows[0].when.endswith((" AM EST", " PM EST", " AM EDT", " PM EDT"))


async def test_older_ones_follow_page_by_page(house: House) -> None:
    for _ in range(5):
        await look(house, "tess", "casey")
        await house.go_to(house.clock.now + timedelta(hours=1))
    first = await looks(house, "casey", limit=2)
    _, older = showing.looks(first, "UTC")
    second = await looks(house, "casey", limit=2, before=showing.place(older))
    last = await looks(house, "casey", limit=2, before=second.before)
    seen = [one.id for page in (first, second, last) for one in page.looks]
    assert len(seen) == len(set(seen)) == 5
    assert last.before is None
    for bad in ("", "x", "2026-01-01 x", f"2026-01-01T00:00:00 {seen[0]}"):
        assert showing.place(bad) is None


@pytest.mark.parametrize("capability", [Sight.SIGNED_FORMS, Permission.FORMS])
async def test_no_other_access_opens_it(house: House, capability: Capability) -> None:
    with pytest.raises(NotPermitted, match="Only Milo Park"):
        await house.open("gina", "milo", Sight.OWN_RECORD)
    access = await house.open("gina", "milo", capability)
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(NotPermitted):
            await read_own_looks(work, access)


async def test_who_loses_access_gets_a_mail_that_names_nobody(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
        access = await acting(work, cast, "casey", "casey", Sight.OWN_RECORD)
        (morgan,) = await list_who_has_access(work, access)
        for _ in range(2):
            await end_grant_as_client(work, access, grant_id=UUID(morgan.grants[0].id))
        mails = [mail for mail in (await work.exec(select(OutboxMail))).all() if mail.kind == "access_changed"]
        assert [mail.to_address for mail in mails] == ["morgan@mail.example"]


async def test_each_part_takes_five_statements_at_most(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
        access = await acting(work, cast, "casey", "casey", Sight.OWN_RECORD)
        with counted(database) as statements:
            await list_who_has_access(work, access)
        assert len(statements) <= 4, "and one for the access"
        with counted(database) as statements:
            await read_own_looks(work, access)
        assert len(statements) == 1
