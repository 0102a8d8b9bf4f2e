"""The first three steps, logins, records that are closed, and what stays in sight."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from portal.access.actor import Sight, StaffTask
from portal.access.gate import open_account
from portal.errors import NotFound, SignedOut
from portal.models import (
    Account,
    AddOn,
    Client,
    ClientRestriction,
    ClientTherapist,
    Contact,
    ContactLink,
    Grant,
    Membership,
    OrganizationSetting,
    Permission,
    Role,
    Session,
    Subscription,
)
from portal.settings.catalog import SettingName
from tests.access.house import ALLOWED, CAPABILITIES, NOT_FOUND, House

SWITCHES = {
    Permission.PAYMENTS: (SettingName.ONLINE_PAYMENTS, "payments_off"),
    Permission.SCHEDULING: (SettingName.SELF_SCHEDULING, "scheduling_off"),
    Permission.MESSAGING: (SettingName.SECURE_MESSAGING, "messaging_off"),
    Permission.INSURANCE: (SettingName.INSURANCE_INFO, "insurance_off"),
}
ADD_ONS = {
    Permission.MESSAGING: (AddOn.MESSAGING, "no_messaging_therapist"),
    Permission.SCHEDULING: (AddOn.SELF_SCHEDULING, "no_scheduling_therapist"),
}


async def switch_off(house: House, name: SettingName) -> None:
    async with house.database.unit_of_work() as work:
        query = select(OrganizationSetting).where(
            OrganizationSetting.name == name, OrganizationSetting.organization_id == house.cast.harbor.id
        )
        (await work.exec(query)).one().value = "false"


async def restrict(house: House, client: str, name: SettingName) -> None:
    row = house.cast.clients[client]
    restriction = ClientRestriction(
        organization_id=row.organization_id, client_id=row.id, setting=name, created_at=house.clock.now
    )
    await house.store(restriction)


@pytest.mark.parametrize("permission", SWITCHES)
async def test_a_setting_that_is_off_closes_its_own_feature_for_everybody(house: House, permission: Permission) -> None:
    name, code = SWITCHES[permission]
    assert await house.answer("casey", "casey", permission) == ALLOWED
    await switch_off(house, name)
    assert await house.answer("casey", "casey", permission) == code
    assert await house.answer("gina", "milo", permission) == code
    for other in set(SWITCHES) - {permission}:
        assert await house.answer("casey", "casey", other) == ALLOWED


@pytest.mark.parametrize("permission", SWITCHES)
async def test_a_setting_that_is_off_for_one_client_stays_on_for_the_others(
    house: House, permission: Permission
) -> None:
    await restrict(house, "milo", SWITCHES[permission][0])
    assert await house.answer("gina", "milo", permission) == "off_for_client"
    assert await house.answer("casey", "casey", permission) == ALLOWED
    for other in set(SWITCHES) - {permission}:
        assert await house.answer("gina", "milo", other) == ALLOWED


async def test_forms_have_no_switch(house: House) -> None:
    for name in (*(name for name, _ in SWITCHES.values()), SettingName.NEW_PAYERS, SettingName.HIDE_LOCATION):
        await switch_off(house, name)
    assert await house.answer("casey", "casey", Permission.FORMS) == ALLOWED
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED


async def test_payments_need_card_processing(house: House) -> None:
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED
    await house.change(house.cast.harbor, card_processing_connected_at=None)
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == "no_card_processing"


async def test_contact_access_can_be_off_for_one_client(house: House) -> None:
    await restrict(house, "milo", SettingName.CONTACT_ACCESS)
    assert await house.answer("gina", "milo", Permission.FORMS) == "contacts_off_for_client"
    assert await house.answer("gina", "tara", Permission.PAYMENTS) == ALLOWED


async def test_ones_own_appointments_stay_in_sight(house: House) -> None:
    await switch_off(house, SettingName.SELF_SCHEDULING)
    assert await house.answer("morgan", "morgan", Permission.SCHEDULING) == "scheduling_off"
    assert await house.answer("morgan", "morgan", Sight.APPOINTMENTS) == ALLOWED
    assert await house.answer("gina", "tara", Sight.APPOINTMENTS) == ALLOWED
    assert await house.answer("pete", "milo", Sight.APPOINTMENTS) == "no_grant"


async def test_omars_own_appointments_and_forms_stay_when_every_feature_is_off(house: House) -> None:
    answers = {one: await house.answer("omar", "omar", one) for one in CAPABILITIES}
    assert {one for one, answer in answers.items() if answer == ALLOWED} == {
        Permission.FORMS,
        Sight.APPOINTMENTS,
        Sight.SIGNED_FORMS,
    }


async def subscription_of(house: House, person: str, add_on: AddOn) -> Subscription:
    async with house.database.unit_of_work(writes=False) as work:
        query = select(Subscription).where(
            Subscription.membership_id == house.cast.staff[person].id, Subscription.add_on == add_on
        )
        return (await work.exec(query)).one()


@pytest.mark.parametrize("permission", ADD_ONS)
async def test_an_add_on_counts_from_its_start_until_its_end(house: House, permission: Permission) -> None:
    add_on, code = ADD_ONS[permission]
    other = next(one for one in ADD_ONS if one is not permission)
    row = await subscription_of(house, "tess", add_on)
    now: datetime = house.clock.now
    later = now + timedelta(seconds=1)
    for started, ended, expected in (
        (later, None, code),
        (now, None, ALLOWED),
        (now - timedelta(days=1), now, code),
        (now - timedelta(days=1), later, ALLOWED),
    ):
        await house.change(row, started_at=started, ended_at=ended)
        assert await house.answer("casey", "casey", permission) == expected, (started, ended)
        assert await house.answer("casey", "casey", other) == ALLOWED


@pytest.mark.parametrize("permission", ADD_ONS)
async def test_an_add_on_reaches_only_the_clients_of_its_therapist(house: House, permission: Permission) -> None:
    add_on, code = ADD_ONS[permission]
    assert await house.answer("morgan", "morgan", permission) == code, "Tess is subscribed, but Morgan is Noah's"
    subscription = Subscription(
        organization_id=house.cast.harbor.id,
        membership_id=house.cast.staff["noah"].id,
        add_on=add_on,
        started_at=house.clock.now,
    )
    await house.store(subscription)
    assert await house.answer("morgan", "morgan", permission) == ALLOWED


async def test_one_subscribed_therapist_of_two_suffices(house: House) -> None:
    together = ClientTherapist(
        organization_id=house.cast.harbor.id,
        client_id=house.client_id("morgan"),
        membership_id=house.cast.staff["tess"].id,
        created_at=house.clock.now,
    )
    await house.store(together)
    assert await house.answer("morgan", "morgan", Permission.MESSAGING) == ALLOWED


@pytest.mark.parametrize(
    "change", [{"deactivated_at": True}, {"role": Role.BILLER}, {"role": Role.FRONT_DESK}], ids=str
)
async def test_an_add_on_of_somebody_who_gives_no_care_here_reaches_nobody(
    house: House, change: dict[str, object]
) -> None:
    assert await house.answer("casey", "casey", Permission.MESSAGING) == ALLOWED
    values = {name: house.clock.now if value is True else value for name, value in change.items()}
    await house.change(house.cast.staff["tess"], **values)
    assert await house.answer("casey", "casey", Permission.MESSAGING) == "no_messaging_therapist"
    assert await house.answer("casey", "casey", Permission.SCHEDULING) == "no_scheduling_therapist"


async def test_an_unassigned_therapist_reaches_the_client_no_more(house: House) -> None:
    assert (await house.practice("tess", StaffTask.READ_ANSWERS, client="milo")).client_id
    async with house.database.unit_of_work() as work:
        query = select(ClientTherapist).where(ClientTherapist.client_id == house.client_id("milo"))
        await work.delete((await work.exec(query)).one())
    with pytest.raises(NotFound):
        await house.practice("tess", StaffTask.READ_ANSWERS, client="milo")
    assert await house.answer("gina", "milo", Permission.MESSAGING) == "no_messaging_therapist"


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
    await restrict(house, "casey_lakeside", SettingName.INSURANCE_INFO)
    assert await house.answer("casey", "casey", Permission.INSURANCE) == ALLOWED
    assert await house.answer("casey", "casey_lakeside", Permission.INSURANCE) == "off_for_client"
    await switch_off(house, SettingName.INSURANCE_INFO)
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
