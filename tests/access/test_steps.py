"""The first three steps: settings, what they need, and what is off for one client; and what stays in sight."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from portal.access.actor import Sight, StaffTask
from portal.errors import NotFound
from portal.models import (
    AddOn,
    ClientTherapist,
    Permission,
    Role,
    Subscription,
)
from portal.settings.catalog import SettingName
from tests.access.house import ALLOWED, CAPABILITIES, House

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


@pytest.mark.parametrize("permission", SWITCHES)
async def test_a_setting_that_is_off_closes_its_own_feature_for_everybody(house: House, permission: Permission) -> None:
    name, code = SWITCHES[permission]
    assert await house.answer("casey", "casey", permission) == ALLOWED
    await house.switch_off(name)
    assert await house.answer("casey", "casey", permission) == code
    assert await house.answer("gina", "milo", permission) == code
    for other in set(SWITCHES) - {permission}:
        assert await house.answer("casey", "casey", other) == ALLOWED


@pytest.mark.parametrize("permission", SWITCHES)
async def test_a_setting_that_is_off_for_one_client_stays_on_for_the_others(
    house: House, permission: Permission
) -> None:
    await house.restrict("milo", SWITCHES[permission][0])
    assert await house.answer("gina", "milo", permission) == "off_for_client"
    assert await house.answer("casey", "casey", permission) == ALLOWED
    for other in set(SWITCHES) - {permission}:
        assert await house.answer("gina", "milo", other) == ALLOWED


async def test_forms_have_no_switch(house: House) -> None:
    for name in (*(name for name, _ in SWITCHES.values()), SettingName.NEW_PAYERS, SettingName.HIDE_LOCATION):
        await house.switch_off(name)
    assert await house.answer("casey", "casey", Permission.FORMS) == ALLOWED
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED


async def test_payments_need_card_processing(house: House) -> None:
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED
    await house.change(house.cast.harbor, card_processing_connected_at=None)
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == "no_card_processing"


async def test_contact_access_can_be_off_for_one_client(house: House) -> None:
    await house.restrict("milo", SettingName.CONTACT_ACCESS)
    assert await house.answer("gina", "milo", Permission.FORMS) == "contacts_off_for_client"
    assert await house.answer("gina", "tara", Permission.PAYMENTS) == ALLOWED


async def test_ones_own_appointments_stay_in_sight(house: House) -> None:
    await house.switch_off(SettingName.SELF_SCHEDULING)
    assert await house.answer("morgan", "morgan", Permission.SCHEDULING) == "scheduling_off"
    assert await house.answer("morgan", "morgan", Sight.APPOINTMENTS) == ALLOWED
    assert await house.answer("gina", "tara", Sight.APPOINTMENTS) == ALLOWED
    assert await house.answer("pete", "milo", Sight.APPOINTMENTS) == "no_grant"


async def test_omars_own_appointments_forms_and_record_stay_when_every_feature_is_off(house: House) -> None:
    answers = {one: await house.answer("omar", "omar", one) for one in CAPABILITIES}
    assert {one for one, answer in answers.items() if answer == ALLOWED} == {
        Permission.FORMS,
        Sight.APPOINTMENTS,
        Sight.SIGNED_FORMS,
        Sight.OWN_RECORD,
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
