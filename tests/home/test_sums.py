"""Home: what is to be paid and to be read, for whom one may pay and in conversations that one is in."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from portal.access.gate import open_acting
from portal.billing.service_home import list_to_pay
from portal.database import Database
from portal.demo.billing import add_session, load_billing
from portal.demo.messages import load_messages
from portal.demo.people import Cast
from portal.home.rules import add_sums, group_by_person
from portal.home.views import Todo
from portal.kit.tokens import token_hash
from portal.messaging.service_home import list_to_read
from portal.models import Side, ThreadParticipant
from tests.access.house import House
from tests.conftest import Clock
from tests.factories import sign_in
from tests.people import Human


@pytest.fixture
async def busy(database: Database, cast: Cast) -> Database:
    """The demo practices with what is owed and what was written."""
    async with database.unit_of_work() as work:
        await load_billing(work, cast)
        await load_messages(work, cast)
    return database


async def sums_of(busy: Database, who: Human) -> dict[str, list[Todo]]:
    """What somebody's home adds below each heading."""
    session = token_hash(await sign_in(busy, who))
    async with busy.unit_of_work(writes=False) as work:
        access = await open_acting(work, session)
        people = group_by_person(access.clients, (), work.now, "")
        money = await list_to_pay(work, access)
        messages = await list_to_read(work, access)
    return {
        f"{person.heading} at {person.place}" if person.place else person.heading: person.todos
        for person in add_sums(people, money, messages)
    }


async def test_who_may_pay_reads_how_much_and_nothing_else(busy: Database, pete: Human, milo: Human) -> None:
    (todo,) = (await sums_of(busy, pete))["For Milo"]
    assert (todo.title, todo.detail, todo.action) == ("$140.00 to pay", "2 sessions", "Pay")
    assert todo.address == f"/billing?for={milo.client_id}"


async def test_two_practices_are_added_up_apart(busy: Database, casey: Human) -> None:
    """What is paid in cash is not owed, and Lakeside cannot be paid by card."""
    found = await sums_of(busy, casey)
    assert [todo.title for todo in found["For you at Harbor Counseling"]] == ["$270.00 to pay", "A new message"]
    assert found["For you at Lakeside Therapy"] == []


async def test_what_a_therapist_wrote_waits_for_those_in_the_conversation(
    busy: Database, gina: Human, pete: Human
) -> None:
    assert "messages" not in {todo.kind for todo in (await sums_of(busy, gina))["For Milo"]}
    async with busy.unit_of_work() as work:
        await work.exec(
            update(ThreadParticipant).where(col(ThreadParticipant.side) == Side.CONTACT).values(read_number=1)
        )
    found = await sums_of(busy, gina)
    assert [todo.title for todo in found["For Milo"] if todo.kind == "messages"] == ["A new message"]
    assert {todo.kind for todo in found["For Tara"]} <= {"money"}, "she has no messaging grant for Tara"
    assert {todo.kind for todo in (await sums_of(busy, pete))["For Milo"]} == {"money"}


async def test_whose_features_are_off_is_asked_for_nothing(busy: Database, cast: Cast, omar: Human) -> None:
    async with busy.unit_of_work() as work:
        await add_session(work, cast.clients["omar"], 5000, 3)
    assert all(todos == [] for todos in (await sums_of(busy, omar)).values())


async def test_two_statements_however_many_people(busy: Database, cast: Cast, clock: Clock, gina: Human) -> None:
    house = House(busy, cast, clock)
    session = token_hash(await sign_in(busy, gina))
    clock.now += timedelta(minutes=1)
    async with busy.unit_of_work(writes=False) as work:
        access = await open_acting(work, session)
        with house.counting() as statements:
            await list_to_pay(work, access)
            await list_to_read(work, access)
    assert len(statements) == 2
