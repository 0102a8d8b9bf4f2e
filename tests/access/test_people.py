"""The fourth step: logins, sessions, closed records, and people who are several things in several practices."""

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.access.actor import Sight, StaffTask
from portal.access.gate import open_account
from portal.errors import NotFound, SignedOut
from portal.models import (
    Account,
    Client,
    Contact,
    ContactLink,
    Grant,
    Membership,
    OrganizationSetting,
    Permission,
    Role,
    Session,
)
from portal.settings.catalog import SettingName
from tests.access.house import ALLOWED, CAPABILITIES, NOT_FOUND, House


async def test_an_archived_client_keeps_the_signed_forms_and_nothing_else(house: House) -> None:
    await house.change(house.cast.clients["casey"], archived_at=house.clock.now)
    answers = {one: await house.answer("casey", "casey", one) for one in CAPABILITIES}
    assert answers.pop(Sight.SIGNED_FORMS) == ALLOWED
    assert set(answers.values()) == {"client_archived"}
    assert await house.answer("casey", "casey_lakeside", Permission.FORMS) == ALLOWED, "another practice's record"


async def test_contacts_of_an_archived_client_reach_nothing(house: House) -> None:
    assert await house.answer("gina", "milo", Sight.SIGNED_FORMS) == ALLOWED
    await house.change(house.cast.clients["milo"], archived_at=house.clock.now)
    assert {await house.answer("gina", "milo", one) for one in CAPABILITIES} == {"client_archived"}
    subjects = await house.subjects("gina")
    assert [one.name for one in subjects.clients] == ["Gina Park", "Tara Park"]


async def test_staff_still_reach_an_archived_client(house: House) -> None:
    await house.change(house.cast.clients["milo"], archived_at=house.clock.now)
    assert (await house.practice("tess", StaffTask.SEE_CLIENTS, client="milo")).client_id == house.client_id("milo")


async def test_a_deactivated_staff_member_finds_no_practice(house: House) -> None:
    assert (await house.practice("avery", StaffTask.SETTINGS)).role is Role.ADMIN
    await house.change(house.cast.staff["avery"], deactivated_at=house.clock.now)
    with pytest.raises(NotFound):
        await house.practice("avery", StaffTask.SETTINGS)
    assert (await house.subjects("avery")).memberships == ()


async def test_a_disabled_account_is_signed_out(house: House) -> None:
    assert await house.answer("casey", "casey", Permission.FORMS) == ALLOWED
    await house.change(house.cast.accounts["casey"], disabled_at=house.clock.now)
    with pytest.raises(SignedOut):
        await house.open("casey", "casey", Permission.FORMS)
    with pytest.raises(SignedOut):
        await house.subjects("casey")


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ({}, timedelta(minutes=30, seconds=1)),
        ({"touched_at": timedelta(hours=12)}, timedelta(hours=12, seconds=1)),
        ({"ended_at": timedelta(0)}, timedelta(0)),
    ],
    ids=["idle", "too old", "ended"],
)
async def test_a_session_that_is_over_opens_nothing(
    house: House, values: dict[str, timedelta], after: timedelta
) -> None:
    assert await house.answer("casey", "casey", Permission.FORMS) == ALLOWED
    start = house.clock.now
    async with house.database.unit_of_work() as work:
        found = await work.exec(select(Session).where(Session.token_hash == house.session("casey")))
        session = found.one()
        for name, offset in values.items():
            setattr(session, name, start + offset)
    house.clock.now = start + after
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(SignedOut):
            await open_account(work, house.session("casey"))
    with pytest.raises(SignedOut):
        await house.open("casey", "casey", Permission.FORMS)
    with pytest.raises(SignedOut):
        await house.practice("casey", StaffTask.TODAY)


