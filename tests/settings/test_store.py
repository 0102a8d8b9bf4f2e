"""Changing what the practice decided."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.gate import open_practice
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.tokens import token_hash
from portal.models import AuditEvent, ClientRestriction, OrganizationSetting, Session
from portal.settings.catalog import SettingName, UnknownSetting
from portal.settings.store import change_setting, follow_practice_for_client, read_settings, switch_off_for_client


async def administrator(work: Work, cast: Cast, person: str = "avery") -> PracticeAccess:
    """An administrator at the settings, through the gate."""
    session = Session(
        account_id=cast.accounts[person].id, token_hash=token_hash(person), created_at=work.now, touched_at=work.now
    )
    work.add(session)
    await work.flush()
    return await open_practice(work, token_hash(person), StaffTask.SETTINGS)


async def events(work: Work, organization_id: UUID) -> list[tuple[str, dict[str, Any], UUID | None, UUID | None]]:
    await work.flush()
    query = select(AuditEvent).where(AuditEvent.organization_id == organization_id).order_by(AuditEvent.sequence)
    return [(row.action, json.loads(row.detail), row.client_id, row.actor_id) for row in (await work.exec(query)).all()]


async def test_a_change_is_kept_told_and_recorded(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        assert (await change_setting(work, access, name="secure_messaging", value=False)).new is False
        assert (await change_setting(work, access, name="cancel_notice_hours", value=48)).new == 48
        assert work.topics == {f"settings:{cast.harbor.id}"}
        assert [event[:2] for event in await events(work, cast.harbor.id)] == [
            ("setting.changed", {"setting": "secure_messaging", "from": True, "to": False}),
            ("setting.changed", {"setting": "cancel_notice_hours", "from": 24, "to": 48}),
        ]
        assert {event[3] for event in await events(work, cast.harbor.id)} == {cast.accounts["avery"].id}
    async with database.unit_of_work(writes=False) as work:
        values = await read_settings(work, access)
        assert not values.is_on(SettingName.SECURE_MESSAGING)
        assert values.hours(SettingName.CANCEL_NOTICE_HOURS) == 48
        query = select(OrganizationSetting).where(OrganizationSetting.name == "secure_messaging")
        assert [row.organization_id for row in (await work.exec(query)).all()] == [cast.harbor.id]


async def test_what_is_so_already_is_not_recorded_again(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        await change_setting(work, access, name="secure_messaging", value=True)
        await change_setting(work, access, name="request_notice_hours", value=24)
        assert await events(work, cast.harbor.id) == []
        assert work.topics == set()


async def test_only_an_administrator_changes_settings(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        for person in ("tess", "bea", "frank"):
            with pytest.raises(NotPermitted):
                await administrator(work, cast, person)
        another_task = replace(access, task=StaffTask.EDIT_CLIENTS, scope=Scope.ALL)
        client = {"client_id": cast.clients["milo"].id, "name": "online_payments"}
        with pytest.raises(NotPermitted):
            await change_setting(work, another_task, name="secure_messaging", value=False)
        with pytest.raises(NotPermitted):
            await switch_off_for_client(work, another_task, **client)
        with pytest.raises(NotPermitted):
            await follow_practice_for_client(work, another_task, **client)
        assert (await change_setting(work, access, name="secure_messaging", value=False)).new is False


@pytest.mark.parametrize("value", ["yes", 1, None, {"on": True}])
async def test_a_value_of_another_kind_changes_nothing(database: Database, cast: Cast, value: Any) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        with pytest.raises(Invalid):
            await change_setting(work, access, name="secure_messaging", value=value)
        with pytest.raises(UnknownSetting):
            await change_setting(work, access, name="fax_machine", value=value)
        assert (await read_settings(work, access)).is_on(SettingName.SECURE_MESSAGING)
        assert await events(work, cast.harbor.id) == []


async def test_payments_wait_for_card_processing(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        lakeside = await administrator(work, cast, "lena")
        with pytest.raises(Invalid, match="Connect card processing first"):
            await change_setting(work, lakeside, name="online_payments", value=True)
        harbor = await administrator(work, cast)
        await change_setting(work, harbor, name="online_payments", value=False)
        assert (await change_setting(work, harbor, name="online_payments", value=True)).new is True


async def test_messaging_may_be_switched_on_before_anybody_is_subscribed(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        lakeside = await administrator(work, cast, "lena")
        assert (await change_setting(work, lakeside, name="secure_messaging", value=True)).new is True
        assert (await change_setting(work, lakeside, name="self_scheduling", value=True)).new is True


async def test_new_payers_wait_for_insurance_to_be_displayed(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        for name in ("new_payers", "insurance_info"):
            await change_setting(work, access, name=name, value=False)
        with pytest.raises(Invalid, match="Display Insurance Info"):
            await change_setting(work, access, name="new_payers", value=True)
        await change_setting(work, access, name="insurance_info", value=True)
        assert (await change_setting(work, access, name="new_payers", value=True)).new is True


async def test_a_setting_is_switched_off_for_one_client_and_back(database: Database, cast: Cast) -> None:
    milo = cast.clients["milo"].id
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        for _ in range(2):
            await switch_off_for_client(work, access, client_id=milo, name="online_payments")
            await work.flush()
        assert work.topics == {f"client:{milo}"}
        query = select(ClientRestriction.setting).where(ClientRestriction.client_id == milo)
        assert (await work.exec(query)).all() == ["online_payments"]
        for _ in range(2):
            await follow_practice_for_client(work, access, client_id=milo, name="online_payments")
            await work.flush()
        assert (await work.exec(query)).all() == []
        assert [event[:3] for event in await events(work, cast.harbor.id)] == [
            ("setting.off_for_client", {"setting": "online_payments"}, milo),
            ("setting.as_practice_for_client", {"setting": "online_payments"}, milo),
        ]


async def test_a_client_is_never_switched_on_where_the_practice_is_off(database: Database, cast: Cast) -> None:
    omar = {"client_id": cast.clients["omar"].id, "name": "secure_messaging"}
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        await change_setting(work, access, name="secure_messaging", value=False)
        with pytest.raises(Invalid, match="off for the whole practice"):
            await follow_practice_for_client(work, access, **omar)
        await change_setting(work, access, name="secure_messaging", value=True)
        await follow_practice_for_client(work, access, **omar)


async def test_showing_an_address_to_a_client_is_asked_twice(database: Database, cast: Cast) -> None:
    milo = {"client_id": cast.clients["milo"].id, "name": "hide_location"}
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        with pytest.raises(Invalid, match="will see the address"):
            await switch_off_for_client(work, access, **milo)
        await switch_off_for_client(work, access, **milo, confirmed=True)
        await work.flush()
        query = select(ClientRestriction.setting).where(ClientRestriction.client_id == milo["client_id"])
        assert (await work.exec(query)).all() == ["hide_location"]


@pytest.mark.parametrize("name", ["client_sign_up", "notify_created", "request_notice_hours"])
async def test_what_is_for_the_whole_practice_stays_so(database: Database, cast: Cast, name: str) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        with pytest.raises(Invalid, match="for the whole practice"):
            await switch_off_for_client(work, access, client_id=cast.clients["milo"].id, name=name)


async def test_a_client_of_another_practice_is_not_found(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await administrator(work, cast)
        for change in (switch_off_for_client, follow_practice_for_client):
            with pytest.raises(NotFound):
                await change(work, access, client_id=cast.clients["quinn"].id, name="insurance_info")
        await switch_off_for_client(work, access, client_id=cast.clients["milo"].id, name="insurance_info")
