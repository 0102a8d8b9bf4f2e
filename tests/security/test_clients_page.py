"""The pages of clients over a bare socket: who may do what to which client, whatever the page shows."""

from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

PREFIX = f"{PAGE}.portal___practice"
CLIENT, FORMS, INVITE, NETWORK, GRANTS, WHY = (
    f"{PREFIX}___client___{module}____{state}"
    for module, state in (
        ("state", "client_state"),
        ("state_forms", "client_forms_state"),
        ("state_invite", "invite_state"),
        ("state_network", "network_state"),
        ("state_grants", "grant_state"),
        ("state_why", "why_state"),
    )
)
LIST = f"{PREFIX}___clients___state____clients_state"
BULK = f"{PREFIX}___clients___state_bulk____bulk_state"
TABLES = (
    "client",
    "client_therapist",
    "contact",
    "contact_link",
    "contact_grant",
    "invitation",
    "form_assignment",
    "client_restriction",
    "audit_event",
)
READS = tuple(f"{state}.{name}" for state in (CLIENT, FORMS, INVITE, NETWORK) for name in ("load", "reload"))


async def page_of(door: Door, who: str, client: str) -> Tab:
    """The page of a client, with the client in its path."""
    tab = door.tab(await door.sign_in(who), path="/practice/clients/[client_id]")
    tab.parts = {"client_id": door.client_id(client)}
    return await tab.open()


def changes(door: Door) -> list[tuple[str, dict[str, Any]]]:
    """Every change that the page can make."""
    pete = str(door.cast.contacts["pete"].id)
    person = {"given_name": "Eve", "family_name": "Moss", "email": "", "phone": ""}
    return [
        (f"{CLIENT}.archive", {}),
        (f"{CLIENT}.restore", {}),
        (f"{CLIENT}.assign", {"fields": {f"therapist:{door.cast.staff['noah'].id}": "on"}}),
        (f"{CLIENT}.save", {"fields": {**person, "birth_date": "", "seen": "{}"}}),
        (f"{FORMS}.send", {"fields": {"form": pete, "due_on": ""}}),
        (f"{INVITE}.compose", {"fields": {"whom": pete, "message": "x", "step": "send", "press": pete}}),
        (f"{NETWORK}.add", {"fields": {**person, "relationship": "aunt", "may": "preset:parent"}}),
        (f"{NETWORK}.search", {"fields": {"query": "p"}}),
        (f"{GRANTS}.give", {"fields": {"contact_id": pete, "may": "preset:parent"}}),
        (f"{GRANTS}.remove", {"contact_id": pete}),
    ]


@pytest.mark.parametrize("who", ["noah", "lena", "gina", "pete"])
async def test_who_does_not_reach_a_client_reads_and_changes_nothing(door: Door, who: str) -> None:
    before = await door.rows(*TABLES)
    tab = await page_of(door, who, "milo")
    tab.frames.clear()
    for handler in READS:
        await tab.do(handler)
        assert tab.page["refusal"]
    for handler, sent in [*changes(door), (f"{WHY}.ask", {"contact_id": str(door.cast.contacts["pete"].id)})]:
        await tab.do(handler, **sent)
        assert tab.refused
    assert [word for word in ("Milo", "Pete Park", "Tess Rivera") if word in tab.text] == []
    assert await door.rows(*TABLES) == before
    tess = await page_of(door, "tess", "milo")
    await tess.do(f"{CLIENT}.load")
    assert "Milo Park" in tess.text


async def test_who_sees_clients_for_the_money_reads_that_and_changes_nothing(door: Door) -> None:
    before = await door.rows(*TABLES)
    tab = await page_of(door, "bea", "milo")
    for handler in READS:
        await tab.do(handler)
    assert "Milo Park" in tab.text
    assert "Payments" in tab.text
    for contact in ("", *(str(door.cast.contacts[name].id) for name in ("pete", "gina"))):
        await tab.do(f"{WHY}.ask", contact_id=contact)
        assert not tab.refused
    assert "Insurance" in tab.text
    hidden = ("Tess Rivera", "Standard Intake", "Scheduling", "Messages", "Forms", "years old")
    assert [word for word in hidden if word in tab.text] == []
    for handler, sent in changes(door):
        await tab.do(handler, **sent)
        assert tab.refused
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize("who", ["noah", "bea", "lena", "gina", "pete"])
async def test_nobody_reminds_of_or_takes_back_a_form_beyond_their_reach(door: Door, who: str) -> None:
    sheet = next(iter(await door.assignments("milo")))
    before = await door.rows(*TABLES, "outbox_mail")
    tab = await page_of(door, who, "milo")
    tab.frames.clear()
    for handler, sent in (("remind", {}), ("take_back", {"seen": 0}), ("send_again", {}), ("tell", {})):
        await tab.do(f"{FORMS}.{handler}", form_id=sheet, **sent)
        assert tab.refused, handler
    assert "Sent" not in tab.text
    assert await door.rows(*TABLES, "outbox_mail") == before
    frank = await page_of(door, "frank", "milo")
    await frank.do(f"{FORMS}.tell", form_id=sheet)
    assert "Sent" in frank.text
    for nonsense in ({"seen": -1}, {"seen": "0"}, {"seen": 10**30}):
        await frank.do(f"{FORMS}.take_back", form_id=sheet, **nonsense)
        assert frank.refused
    assert await door.rows(*TABLES, "outbox_mail") == before


