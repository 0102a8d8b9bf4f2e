"""The team over a bare socket: administrators change their own practice's, nobody else anything."""

from typing import Any

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE

STATE = f"{PAGE}.portal___practice___staff___state____team_state"
TABLES = ("membership", "subscription", "invitation", "audit_event")


def attempts(door: Door, member: str) -> list[tuple[str, dict[str, Any]]]:
    """Every change there is, at one staff member."""
    id_ = str(door.cast.staff[member].id)
    return [
        ("subscribe", {"member": id_, "add_on": "messaging", "on": False}),
        ("change_role", {"fields": {"membership_id": id_, "role": "admin"}}),
        ("give_access", {"member": id_, "active": False, "agreed": 1}),
        ("send_again", {"member": id_}),
        ("invite", {"fields": {"name": "Eve", "email": "eve@mail.example", "role": "admin"}}),
    ]


@pytest.mark.parametrize("name", ["tess", "frank", "gina"])
async def test_only_administrators_change_the_team(door: Door, name: str) -> None:
    before = await door.rows(*TABLES)
    tab = await door.tab_of(name, query={"practice": "harbor"})
    for handler, sent in attempts(door, "tess"):
        await tab.do(f"{STATE}.{handler}", **sent)
        assert tab.refused
    assert await door.rows(*TABLES) == before
    avery = await door.tab_of("avery", query={"practice": "harbor"})
    tess = str(door.cast.staff["tess"].id)
    for on in (False, True):
        await avery.do(f"{STATE}.subscribe", member=tess, add_on="messaging", on=on)
    assert await door.rows("audit_event") != {"audit_event": before["audit_event"]}


async def test_staff_of_another_practice_are_not_found(door: Door) -> None:
    before = await door.rows(*TABLES)
    avery = await door.tab_of("avery")
    for handler, sent in attempts(door, "theo")[:4]:
        await avery.do(f"{STATE}.{handler}", **sent)
        assert avery.refused
    assert "Theo Grant" not in avery.text
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        ("subscribe", {"member": "x", "add_on": "messaging", "on": True}),
        ("subscribe", {"member": "0191b3a0-0000-7000-8000-000000000000", "add_on": "fax", "on": True}),
        ("change_role", {"fields": {"membership_id": "0191b3a0-0000-7000-8000-000000000000", "role": "king"}}),
        ("change_role", {"fields": {"role": "admin"}}),
        ("invite", {"fields": {"name": "Eve", "email": "eve@mail.example", "role": "admin", "number": 1}}),
        ("invite", {"fields": {"name": "", "email": "eve@mail.example", "role": "admin"}}),
        ("give_access", {"member": None, "active": False}),
        ("give_access", {"member": "0191b3a0-0000-7000-8000-000000000000", "active": 1}),
    ],
)
async def test_nonsense_changes_nothing(door: Door, handler: str, sent: dict[str, Any]) -> None:
    before = await door.rows(*TABLES)
    avery = await door.tab_of("avery")
    await avery.do(f"{STATE}.{handler}", **sent)
    assert avery.refused
    assert "Something went wrong" not in avery.text
    assert await door.rows(*TABLES) == before
