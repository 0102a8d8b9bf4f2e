"""The demo is what the README promises."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.audit.service import verify_chain
from portal.database import Database
from portal.demo.answers import CASEY
from portal.demo.forms import load_forms
from portal.demo.people import Cast
from portal.intake import service
from portal.models import AssignmentStatus, FormAssignment, Permission, Session
from tests.conftest import Clock
from tests.factories import as_client, as_staff
from tests.people import Human

MOMENTS = [
    datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
    datetime(2026, 3, 1, 4, 59, tzinfo=ZoneInfo("America/New_York")),
    datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 1, tzinfo=UTC),
]


async def load(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await load_forms(work, cast)


def due(assignments: Iterable[FormAssignment]) -> list[FormAssignment]:
    return [one for one in assignments if one.status is AssignmentStatus.SENT]


@pytest.fixture
async def loaded(database: Database, cast: Cast) -> Cast:
    await load(database, cast)
    return cast


async def test_gina_finds_two_forms_for_milo_and_one_for_herself(
    database: Database, loaded: Cast, gina: Human, milo: Human
) -> None:
    async with as_client(database, gina, milo, Permission.FORMS) as (work, access):
        titles = {one.title for one in await service.list_assignments(work, access)}
    assert titles == {"Standard Intake Questionnaire", "Informed Consent for Psychotherapy"}
    async with as_client(database, gina, gina, Permission.FORMS) as (work, access):
        assert [one.title for one in await service.list_assignments(work, access)] == ["Notice of Privacy Practices"]


async def test_tess_finds_the_sheet_that_casey_signed(database: Database, loaded: Cast, tess: Human) -> None:
    async with as_staff(database, tess, StaffTask.READ_ANSWERS) as (work, access):
        (arrival,) = await service.list_arrivals(work, access)
        sheet = await service.read_sheet(work, access, assignment_id=UUID(arrival.assignment_id))
    assert (arrival.client_name, arrival.title) == ("Casey Lin", "Standard Intake Questionnaire")
    assert str(CASEY["hopes"]) in repr(sheet)


async def test_noah_does_not(database: Database, loaded: Cast, noah: Human) -> None:
    async with as_staff(database, noah, StaffTask.READ_ANSWERS) as (work, access):
        assert await service.list_arrivals(work, access) == []


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
async def test_on_any_day_what_is_due_is_still_to_come(
    database: Database, cast: Cast, clock: Clock, moment: datetime
) -> None:
    clock.now = moment
    await load(database, cast)
    async with database.unit_of_work(writes=False) as work:
        rows = list(await work.exec(select(FormAssignment)))
    assert len(due(rows)) == 8
    for row in due(rows):
        assert row.due_on is not None
        assert row.due_on > (moment - timedelta(days=1)).date()
        assert row.sent_at < moment


async def test_it_leaves_no_session_behind_and_whole_chains(database: Database, loaded: Cast) -> None:
    async with database.unit_of_work(writes=False) as work:
        assert list(await work.exec(select(Session))) == []
        for practice in (loaded.harbor, loaded.lakeside):
            report = await verify_chain(work, practice.id)
            assert report.intact
            assert report.events > 6
        signed = await work.exec(select(FormAssignment).where(col(FormAssignment.submitted_at).is_not(None)))
        assert len(list(signed)) == 1
