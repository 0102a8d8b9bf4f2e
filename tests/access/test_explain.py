"""Why?: every step, in words that staff can act on."""

import pytest

from portal.access.actor import Sight, StaffTask
from portal.access.codes import Code
from portal.access.explain import Explanation, explain_access
from portal.errors import NotFound, NotPermitted
from portal.models import Contact, Permission
from tests.access.house import CAPABILITIES, House


async def why(
    house: House, staff: str, client: str, contact: str | None = None, task: StaffTask = StaffTask.SEE_CLIENTS
) -> Explanation:
    access = await house.practice(staff, task, client=client)
    async with house.database.unit_of_work(writes=False) as work:
        contact_id = house.cast.contacts[contact].id if contact else None
        return await explain_access(work, access, contact_id=contact_id)


async def test_why_gina_cannot_see_taras_forms(house: House) -> None:
    found = await why(house, "tess", "tara", "gina")
    decision = found.decisions[Permission.FORMS]
    assert (found.person_name, found.client_name, decision.allowed) == ("Gina Park", "Tara Park", False)
    assert [(step.code, step.passed) for step in decision.steps] == [
        (Code.CLIENT_ARCHIVED, True),
        (Code.CONTACT_ARCHIVED, True),
        (Code.NO_LOGIN, True),
        (Code.LOGIN_DISABLED, True),
        (Code.CONTACTS_OFF, True),
        (Code.CONTACTS_OFF_FOR_CLIENT, True),
        (Code.NO_GRANT, False),
    ]
    assert [step.why for step in decision.steps] == [
        "The record of Tara Park is open.",
        "Gina Park is in the contact network.",
        "Gina Park has a login.",
        "The login of Gina Park is active.",
        "Portal access for contacts is switched on for Harbor Counseling.",
        "Portal access for contacts is not switched off for Tara Park.",
        "Gina Park has no grant for forms.",
    ]
    assert found.decisions[Permission.PAYMENTS].allowed


async def test_why_omar_cannot_pay(house: House) -> None:
    decision = (await why(house, "tess", "omar")).decisions[Permission.PAYMENTS]
    assert [(step.why, step.passed) for step in decision.steps][:3] == [
        ("Payments are switched on for Harbor Counseling.", True),
        ("Card processing is connected.", True),
        ("It is switched off for Omar Haddad.", False),
    ]


async def test_the_explanation_says_what_the_gate_says(house: House) -> None:
    for person, client in (("gina", "milo"), ("gina", "tara"), ("pete", "milo")):
        found = await why(house, "avery", client, person)
        for what in CAPABILITIES:
            refusal = found.decisions[what].first_refusal
            assert await house.answer(person, client, what) == (refusal.code if refusal else "yes")


async def test_a_child_without_a_login_cannot_act_in_person(house: House) -> None:
    found = await why(house, "avery", "milo")
    assert found.person_name == "Milo Park"
    refusal = found.decisions[Sight.APPOINTMENTS].first_refusal
    assert refusal is not None
    assert (refusal.code, refusal.why) == (Code.NO_LOGIN, "Milo Park has no login yet.")


async def test_a_disabled_login_and_an_archived_contact_are_named(house: House) -> None:
    await house.change(house.cast.accounts["pete"], disabled_at=house.clock.now)
    refusal = (await why(house, "avery", "milo", "pete")).decisions[Permission.PAYMENTS].first_refusal
    assert refusal is not None
    assert refusal.why == "The login of Pete Park is switched off."
    await house.change(house.cast.contacts["pete"], archived_at=house.clock.now)
    refusal = (await why(house, "avery", "milo", "pete")).decisions[Permission.PAYMENTS].first_refusal
    assert refusal is not None
    assert refusal.why == "Pete Park was removed from the contact network."


async def test_a_contact_of_somebody_else_is_not_found(house: House) -> None:
    assert (await why(house, "avery", "milo", "pete")).contact_id == house.cast.contacts["pete"].id
    with pytest.raises(NotFound):
        await why(house, "avery", "tara", "pete")
    elsewhere = Contact(
        organization_id=house.cast.lakeside.id, given_name="X", family_name="Y", created_at=house.clock.now
    )
    await house.store(elsewhere)
    house.cast.contacts["x"] = elsewhere
    try:
        with pytest.raises(NotFound):
            await why(house, "avery", "milo", "x")
    finally:
        del house.cast.contacts["x"]


async def test_why_is_asked_about_a_client_within_reach(house: House) -> None:
    with pytest.raises(NotFound):
        await why(house, "tess", "morgan")
    with pytest.raises(NotPermitted):
        await why(house, "bea", "milo", task=StaffTask.SEND_FORMS)
    access = await house.practice("avery", StaffTask.SEE_CLIENTS)
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(NotFound):
            await explain_access(work, access)


async def test_why_needs_the_right_task(house: House) -> None:
    access = await house.practice("avery", StaffTask.SEND_FORMS, client="milo")
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(NotPermitted):
            await explain_access(work, access)


async def test_an_explanation_is_one_statement(house: House) -> None:
    access = await house.practice("avery", StaffTask.SEE_CLIENTS, client="milo")
    async with house.database.unit_of_work(writes=False) as work:
        with house.counting() as sent:
            await explain_access(work, access, contact_id=house.cast.contacts["gina"].id)
    assert len(sent) == 1