async def test_a_token_that_nobody_has_opens_nothing(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        for token in ("", "casey", house.session("casey").upper(), "0" * 64):
            with pytest.raises(SignedOut):
                await open_account(work, token)
        assert (await open_account(work, house.session("casey"))).actor.name == "Casey Lin"


async def test_one_practices_decisions_do_not_reach_the_other(house: House) -> None:
    """Casey is a client of both with one account; each record follows its own practice."""
    assert await house.answer("casey", "casey", Permission.PAYMENTS) == ALLOWED
    assert await house.answer("casey", "casey_lakeside", Permission.PAYMENTS) == "payments_off"
    await house.restrict("casey_lakeside", SettingName.INSURANCE_INFO)
    assert await house.answer("casey", "casey", Permission.INSURANCE) == ALLOWED
    assert await house.answer("casey", "casey_lakeside", Permission.INSURANCE) == "off_for_client"
    await house.switch_off(SettingName.INSURANCE_INFO)
    assert await house.answer("quinn", "quinn", Permission.INSURANCE) == ALLOWED


async def test_a_contact_of_one_practice_is_nobody_in_the_other(house: House) -> None:
    """Pete becomes a contact of a Lakeside client too; his Harbor record grants nothing there and the reverse."""
    lakeside, quinn = house.cast.lakeside.id, house.client_id("quinn")
    pete = Contact(
        organization_id=lakeside,
        account_id=house.cast.accounts["pete"].id,
        given_name="Pete",
        family_name="Park",
        created_at=house.clock.now,
    )
    link = ContactLink(
        organization_id=lakeside,
        client_id=quinn,
        contact_id=pete.id,
        relationship="friend",
        created_at=house.clock.now,
    )
    grant = Grant(
        organization_id=lakeside,
        client_id=quinn,
        contact_id=pete.id,
        permission=Permission.INSURANCE,
        basis="other",
        first_day=house.clock.now.date(),
        given_at=house.clock.now,
    )
    await house.store(pete, link, grant)
    assert await house.answer("pete", "quinn", Permission.INSURANCE) == "contacts_off", "Lakeside has contacts off"
    allow = OrganizationSetting(
        organization_id=lakeside, name=SettingName.CONTACT_ACCESS, value="true", changed_at=house.clock.now
    )
    await house.store(allow)
    assert await house.answer("pete", "quinn", Permission.INSURANCE) == ALLOWED
    assert await house.answer("pete", "quinn", Permission.PAYMENTS) == "payments_off"
    assert await house.answer("pete", "milo", Permission.INSURANCE) == "no_grant"
    assert await house.answer("pete", "casey_lakeside", Permission.INSURANCE) == NOT_FOUND


async def test_one_account_can_be_client_contact_and_staff_at_once(house: House) -> None:
    member = Membership(
        organization_id=house.cast.lakeside.id,
        account_id=house.cast.accounts["gina"].id,
        number=9,
        role=Role.BILLER,
        name="Gina Park",
        email="gina@mail.example",
        created_at=house.clock.now,
    )
    await house.store(member)
    assert (await house.practice("gina", StaffTask.MONEY)).practice_name == "Lakeside Therapy"
    assert await house.answer("gina", "quinn", Permission.PAYMENTS) == NOT_FOUND, "staff do not act for clients"
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
    with pytest.raises(NotFound):
        await house.practice("gina", StaffTask.MONEY, client="milo")
    subjects = await house.subjects("gina")
    assert [one.practice_slug for one in subjects.memberships] == ["lakeside"]


async def test_staff_of_two_practices_choose_by_address(house: House) -> None:
    member = Membership(
        organization_id=house.cast.lakeside.id,
        account_id=house.cast.accounts["tess"].id,
        number=9,
        role=Role.ADMIN,
        name="Tess Rivera",
        email="tess@harbor.example",
        created_at=house.clock.now,
    )
    await house.store(member)
    assert (await house.practice("tess", StaffTask.SEE_CLIENTS)).practice_name == "Harbor Counseling"
    assert (await house.practice("tess", StaffTask.SETTINGS, practice="lakeside")).role is Role.ADMIN
    with pytest.raises(NotFound):
        await house.practice("tess", StaffTask.SEE_CLIENTS, practice="lakeside", client="milo")
    assert (await house.practice("tess", StaffTask.SEE_CLIENTS, practice="harbor", client="milo")).client_id


async def test_a_child_without_a_login_is_nobodys_self(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        accounts = (await work.exec(select(Account.id))).all()
        milo = await work.get_one(Client, house.client_id("milo"))
    assert milo.account_id is None
    assert len(accounts) == len(house.cast.accounts)
    assert not any(one.is_self for one in (await house.subjects("pete")).clients)
