"""What the settings page is told: everything at a glance, whom a change reaches, and what was changed before."""

from datetime import timedelta

import pytest

from portal.access.actor import StaffTask
from portal.audit.trail import Wanted, read_trail
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Invalid, NotPermitted
from portal.kit.ids import new_id
from portal.models import (
    AppointmentRequest,
    Charge,
    ChargeState,
    InsuranceProposal,
    JoinRequest,
    JoinStatus,
    MessageThread,
    Payer,
    ProposalStatus,
    RequestStatus,
    Service,
)
from portal.settings.catalog import CATALOG, SettingName
from portal.settings.overview import obstacle_to, what_is_missing
from portal.settings.service import Question, question_before, read_overview
from portal.settings.store import change_setting, switch_off_for_client
from tests.conftest import Clock
from tests.factories import as_staff
from tests.people import Human
from tests.statements import statements_of

CHANGES = Wanted(actions=("setting.changed",))


async def ask(database: Database, who: Human, name: str, value: object = False) -> Question | None:
    async with as_staff(database, who, StaffTask.SETTINGS, writes=False) as (work, access):
        return await question_before(work, access, name=name, value=value)


async def test_the_overview_is_one_statement(database: Database, avery: Human, lena: Human) -> None:
    async with as_staff(database, avery, StaffTask.SETTINGS, writes=False) as (work, access):
        with statements_of(database) as statements:
            harbor = await read_overview(work, access)
    assert len(statements) == 1
    assert (harbor.cards_connected, harbor.messaging_therapists, harbor.scheduling_therapists) == (True, 1, 1)
    assert harbor.settings.is_on(SettingName.SECURE_MESSAGING)
    async with as_staff(database, lena, StaffTask.SETTINGS, writes=False) as (work, access):
        lakeside = await read_overview(work, access)
    assert (lakeside.cards_connected, lakeside.messaging_therapists, lakeside.scheduling_therapists) == (False, 0, 0)
    assert not lakeside.settings.is_on(SettingName.SECURE_MESSAGING)


async def test_what_stands_in_the_way_and_what_is_missing(database: Database, lena: Human) -> None:
    async with as_staff(database, lena, StaffTask.SETTINGS, writes=False) as (work, access):
        overview = await read_overview(work, access)
    payments, messaging = CATALOG[SettingName.ONLINE_PAYMENTS], CATALOG[SettingName.SECURE_MESSAGING]
    assert "Connect card processing first" in obstacle_to(payments, overview)
    assert obstacle_to(messaging, overview) == ""
    assert "Nobody is subscribed to messaging yet" in what_is_missing(messaging, overview)
    without = overview.with_value(SettingName.INSURANCE_INFO, False)
    payers = CATALOG[SettingName.NEW_PAYERS]
    assert obstacle_to(payers, overview) == ""
    assert "Display Insurance Info" in obstacle_to(payers, without)


async def test_switching_contacts_off_says_how_many_lose_access(
    database: Database, avery: Human, lena: Human, milo: Human, tara: Human
) -> None:
    question = await ask(database, avery, "contact_access")
    assert question is not None
    assert question.steps[0][0].startswith("2 people in contact networks lose access")
    assert await ask(database, avery, "contact_access", value=True) is None
    assert await ask(database, lena, "contact_access") is None
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await switch_off_for_client(work, access, client_id=milo.client_id, name="contact_access")
    question = await ask(database, avery, "contact_access")
    assert question is not None
    assert question.steps[0][0].startswith("1 person in a contact network loses access")
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await switch_off_for_client(work, access, client_id=tara.client_id, name="contact_access")
    assert await ask(database, avery, "contact_access") is None