async def test_a_therapist_assigns_nobody(door: Door) -> None:
    before = await door.rows("client_therapist")
    tab = await page_of(door, "tess", "milo")
    await tab.do(f"{CLIENT}.assign", fields={f"therapist:{door.cast.staff['noah'].id}": "on"})
    assert tab.refused
    assert await door.rows("client_therapist") == before
    frank = await page_of(door, "frank", "milo")
    await frank.do(f"{CLIENT}.assign", fields={f"therapist:{door.cast.staff['tess'].id}": "on"})
    assert frank.page["notice_tone"] == "info"


async def test_the_list_shows_each_practice_its_own(door: Door) -> None:
    for who, own, foreign in (("avery", "Milo Park", "Quinn Ellis"), ("lena", "Quinn Ellis", "Milo Park")):
        tab = await door.tab_of(who)
        for query in ("", "p", own.split()[0], foreign.split()[0]):
            await tab.do(f"{LIST}.find", fields={"query": query})
        assert own in tab.text
        assert foreign not in tab.text


@pytest.mark.parametrize("who", ["tess", "frank", "bea", "lena", "gina"])
async def test_only_the_administrator_switches_features(door: Door, who: str) -> None:
    before = await door.rows(*TABLES)
    fields = {"clients": door.client_id("milo"), "setting": "insurance_info", "step": "off"}
    tab = await door.tab_of(who)
    await tab.do(f"{BULK}.switch", fields=fields)
    assert tab.refused
    assert await door.rows(*TABLES) == before
    avery = await door.tab_of("avery")
    await avery.do(f"{BULK}.switch", fields=fields)
    assert avery.page["notice"] == "Switched off for 1 client."
    await avery.do(f"{BULK}.switch", fields={**fields, "step": "back"})


@pytest.mark.parametrize("who", ["noah", "bea", "lena", "gina"])
async def test_nobody_invites_beyond_their_reach(door: Door, who: str) -> None:
    before = await door.rows(*TABLES)
    press = "0191b3a0-0000-7000-8000-000000000000"
    tab = await door.tab_of(who)
    for step in ("preview", "send"):
        fields = {"clients": door.client_id("milo"), "message": "x", "step": step, "press": press}
        await tab.do(f"{BULK}.invite", fields=fields)
        assert tab.refused
    assert "Milo" not in tab.text
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (f"{BULK}.switch", {"fields": {"clients": "x", "setting": "insurance_info", "step": "off"}}),
        (f"{BULK}.switch", {"fields": {"clients": "", "setting": "king", "step": "off"}}),
        (f"{BULK}.invite", {"fields": {"clients": "x y", "message": "x", "step": "preview"}}),
        (f"{LIST}.find", {"fields": {"query": 1}}),
        (f"{LIST}.find", {"fields": {"status": "king"}}),
        (f"{LIST}.more", {"after": "!"}),
        (f"{LIST}.add", {"fields": {"given_name": "Eve"}}),
        (f"{LIST}.add", {"fields": {"given_name": "Eve", "family_name": "Moss", "account_id": "x"}}),
        (f"{CLIENT}.save", {"fields": {"seen": "no"}}),
        (f"{FORMS}.send", {"fields": {"form": "x"}}),
        (f"{INVITE}.compose", {"fields": {"message": "x", "step": "shout"}}),
        (f"{NETWORK}.add", {"fields": {"relationship": "aunt", "known": "king:1"}}),
        (f"{GRANTS}.give", {"fields": {"contact_id": "0191b3a0-0000-7000-8000-000000000000", "may": "preset:king"}}),
        (f"{GRANTS}.end", {"grant_id": "0191b3a0-0000-7000-8000-000000000000"}),
        (f"{WHY}.ask", {"contact_id": {"$ne": ""}}),
    ],
)
async def test_nonsense_changes_nothing(door: Door, handler: str, sent: dict[str, Any]) -> None:
    before = await door.rows(*TABLES)
    tab = await page_of(door, "avery", "milo")
    await tab.do(handler, **sent)
    assert tab.refused
    assert "Something went wrong" not in tab.text
    assert await door.rows(*TABLES) == before
