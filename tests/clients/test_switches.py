"""Switching features for several clients at once."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlmodel import func, select

from portal.access.actor import StaffTask
from portal.access.gate import open_client
from portal.clients.service_list import list_clients
from portal.clients.service_switches import switch_features
from portal.clients.views import SwitchState
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import ClientRestriction, Permission
from tests.clients.office import events, sign_in, staff

ADMIN = StaffTask.SETTINGS


def ids(cast: Cast, *names: str) -> list[UUID]:
    return [cast.clients[name].id for name in names]


async def restrictions(work: Work) -> int:
    return (await work.exec(select(func.count()).select_from(ClientRestriction))).one()


async def test_a_feature_goes_off_for_several_clients_and_their_open_pages_change(
    database: Database, cast: Cast
) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        chosen = ids(cast, "casey", "milo", "tara")
        assert await switch_features(work, access, client_ids=chosen, name="online_payments", off=True) == 3
        told = {f"account:{cast.accounts[name].id}" for name in ("casey", "tara", "gina", "pete")}
        assert work.topics >= {f"client:{one}" for one in chosen} | told
        assert f"account:{cast.accounts['omar'].id}" not in work.topics
        pete = await sign_in(work, cast, "pete")
        with pytest.raises(NotPermitted, match="switched this off for Milo Park"):
            await open_client(work, pete, chosen[1], Permission.PAYMENTS)
        rows = {row.name: row.switches["online_payments"].state for row in (await list_clients(work, access)).rows}
        assert rows["Casey Lin"] is SwitchState.OFF
        assert rows["Morgan Diaz"] is SwitchState.ON
        assert await events(work, cast.harbor.id) == [
            ("setting.off_for_client", {"setting": "online_payments"}) for _ in chosen
        ]


async def test_doing_it_twice_changes_and_records_nothing_more(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        for expected in (2, 0):
            chosen = ids(cast, "casey", "milo", "omar", "casey")
            assert await switch_features(work, access, client_ids=chosen, name="insurance_info", off=True) == expected
        assert len(await events(work, cast.harbor.id)) == 2
        for expected in (3, 0):
            assert await switch_features(work, access, client_ids=chosen, name="insurance_info", off=False) == expected
        assert len(await events(work, cast.harbor.id)) == 5


@pytest.mark.parametrize("off", [True, False])
async def test_nothing_is_switched_where_the_practice_has_it_off(database: Database, cast: Cast, off: bool) -> None:
    async with database.unit_of_work() as work:
        lena, avery = await staff(work, cast, "lena", ADMIN), await staff(work, cast, "avery", ADMIN)
        before = await restrictions(work)
        with pytest.raises(Invalid, match="off for the whole practice"):
            await switch_features(work, lena, client_ids=ids(cast, "quinn"), name="online_payments", off=off)
        assert await restrictions(work) == before
        await switch_features(work, avery, client_ids=ids(cast, "casey"), name="online_payments", off=True)
        assert await restrictions(work) == before + 1


@pytest.mark.parametrize("stranger", ["quinn", None])
async def test_one_foreign_client_refuses_them_all(database: Database, cast: Cast, stranger: str | None) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        before = await restrictions(work)
        foreign = cast.clients[stranger].id if stranger else new_id()
        with pytest.raises(NotFound):
            await switch_features(
                work, access, client_ids=[*ids(cast, "casey", "milo"), foreign], name="online_payments", off=True
            )
        assert await restrictions(work) == before
        assert await events(work, cast.harbor.id) == []
        assert await switch_features(
            work, access, client_ids=ids(cast, "casey", "milo"), name="online_payments", off=True
        )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("client_sign_up", "whole practice"),
        ("notify_created", "whole practice"),
        ("nonsense", "no such setting"),
    ],
)
async def test_only_settings_that_can_be_off_for_a_client_are_switched(
    database: Database, cast: Cast, name: str, sentence: str
) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        with pytest.raises(Invalid, match=sentence):
            await switch_features(work, access, client_ids=ids(cast, "casey"), name=name, off=True)
        assert await switch_features(work, access, client_ids=ids(cast, "casey"), name="contact_access", off=True) == 1


@pytest.mark.parametrize(("count", "sentence"), [(0, "at least one"), (201, "at most 200")])
async def test_the_number_of_clients_has_limits(database: Database, cast: Cast, count: int, sentence: str) -> None:
    chosen: Sequence[UUID] = [new_id() for _ in range(count)]
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        with pytest.raises(Invalid, match=sentence):
            await switch_features(work, access, client_ids=chosen, name="online_payments", off=True)


async def test_showing_an_address_is_asked_twice(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", ADMIN)
        chosen = ids(cast, "casey", "milo")
        with pytest.raises(Invalid, match="Casey Lin, Milo Park, Gina Park and Pete Park will see"):
            await switch_features(work, access, client_ids=chosen, name="hide_location", off=True)
        assert (
            await switch_features(work, access, client_ids=chosen, name="hide_location", off=True, confirmed=True) == 2
        )
        assert await switch_features(work, access, client_ids=chosen, name="hide_location", off=False) == 2


@pytest.mark.parametrize("person", ["tess", "frank", "bea"])
async def test_only_an_administrator_switches(database: Database, cast: Cast, person: str) -> None:
    async with database.unit_of_work() as work:
        chosen = ids(cast, "casey")
        access = await staff(work, cast, person, StaffTask.SEE_CLIENTS)
        with pytest.raises(NotPermitted):
            await switch_features(work, access, client_ids=chosen, name="online_payments", off=True)
        with pytest.raises(NotPermitted):
            await staff(work, cast, person, ADMIN)
        admin = await staff(work, cast, "avery", ADMIN)
        assert await switch_features(work, admin, client_ids=chosen, name="online_payments", off=True) == 1