async def test_showing_addresses_is_asked_twice_and_never_done_unasked(database: Database, avery: Human) -> None:
    question = await ask(database, avery, "hide_location")
    assert question is not None
    assert len(question.steps) == 2
    first = " ".join(question.steps[0])
    assert "6 clients" in first
    assert "14 Pier Street" in first
    assert "Shore Road" not in first
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        with pytest.raises(Invalid, match="see the address"):
            await change_setting(work, access, name="hide_location", value=False)
        assert (await read_overview(work, access)).settings.is_on(SettingName.HIDE_LOCATION)
        made = await change_setting(work, access, name="hide_location", value=False, confirmed=True)
        assert (made.old, made.new) == (True, False)


async def test_who_waits_to_join_is_counted_in_this_practice_only(
    database: Database, cast: Cast, avery: Human, lena: Human
) -> None:
    assert await ask(database, avery, "client_sign_up") is None
    async with database.unit_of_work() as work:
        for given, status in (("Ada", JoinStatus.WAITING), ("Bob", JoinStatus.REJECTED)):
            row = JoinRequest(
                organization_id=cast.harbor.id,
                given_name=given,
                family_name="New",
                email="new@mail.example",
                status=status,
                created_at=work.now,
            )
            work.add(row)
    question = await ask(database, avery, "client_sign_up")
    assert question is not None
    assert question.steps[0][0].startswith("1 person waits for your decision")
    assert await ask(database, lena, "client_sign_up") is None


async def test_switching_off_self_scheduling_says_whose_requests_wait(
    database: Database, cast: Cast, avery: Human
) -> None:
    assert await ask(database, avery, "self_scheduling") is None
    async with database.unit_of_work() as work:
        service = Service(organization_id=cast.harbor.id, name="Session", minutes=50, price_cents=0, currency="USD")
        work.add(service)
        await work.flush()
        for client, hours, status in (
            ("casey", 24, RequestStatus.REQUESTED),
            ("casey", 48, RequestStatus.REQUESTED),
            ("tara", 24, RequestStatus.REQUESTED),
            ("milo", 24, RequestStatus.DECLINED),
            ("omar", -24, RequestStatus.REQUESTED),
        ):
            starts_at = work.now + timedelta(hours=hours)
            row = AppointmentRequest(
                organization_id=cast.harbor.id,
                client_id=cast.clients[client].id,
                membership_id=cast.staff["tess"].id,
                service_id=service.id,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=50),
                zone="America/New_York",
                wall="2026-11-25 10:00",
                price_cents=0,
                currency="USD",
                operation_id=new_id(),
                requested_at=work.now,
            )
            row.status = status
            work.add(row)
    question = await ask(database, avery, "self_scheduling")
    assert question is not None
    assert question.steps[0][0].startswith("2 clients have pending requests: they stay")


async def test_switching_payments_off_says_how_many_owe(
    database: Database, clock: Clock, cast: Cast, avery: Human, lena: Human, omar: Human
) -> None:
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await switch_off_for_client(work, access, client_id=omar.client_id, name="online_payments")
    async with database.unit_of_work() as work:
        for name, is_open in (("casey", True), ("casey", True), ("milo", True), ("tara", False), ("omar", True)):
            client = cast.clients[name]
            owned = {"organization_id": cast.harbor.id, "client_id": client.id}
            charge = Charge(**owned, on_day=clock.now.date(), amount_cents=7000, currency="USD", created_at=work.now)
            work.add(charge)
            await work.flush()
            work.add(ChargeState(**owned, charge_id=charge.id, is_open=is_open))
    question = await ask(database, avery, "online_payments")
    assert question is not None
    assert question.steps[0][0].startswith("2 clients have something to pay: what is owed stays")
    assert await ask(database, lena, "online_payments") is None


