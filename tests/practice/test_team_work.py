"""What a colleague works with, and who may decide it."""

from uuid import uuid4

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.access.gate import open_client
from portal.errors import Invalid, NotFound, NotPermitted
from portal.models import AddOn, Client, ClientTherapist, Permission, Role
from portal.practice import service_team, words_team
from tests.clients.office import counted, events, sign_in, staff
from tests.practice.team_office import NEW, Office


async def test_add_on_reaches_the_clients_on_the_next_click(office: Office) -> None:
    async def may_write(name: str) -> bool:
        async with office.database.unit_of_work() as work:
            session = await sign_in(work, office.cast, name)
            try:
                await open_client(work, session, office.cast.clients[name].id, Permission.MESSAGING)
            except NotPermitted:
                return False
        return True

    noah = {"membership_id": office.id("noah"), "add_on": AddOn.MESSAGING}
    assert not await may_write("morgan")
    for _ in range(2):
        await office.do(service_team.set_subscription, **noah, on=True)
    assert await may_write("morgan")
    assert [one.is_on for one in (await office.team())["Noah Webb"].add_ons] == [True, False]
    for _ in range(2):
        await office.do(service_team.set_subscription, **noah, on=False)
    assert not await may_write("morgan")
    async with office.database.unit_of_work() as work:
        made = [action for action, _ in await events(work, office.cast.harbor.id)]
    assert made == ["subscription.started", "subscription.ended"]


async def test_add_on_is_for_those_who_give_care(office: Office) -> None:
    with pytest.raises(Invalid):
        await office.do(service_team.set_subscription, membership_id=office.id("bea"), add_on=AddOn.MESSAGING, on=True)
    assert (await office.team())["Bea Ortiz"].add_ons[0].reason == words_team.NO_CARE


async def test_clients_are_given_and_taken(office: Office) -> None:
    noah, tess = office.id("noah"), office.id("tess")
    clients = [office.cast.clients[name].id for name in ("casey", "milo", "morgan")]
    assert await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True) == 2
    assert await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True) == 0
    assert await office.do(service_team.assign_clients, membership_id=tess, client_ids=clients, assigned=False) == 2
    async with office.database.unit_of_work() as work:
        query = select(ClientTherapist.client_id).where(ClientTherapist.membership_id == noah)
        assert set(clients) <= set((await work.exec(query)).all())
        made = [action for action, _ in await events(work, office.cast.harbor.id)]
    assert made == ["client.therapists_changed"] * 4


async def test_nothing_of_another_practice_is_in_reach(office: Office) -> None:
    noah, foreign = office.id("noah"), office.cast.clients["quinn"].id
    mine = office.cast.clients["casey"].id
    for clients in ([foreign], [mine, foreign], [uuid4()]):
        with pytest.raises(NotFound):
            await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True)
    for act, more in (
        (service_team.change_role, {"role": Role.ADMIN}),
        (service_team.deactivate_member, {}),
        (service_team.reactivate_member, {}),
        (service_team.resend_staff_invitation, {}),
        (service_team.set_subscription, {"add_on": AddOn.MESSAGING, "on": True}),
        (service_team.assign_clients, {"client_ids": [mine], "assigned": True}),
    ):
        for membership_id in (office.id("theo"), uuid4()):
            with pytest.raises(NotFound):
                await office.do(act, membership_id=membership_id, **more)
    assert set(await office.team("lena")) == {"Lena Cho", "Theo Grant"}
    async with office.database.unit_of_work(writes=False) as work:
        quinn = (await work.exec(select(Client).where(Client.id == foreign))).one()
        assert quinn.organization_id == office.cast.lakeside.id


@pytest.mark.parametrize("who", ["tess", "bea", "frank"])
async def test_only_administrators_change_the_team(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        await office.do(service_team.list_team, who)
    with pytest.raises(NotPermitted):
        await office.do(service_team.change_role, who, StaffTask.TODAY, membership_id=office.id(who), role=Role.ADMIN)
    with pytest.raises(NotPermitted):
        await office.do(service_team.invite_staff, who, StaffTask.TODAY, fields=NEW)


async def test_list_costs_the_same_for_many(office: Office) -> None:
    await office.invite()
    async with office.database.unit_of_work() as work:
        access = await staff(work, office.cast, "avery", StaffTask.TEAM)
        with counted(office.database) as made:
            await service_team.list_team(work, access)
    assert len([text for text in made if text.startswith("SELECT")]) == 4
