"""The tables written by hand from product.md: everybody, before every client, for everything."""

import csv
from pathlib import Path

import pytest

from portal.access.actor import StaffTask
from portal.errors import NotFound, NotPermitted
from tests.access.house import ALLOWED, CAPABILITIES, NOT_FOUND, House

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open() as file:
        return list(csv.DictReader(file))


async def test_every_person_before_every_client(house: House) -> None:
    rows = table("expected.csv")
    assert len(rows) == len(house.cast.accounts) * len(house.cast.clients)
    listed = {person: await house.subjects(person) for person in house.cast.accounts}
    wrong = [
        (row["person"], row["client"], capability, row[capability], got)
        for row in rows
        for capability in CAPABILITIES
        if (got := await house.answer(row["person"], row["client"], capability, listed[row["person"]]))
        != row[capability]
    ]
    assert wrong == []


async def staff_answer(house: House, person: str, task: str, client: str | None = None) -> str:
    try:
        access = await house.practice(person, StaffTask(task), client=client)
    except NotFound:
        return NOT_FOUND
    except NotPermitted:
        return "role"
    assert access.client_id == (house.client_id(client) if client else None)
    return ALLOWED if client else access.scope


async def test_every_staff_member_before_every_task(house: House) -> None:
    rows = table("expected_staff.csv")
    assert {row["task"] for row in rows} == set(StaffTask)
    for row in rows:
        task = row.pop("task")
        for person, expected in row.items():
            assert await staff_answer(house, person, task) == expected, (person, task)


async def test_every_staff_member_before_every_client(house: House) -> None:
    for row in table("expected_reach.csv"):
        task, client = row.pop("task"), row.pop("client")
        for person, expected in row.items():
            assert await staff_answer(house, person, task, client) == expected, (person, task, client)


@pytest.mark.parametrize("practice", ["harbor", "lakeside", "nowhere", ""])
async def test_a_practice_opens_to_its_own_staff_alone(house: House, practice: str) -> None:
    for person in house.cast.accounts:
        works_there = person in house.cast.staff and person in {
            "harbor": {"avery", "tess", "noah", "bea", "frank"},
            "lakeside": {"lena", "theo"},
        }.get(practice, set())
        if works_there:
            assert (await house.practice(person, StaffTask.TODAY, practice=practice)).actor.name
        else:
            with pytest.raises(NotFound):
                await house.practice(person, StaffTask.TODAY, practice=practice)
