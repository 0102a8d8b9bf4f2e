"""View as: what the staff member and the person may both see, of this client alone, and never more."""

from itertools import product
from uuid import UUID, uuid4

import pytest

from portal.access.actor import Capability, ClientAccess, Sight, StaffTask
from portal.access.codes import Code
from portal.access.gate import open_acting_view, open_view
from portal.access.policies.viewing import STAFF_SIDE
from portal.access.subjects import ActingAccess
from portal.errors import NotFound, NotPermitted, SignedOut
from portal.models import Membership, Permission, Role
from portal.settings.catalog import SettingName
from tests.access.house import CAPABILITIES, House

STAFF = ("avery", "tess", "noah", "bea", "frank", "lena", "theo")
VIEWERS = {
    "avery": {"casey", "morgan", "milo", "gina", "tara", "omar"},
    "tess": {"casey", "milo", "tara", "omar"},
    "noah": {"morgan", "gina"},
    "lena": {"quinn", "casey_lakeside"},
    "theo": {"quinn", "casey_lakeside"},
}
"""Who may view as somebody, for which clients: administrators, and therapists for those assigned to them."""
SEEN_BY_BOTH: dict[str, set[Capability]] = {
    "avery": set(CAPABILITIES) - {Permission.MESSAGING},
    "tess": {Permission.FORMS, Sight.SIGNED_FORMS},
}
"""What staff see of a client as a whole, from the staff table: a therapist sees own appointments and a balance only."""


def whom(house: House, name: str) -> UUID:
    """The id that stands in the address: a contact's, or a client's."""
    contact = house.cast.contacts.get(name)
    return contact.id if contact else house.client_id(name)


async def look(house: House, staff: str, client: str, as_: UUID, what: Capability) -> ClientAccess:
    async with house.database.unit_of_work(writes=False) as work:
        return await open_view(work, house.session(staff), house.client_id(client), as_, what)


async def home(house: House, staff: str, client: str, as_: UUID) -> ActingAccess:
    async with house.database.unit_of_work(writes=False) as work:
        return await open_acting_view(work, house.session(staff), house.client_id(client), as_)


async def test_a_view_is_what_both_may_see(house: House) -> None:
    """The whole table: staff by person by capability, against each one's own answer."""
    pairs = [("gina", "milo"), ("pete", "milo"), ("gina", "tara"), ("casey", "casey"), ("omar", "omar")]
    for staff, (person, client) in product(("avery", "tess"), pairs):
        as_ = house.client_id(client) if person == client else whom(house, person)
        listed = (await home(house, staff, client, as_)).clients
        assert [one.client_id for one in listed] == [house.client_id(client)]
        for what in CAPABILITIES:
            both = what in SEEN_BY_BOTH[staff] and await house.answer(person, client, what) == "yes"
            assert listed[0].may(what) == both, (staff, person, what)
            if both:
                access = await look(house, staff, client, as_, what)
                assert (access.actor.name, access.client_id) == (house.cast.accounts[staff].name, listed[0].client_id)
                assert access.viewing is not None
                assert access.viewing.name == house.cast.accounts[person].name
            else:
                with pytest.raises(NotPermitted):
                    await look(house, staff, client, as_, what)


@pytest.mark.parametrize("staff", STAFF)
async def test_who_may_view_and_for_whom(house: House, staff: str) -> None:
    for client in house.cast.clients:
        allowed = client in VIEWERS.get(staff, set())
        try:
            access = await home(house, staff, client, house.client_id(client))
        except (NotFound, NotPermitted):
            assert not allowed, client
        else:
            assert allowed, client
            assert access.viewing is not None


async def test_only_people_around_this_client(house: House) -> None:
    """Gina is a client of Noah and a contact of Milo and Tara: each view is of one client, by one of its people."""
    gina, pete = whom(house, "gina"), whom(house, "pete")
    assert (await home(house, "tess", "milo", pete)).viewing
    strangers = [pete, house.client_id("milo"), house.client_id("quinn"), house.cast.accounts["tara"].id, uuid4()]
    for stranger in strangers:
        with pytest.raises(NotFound):
            await home(house, "tess", "tara", stranger)
    with pytest.raises(NotFound):
        await home(house, "tess", "gina", gina)
    with pytest.raises(NotFound):
        await home(house, "noah", "milo", gina)


async def test_clients_and_contacts_view_as_nobody(house: House) -> None:
    for person in ("gina", "pete", "casey", "tara"):
        for as_ in (whom(house, "gina"), house.client_id("milo")):
            with pytest.raises(NotFound):
                await home(house, person, "milo", as_)
            with pytest.raises(NotFound):
                await look(house, person, "milo", as_, Permission.FORMS)
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(SignedOut):
            await open_acting_view(work, "0" * 64, house.client_id("milo"), whom(house, "gina"))


async def test_what_the_person_lost_is_lost_in_the_view(house: House) -> None:
    gina = whom(house, "gina")
    assert await look(house, "avery", "milo", gina, Permission.FORMS)
    await house.restrict("milo", SettingName.CONTACT_ACCESS)
    with pytest.raises(NotPermitted, match="switched off the portal for contacts of Milo"):
        await look(house, "avery", "milo", gina, Permission.FORMS)
    await house.change(house.cast.contacts["gina"], archived_at=house.clock.now)
    with pytest.raises(NotFound):
        await home(house, "avery", "milo", gina)


async def test_what_the_staff_member_lost_is_lost_in_the_view(house: House) -> None:
    gina = whom(house, "gina")
    assert await home(house, "avery", "milo", gina)
    for role in (Role.BILLER, Role.FRONT_DESK):
        await house.change(house.cast.staff["avery"], role=role)
        with pytest.raises(NotPermitted):
            await home(house, "avery", "milo", gina)
    await house.change(house.cast.staff["avery"], role=Role.THERAPIST)
    with pytest.raises(NotFound):
        await home(house, "avery", "milo", gina)
    await house.change(house.cast.staff["avery"], role=Role.ADMIN, deactivated_at=house.clock.now)
    with pytest.raises(NotFound):
        await home(house, "avery", "milo", gina)


async def test_staff_of_two_practices_view_where_the_client_is(house: House) -> None:
    """The address names no practice: it is the client's, not the one that comes first by name."""
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
    assert (await home(house, "tess", "quinn", house.client_id("quinn"))).viewing
    assert (await home(house, "tess", "milo", whom(house, "gina"))).viewing
    with pytest.raises(NotFound):
        await home(house, "tess", "morgan", house.client_id("morgan"))


async def test_a_view_says_why_a_part_is_missing(house: House) -> None:
    subject = (await home(house, "tess", "milo", whom(house, "gina"))).clients[0]
    refusal = subject.decisions[Permission.SCHEDULING].first_refusal
    assert refusal is not None
    assert refusal.code is Code.NOT_IN_VIEW
    assert refusal.sentence == (
        "Your role does not let you see appointment requests of this client, so they are left out here."
    )


async def test_a_view_takes_two_statements(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        with house.counting() as sent:
            await open_view(work, house.session("tess"), house.client_id("milo"), whom(house, "gina"), Permission.FORMS)
    assert len(sent) == 2


def test_every_capability_has_a_side_for_staff() -> None:
    assert set(STAFF_SIDE) == set(CAPABILITIES)
    assert set(STAFF_SIDE.values()) <= set(StaffTask)
