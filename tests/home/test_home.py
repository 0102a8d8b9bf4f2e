"""Home: a list for each person one acts for, in few statements, in words that a day makes clear."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.access.gate import open_acting
from portal.access.subjects import Subject
from portal.database import Database, Work
from portal.demo.forms import load_forms
from portal.demo.people import Cast
from portal.home.rules import group_by_person
from portal.home.views import PersonTodos
from portal.intake import service as intake
from portal.intake import words_pages
from portal.kit.tokens import token_hash
from tests.access.house import House
from tests.factories import sign_in
from tests.people import Human

TODAY = date(2026, 11, 24)


@pytest.fixture
async def home(database: Database, cast: Cast) -> Database:
    """The demo practices with their forms sent."""
    async with database.unit_of_work() as work:
        await load_forms(work, cast)
    return database


@asynccontextmanager
async def opened(home: Database, who: Human) -> AsyncIterator[tuple[Work, tuple[Subject, ...]]]:
    """What the home page of somebody starts from."""
    session = token_hash(await sign_in(home, who))
    async with home.unit_of_work(writes=False) as work:
        yield work, (await open_acting(work, session)).clients


async def todos_of(home: Database, who: Human, acting_for: str = "") -> list[PersonTodos]:
    """What somebody reads on their home page."""
    async with opened(home, who) as (work, subjects):
        return group_by_person(
            subjects, await intake.list_todos(work, subjects, account_id=who.account_id), work.now, acting_for
        )


async def test_mother_finds_what_is_due_for_herself_and_her_children(home: Database, gina: Human) -> None:
    listed = await todos_of(home, gina)
    assert [person.heading for person in listed] == ["For you", "For Milo", "For Tara"]
    assert [todo.title for todo in listed[1].todos] == [
        "Standard Intake Questionnaire",
        "Informed Consent for Psychotherapy",
    ]
    assert listed[2].todos == [], "she has no forms grant for Tara"


async def test_a_form_that_came_back_says_so_in_place_of_how_much_is_answered(home: Database, gina: Human) -> None:
    async with opened(home, gina) as (work, subjects):
        waiting = await intake.list_todos(work, subjects, account_id=gina.account_id)
        back = [replace(view, status="returned", progress=replace(view.progress, answered=1)) for view in waiting]
        details = [todo.detail for one in group_by_person(subjects, back, work.now, "") for todo in one.todos]
    assert details
    assert all(detail.startswith("Please look at it again") and "answered" not in detail for detail in details)


async def test_whom_one_acts_for_comes_first(home: Database, gina: Human, milo: Human) -> None:
    listed = await todos_of(home, gina, str(milo.client_id))
    assert [person.heading for person in listed] == ["For Milo", "For you", "For Tara"]
    assert next(todo.is_first for person in listed for todo in person.todos)
    assert sum(todo.is_first for person in listed for todo in person.todos) == 1


async def test_father_who_only_pays_finds_no_form(home: Database, pete: Human) -> None:
    assert [(person.heading, person.todos) for person in await todos_of(home, pete)] == [("For Milo", [])]


async def test_practices_are_named_where_there_are_two(home: Database, casey: Human, morgan: Human) -> None:
    assert {person.place for person in await todos_of(home, casey)} == {"Harbor Counseling", "Lakeside Therapy"}
    assert {person.place for person in await todos_of(home, morgan)} == {""}


async def test_every_address_names_whose_form_it_is(home: Database, gina: Human) -> None:
    for person in await todos_of(home, gina):
        assert all(todo.address == f"/forms/{todo.id}?for={person.client_id}" for todo in person.todos)


async def test_home_takes_five_statements_however_many_people(
    home: Database, cast: Cast, clock: object, gina: Human, morgan: Human
) -> None:
    house = House(home, cast, clock)
    for who in (gina, morgan):
        session = token_hash(await sign_in(home, who))
        async with home.unit_of_work(writes=False) as work:
            with house.counting() as statements:
                access = await open_acting(work, session)
                await intake.list_todos(work, access.clients, account_id=access.eyes)
        assert len(statements) <= 4


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-3, "Was due 3 days ago"),
        (-1, "Was due yesterday"),
        (0, "Due today"),
        (1, "Due tomorrow"),
        (6, "Due on Monday"),
        (7, "Due on Tuesday, 1 December"),
    ],
)
def test_due_days_are_said_as_people_say_them(days: int, sentence: str) -> None:
    assert words_pages.due(TODAY + timedelta(days=days), TODAY) == sentence


def test_form_without_a_due_day_says_nothing_about_it() -> None:
    assert words_pages.due(None, TODAY) == ""
