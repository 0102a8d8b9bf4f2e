"""Fields that nobody offered: in every form about a person, over a bare socket, something more than it asks for."""

import json
from typing import Any

import pytest

from portal.ui.parsing import UNUSABLE
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.test_clients_page import CLIENT, LIST, NETWORK, TABLES, page_of

ACCOUNT = f"{PAGE}.portal___accounts___state____account_state"
TEAM = f"{PAGE}.portal___practice___staff___state____team_state"
KEPT = (*TABLES, "account", "membership", "subscription", "charge")
EXTRAS = (
    "id",
    "client_id",
    "account_id",
    "organization_id",
    "role",
    "therapist_id",
    "membership_id",
    "balance",
    "balance_cents",
    "email_verified_at",
    "password_hash",
    "archived_at",
    "is_admin",
)
PERSON = {"given_name": "Milo", "family_name": "Park", "email": "", "phone": ""}


def forged(door: Door, field: str) -> Any:
    """What a browser would send to become, or to move, somebody else."""
    cast = door.cast
    ids = {
        "id": cast.clients["tara"].id,
        "client_id": cast.clients["tara"].id,
        "account_id": cast.accounts["pete"].id,
        "organization_id": cast.lakeside.id,
        "therapist_id": cast.staff["noah"].id,
        "membership_id": cast.staff["noah"].id,
    }
    return str(ids.get(field, "admin" if field == "role" else "1"))


def edited(**more: Any) -> dict[str, Any]:
    seen = {**PERSON, "birth_date": ""}
    return {"fields": {**PERSON, "birth_date": "", "seen": json.dumps(seen), **more}}


FORMS = {
    "the details of a client": ("tess", f"{CLIENT}.save", edited),
    "a new client": ("avery", f"{LIST}.add", lambda **more: {"fields": {**PERSON, "birth_date": "", **more}}),
    "somebody in the network": (
        "avery",
        f"{NETWORK}.add",
        lambda **more: {"fields": {**PERSON, "relationship": "aunt", "may": "", **more}},
    ),
    "somebody's own name": ("pete", f"{ACCOUNT}.save_name", lambda **more: {"fields": {"name": "Pete Park", **more}}),
    "an invitation to the team": (
        "avery",
        f"{TEAM}.invite",
        lambda **more: {"fields": {"name": "Eve", "email": "eve@mail.example", "role": "biller", **more}},
    ),
}

WRONG = {
    "a new client": {"given_name": ""},
    "somebody in the network": {"given_name": ""},
    "an invitation to the team": {"email": "nowhere"},
}
"""What keeps a form from adding anybody, although nothing in it is too much."""


async def tab_for(door: Door, who: str, handler: str) -> Tab:
    if handler.startswith((ACCOUNT, TEAM)):
        return await door.tab_of(who)
    return await page_of(door, who, "milo")


@pytest.mark.parametrize("form", FORMS)
async def test_what_no_form_asks_for_is_not_taken(door: Door, form: str) -> None:
    who, handler, filled = FORMS[form]
    tab, before = await tab_for(door, who, handler), await door.rows(*KEPT)
    for field in EXTRAS:
        if field in filled()["fields"]:
            continue
        await tab.do(handler, **filled(**{field: forged(door, field)}))
        assert (tab.page["notice"], tab.page["notice_tone"]) == (UNUSABLE, "problem"), field
        assert await door.rows(*KEPT) == before, field
    await tab.do(handler, **filled(**WRONG.get(form, {})))
    assert tab.page["notice"] != UNUSABLE, "without the field it is read, and judged by what it says"


async def test_a_role_that_nobody_gave_is_nobodys(door: Door) -> None:
    before = await door.rows("membership", "client_therapist", "contact_grant")
    for name in ("gina", "pete", "casey"):
        tab = await door.tab_of(name)
        for handler, fields in (
            ("change_role", {"membership_id": str(door.cast.staff["noah"].id), "role": "admin"}),
            ("invite", {"name": name, "email": f"{name}@mail.example", "role": "admin"}),
        ):
            await tab.do(f"{TEAM}.{handler}", fields=fields)
            assert tab.refused
    assert await door.rows("membership", "client_therapist", "contact_grant") == before
