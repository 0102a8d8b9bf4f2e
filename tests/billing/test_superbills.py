"""What stands on a superbill, what does not, and what staff are told is missing."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from portal.access.actor import StaffTask
from portal.billing import ledger, service_staff
from portal.billing.papers import typeset_superbill
from portal.billing.superbills import service_setup, words
from portal.clients.rules import InvalidFields
from portal.database import Database
from portal.errors import Conflict, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import (
    AdjustmentReason,
    Appointment,
    AppointmentStatus,
    Charge,
    Client,
    ClientDiagnosis,
    Method,
    VideoPlace,
)
from tests.billing.superbills import days, diagnose, for_staff, held, own, paper, review
from tests.factories import as_staff
from tests.people import Human


async def test_casey_takes_one_with_all_that_an_insurer_asks_for(harbor: Database, casey: Human) -> None:
    data = await paper(harbor, casey, casey)
    born = casey.client.birth_date  # type: ignore[union-attr]
    assert born
    about = dict(data["lines"])
    assert (data["practice"], about["Tax ID (EIN)"], about["NPI of the practice"]) == (
        "Harbor Counseling",
        "12-3456789",
        "1497758544",
    )
    assert about["Address"] == "14 Pier Street, New York, NY 10004"
    assert (about["Client"], about["Date of birth"]) == ("Casey Lin", f"{born:%m/%d/%Y}")
    assert data["clinicians"] == ["Tess Rivera, LMHC, NY 012345, NPI 1234567893"]
    rows = data["rows"]
    assert [row[1:] for row in rows] == [
        ("90834", "Individual therapy", "11", "F41.1", "Tess Rivera", "1", "$90.00", "$90.00"),
        ("90834", "Individual therapy", "11", "F41.1", "Tess Rivera", "1", "$90.00", "$0.00"),
        ("90834", "Individual therapy", "11", "F41.1", "Tess Rivera", "1", "$90.00", "$0.00"),
        ("90834-95", "Individual therapy", "10", "F41.1", "Tess Rivera", "1", "$90.00", "$0.00"),
    ]
    eight_days_ago = (harbor.clock() - timedelta(days=8)).date()
    assert rows[-1][0] == f"{eight_days_ago:%m/%d/%Y}"
    assert data["totals"] == [("Fees", "$360.00"), ("Paid by the client's side", "$90.00")]


async def test_it_is_a_tagged_pdf_and_words_are_never_markup(harbor: Database, casey: Human) -> None:
    data = await paper(harbor, casey, casey)
    data["practice"] = '#panic("x") *b* $x$ ] ['
    one, other = [await typeset_superbill(data, harbor.clock()) for _ in range(2)]
    assert one == other
    assert one.startswith(b"%PDF-")
    assert b"StructTreeRoot" in one


async def test_only_sessions_that_were_kept_stand_on_it(harbor: Database, casey: Human) -> None:
    """The control is the same charge while its session counts as kept. A charge by hand never stands on one."""
    assert len((await own(harbor, casey, casey)).visits) == 4
    async with harbor.unit_of_work() as work:
        first = (await work.exec(select(Charge).where(Charge.client_id == casey.client_id))).first()
        assert first
        missed = update(Appointment).where(Appointment.id == first.appointment_id)  # type: ignore[arg-type]
        await work.exec(missed.values(status=AppointmentStatus.NO_SHOW))
    found = await own(harbor, casey, casey)
    assert (len(found.visits), found.left_out) == (3, ())


async def test_money_comes_from_the_ledger(harbor: Database, casey: Human, bea: Human) -> None:
    """A discount lowers the fee; what insurance paid does not, and is not what the client's side paid."""
    async with harbor.unit_of_work(writes=False) as work:
        charges = (await work.exec(select(Charge).where(Charge.client_id == casey.client_id))).all()
    by_day = sorted(charges, key=lambda one: one.on_day)
    async with harbor.unit_of_work() as work:
        lines = await ledger.hold(work, by_day[0].organization_id, [one.id for one in by_day[1:3]])
        for charge, cents, reason in (
            (by_day[1], -1000, AdjustmentReason.DISCOUNT),
            (by_day[2], -4000, AdjustmentReason.INSURANCE),
        ):
            await ledger.write_adjustment(
                work, lines[charge.id], organization_id=charge.organization_id, cents=cents, reason=reason, by=None
            )
    async with as_staff(harbor, bea, StaffTask.MONEY) as (work, access):
        received = service_staff.Received(casey.client_id, Method.CASH, 8000, access.today, "", new_id())
        await service_staff.record_payment(work, access, received=received)
    found = await own(harbor, casey, casey)
    assert [(visit.fee, visit.paid) for visit in found.visits] == [(9000, 9000), (8000, 8000), (9000, 0), (9000, 0)]


