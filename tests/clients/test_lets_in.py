"""An address that a link would go to, and a date of birth that keeps people out: the password is asked for first."""

from dataclasses import replace
from datetime import date

import pytest

from portal.access.actor import PracticeAccess
from portal.clients.rules import Identity, lets_in
from portal.clients.service import add_client, edit_client
from portal.clients.service_contacts import edit_contact
from portal.clients.service_network import contact_fields
from portal.clients.views import ClientFields, Edited
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import StepUpNeeded
from portal.kit.ids import new_id
from portal.models import Client, Contact
from tests.clients.office import person, staff

TODAY = date(2026, 11, 28)
MINOR, GROWN = date(2016, 5, 4), date(1990, 5, 4)


async def _forgotten(work: Work, cast: Cast, client: str) -> PracticeAccess:
    """Frank's screen, whose password was given some time ago."""
    access = await staff(work, cast, "frank", client=client)
    return replace(access, actor=replace(access.actor, stepped_up_at=None))


@pytest.mark.parametrize(
    ("before", "after", "fields", "opens"),
    [
        ({"email": ""}, {"email": "a@new.example"}, {"email"}, True),
        ({"email": "a@new.example"}, {"email": ""}, {"email"}, False),
        ({"email": "", "account_id": new_id()}, {"email": "a@new.example"}, {"email"}, False),
        ({}, {"given_name": "Robin"}, {"given_name"}, False),
        ({}, {"birth_date": MINOR}, {"birth_date"}, False),
        ({"birth_date": MINOR}, {"birth_date": None}, {"birth_date"}, True),
        ({"birth_date": GROWN}, {"birth_date": MINOR}, {"birth_date"}, True),
        ({"birth_date": MINOR}, {"birth_date": GROWN}, {"birth_date"}, False),
        ({"birth_date": MINOR}, {"birth_date": date(2016, 5, 5)}, {"birth_date"}, False),
    ],
)
def test_what_lets_somebody_in(
    before: dict[str, object], after: dict[str, object], fields: set[str], *, opens: bool
) -> None:
    client = Client(given_name="A", family_name="B", **{"birth_date": None, "account_id": None, **before})
    identity = replace(Identity("A", "B", None, "", ""), **after)
    assert lets_in(client, identity, fields, majority_age=18, today=TODAY) is opens


async def test_another_address_of_a_client_without_a_login_asks_first(database: Database, cast: Cast) -> None:
    milo = cast.clients["milo"]
    born = str(milo.birth_date)
    seen = ClientFields(given_name="Milo", family_name="Park", birth_date=born, email=milo.email, phone=milo.phone)
    wishes = ({"email": "stranger@mail.example"}, {"birth_date": ""})
    async with database.unit_of_work() as work:
        access = await _forgotten(work, cast, "milo")
        for wish in wishes:
            with pytest.raises(StepUpNeeded):
                await edit_client(work, access, seen=seen, fields=seen.model_copy(update=wish))
        row = await work.get_one(Client, milo.id)
        assert (row.email, row.birth_date) == (milo.email, milo.birth_date)
        phone = seen.model_copy(update={"phone": "+1 212-555-0177"})
        assert await edit_client(work, access, seen=seen, fields=phone) == Edited(["phone"])
        fresh = await staff(work, cast, "frank", client="milo")
        for wish in wishes:
            assert await edit_client(work, fresh, seen=phone, fields=phone.model_copy(update=wish)) == Edited([*wish])
            phone = phone.model_copy(update=wish)


async def test_another_address_of_a_contact_without_a_login_asks_first(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        pete = await work.get_one(Contact, cast.contacts["pete"].id)
        fields = contact_fields(pete)
        wish = fields.model_copy(update={"email": "stranger@mail.example"})
        access = await _forgotten(work, cast, "milo")
        has_login = await edit_contact(work, access, contact_id=pete.id, seen=fields, fields=wish)
        assert has_login == Edited(["email"]), "he signs in with the address of his login, whatever stands here"
        pete.account_id = None
        work.add(pete)
        await work.flush()
        with pytest.raises(StepUpNeeded):
            await edit_contact(work, access, contact_id=pete.id, seen=wish, fields=fields)
        fresh = await staff(work, cast, "frank", client="milo")
        assert await edit_contact(work, fresh, contact_id=pete.id, seen=wish, fields=fields) == Edited(["email"])


async def test_whoever_is_added_with_an_address_is_nobody_yet(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "frank")
        access = replace(access, actor=replace(access.actor, stepped_up_at=None))
        assert await add_client(work, access, fields=person(email="robin@new.example"))