async def test_switching_messages_off_says_about_whom_there_are_conversations(
    database: Database, cast: Cast, avery: Human, tess: Human, lena: Human
) -> None:
    async with database.unit_of_work() as work:
        for name in ("casey", "casey", "milo"):
            moments = {"created_at": work.now, "last_at": work.now}
            owned = {"organization_id": cast.harbor.id, "client_id": cast.clients[name].id}
            work.add(
                MessageThread(**owned, **moments, subject=b"sealed", created_by=tess.account_id, operation_id=new_id())
            )
    question = await ask(database, avery, "secure_messaging")
    assert question is not None
    assert question.steps[0][0].startswith("There are conversations about 2 clients: every message is kept")
    assert await ask(database, lena, "secure_messaging") is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("insurance_info", "The insurance of 2 clients was sent in and waits"),
        ("new_payers", "1 client has sent in a payer that is not on your list"),
    ],
)
async def test_switching_insurance_off_says_what_waits(
    database: Database, cast: Cast, avery: Human, lena: Human, gina: Human, name: str, told: str
) -> None:
    async with database.unit_of_work() as work:
        payer = Payer(organization_id=cast.harbor.id, name="One", name_key="one", created_at=work.now)
        work.add(payer)
        await work.flush()
        for client, listed, status in (
            ("milo", True, ProposalStatus.WAITING),
            ("casey", False, ProposalStatus.WAITING),
            ("tara", False, ProposalStatus.DECIDED),
        ):
            row = InsuranceProposal(
                organization_id=cast.harbor.id,
                client_id=cast.clients[client].id,
                slot="new",
                payer_id=payer.id if listed else None,
                details=b"sealed",
                operation_id=new_id(),
                proposed_at=work.now,
                proposed_by=gina.account_id,
            )
            row.status = status
            work.add(row)
    question = await ask(database, avery, name)
    assert question is not None
    assert question.steps[0][0].startswith(told)
    assert await ask(database, lena, name) is None


async def test_others_read_how_it_stands_and_no_more(database: Database, avery: Human, tess: Human) -> None:
    async with as_staff(database, avery, StaffTask.SETTINGS, writes=False) as (work, access):
        decided = await read_overview(work, access)
    async with as_staff(database, tess, StaffTask.TODAY) as (work, access):
        assert await read_overview(work, access) == decided
        with pytest.raises(NotPermitted):
            await change_setting(work, access, name="insurance_info", value=False)
        with pytest.raises(NotPermitted):
            await question_before(work, access, name="contact_access", value=False)
        with pytest.raises(NotPermitted):
            await read_trail(work, access)


async def test_the_history_is_read_a_page_at_a_time(
    database: Database, clock: Clock, avery: Human, lena: Human
) -> None:
    for hours in range(1, 8):
        clock.now += timedelta(minutes=1)
        async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
            await change_setting(work, access, name="request_notice_hours", value=hours)
    async with as_staff(database, avery, StaffTask.SETTINGS, writes=False) as (work, access):
        with statements_of(database) as statements:
            first = await read_trail(work, access, wanted=CHANGES, limit=4)
        assert len(statements) == 1
        second = await read_trail(work, access, wanted=CHANGES, before=first.before, limit=4)
    told = [(entry.detail["from"], entry.detail["to"]) for entry in (*first.entries, *second.entries)]
    assert told == [(6, 7), (5, 6), (4, 5), (3, 4), (2, 3), (1, 2), (24, 1)]
    assert second.before is None
    assert {entry.actor for entry in first.entries} == {"Avery Stone"}
    async with as_staff(database, lena, StaffTask.SETTINGS, writes=False) as (work, access):
        assert (await read_trail(work, access, wanted=CHANGES)).entries == ()


async def test_a_change_costs_at_most_seven_statements(database: Database, avery: Human) -> None:
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await change_setting(work, access, name="new_payers", value=False)  # begins the chain
        await work.flush()
        with statements_of(database) as statements:
            await question_before(work, access, name="contact_access", value=False)
            await change_setting(work, access, name="contact_access", value=False, confirmed=True)
            await work.flush()
            await read_trail(work, access, wanted=CHANGES, limit=5)
    assert len(statements) <= 7