async def test_a_session_has_the_diagnoses_of_its_day(harbor: Database, casey: Human, tess: Human) -> None:
    today = days(harbor).last
    await diagnose(harbor, tess, casey, today - timedelta(days=16), "f43.10, F4010")
    found = await own(harbor, casey, casey)
    assert [visit.diagnoses for visit in found.visits] == [
        ("F41.1",),
        ("F41.1",),
        ("F43.10", "F40.10"),
        ("F43.10", "F40.10"),
    ]
    assert await held(harbor, tess, casey) == [("F43.10", "F40.10"), ("F41.1",)]
    await diagnose(harbor, tess, casey, today - timedelta(days=16), "")
    assert {visit.diagnoses for visit in (await own(harbor, casey, casey)).visits} == {("F41.1",)}


async def test_what_lacks_something_is_left_out_and_said(
    harbor: Database, casey: Human, tess: Human, bea: Human
) -> None:
    today = days(harbor).last
    assert await review(harbor, bea, casey) == []
    async with harbor.unit_of_work() as work:
        await work.exec(update(ClientDiagnosis).values(first_day=today - timedelta(days=10)))
    data = await paper(harbor, casey, casey)
    assert len(data["rows"]) == 1
    assert "3 sessions of these days are not on it" in data["foot"]
    (told,) = await review(harbor, bea, casey)
    assert "no diagnosis for 3 sessions" in told
    assert "F41" not in told


async def test_nothing_is_made_up(harbor: Database, casey: Human, avery: Human, tess: Human) -> None:
    """Without NPI, code, EIN and birth date: staff are told of each, and no superbill comes of it."""
    async with as_staff(harbor, avery, StaffTask.SETTINGS) as (work, access):
        found = await service_setup.read_setup(work, access)
        await service_setup.save_practice(work, access, ein="", npi="", address="", video_place=VideoPlace.ELSEWHERE)
        await service_setup.save_clinician(work, access, membership_id=tess.membership_id, licence="", npi="")
        for one in found.services:
            await service_setup.save_service(work, access, service_id=one.id, code="")
        await work.exec(update(Client).values(birth_date=None))
    told = " ".join(await review(harbor, tess, casey))
    for word in (
        "CPT code for: Individual therapy",
        "NPI of Tess Rivera",
        "tax ID (EIN), NPI and address",
        "date of birth",
    ):
        assert word in told
    for who in (casey,):
        with pytest.raises(Conflict, match="has not recorded all"):
            await own(harbor, who, casey)
    with pytest.raises(Conflict, match="client's page"):
        await for_staff(harbor, tess, casey)


async def test_nothing_to_put_on_it_is_said(harbor: Database, morgan: Human) -> None:
    with pytest.raises(Conflict, match="nothing for a superbill"):
        await own(harbor, morgan, morgan)


async def test_an_administrator_is_told_what_to_do_about_each_number(harbor: Database, avery: Human) -> None:
    with pytest.raises(InvalidFields) as refused:
        async with as_staff(harbor, avery, StaffTask.SETTINGS) as (work, access):
            await service_setup.save_practice(
                work, access, ein="12345", npi="1497758545", address="x" * 500, video_place=VideoPlace.HOME
            )
    assert refused.value.fields == {"ein": words.EIN, "npi": words.NPI, "address": words.TOO_LONG}


async def test_nobody_changes_another_practices_numbers(harbor: Database, lena: Human, tess: Human, bea: Human) -> None:
    with pytest.raises(NotFound):
        async with as_staff(harbor, lena, StaffTask.SETTINGS) as (work, access):
            await service_setup.save_clinician(work, access, membership_id=tess.membership_id, licence="", npi="")
    with pytest.raises(NotPermitted):
        async with as_staff(harbor, bea, StaffTask.MONEY) as (work, access):
            await service_setup.save_clinician(work, access, membership_id=tess.membership_id, licence="", npi="")
