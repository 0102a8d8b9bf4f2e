"""Somebody who leaves the team and is a client too: every session ends at once, and the client signs in again."""

import pytest
from sqlmodel import col, update

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.accounts import service
from portal.errors import NotFound
from portal.kit.tokens import token_hash
from portal.models import Client, Permission
from portal.practice import service_team
from portal.runtime import runtime
from tests.logins import attempt, is_signed_in, sign_in
from tests.practice.team_office import Office

NOAH = "noah@harbor.example"


async def test_who_is_a_client_too_signs_in_again_as_a_client(office: Office) -> None:
    quinn = office.cast.clients["quinn"]
    async with office.database.unit_of_work() as work:
        own = update(Client).where(col(Client.id) == quinn.id).values(account_id=office.cast.accounts["noah"].id)
        await work.exec(own)
    before = await sign_in(NOAH)
    await office.do(service_team.deactivate_member, membership_id=office.id("noah"))
    assert not await is_signed_in(office.database, before)
    again = await service.sign_in(runtime(), attempt(NOAH, known_device="his phone"))
    assert isinstance(again, service.SignedIn)
    assert again.start == "/home"
    session = token_hash(again.session.token)
    async with office.database.unit_of_work(writes=False) as work:
        assert (await open_client(work, session, quinn.id, Permission.FORMS)).client_id == quinn.id
        with pytest.raises(NotFound):
            await open_practice(work, session, StaffTask.TODAY)
