"""One's own record on the account page, over a bare socket: the client in person, and nobody through another's id."""

import pytest
from sqlmodel import select

from portal.models import Grant
from tests.security.conftest import Door
from tests.security.tab import PAGE

ACCOUNT = f"{PAGE}.portal___accounts___state____account_state"
ACCESS = f"{PAGE}.portal___clients___own___state____own_access_state"
LOOKS = f"{PAGE}.portal___clients___own___state____own_looks_state"
KEPT = ("contact_grant", "audit_event", "outbox_mail")


async def grant_for(door: Door, client: str, contact: str) -> str:
    async with door.database.unit_of_work(writes=False) as work:
        query = select(Grant.id).where(
            Grant.client_id == door.cast.clients[client].id, Grant.contact_id == door.cast.contacts[contact].id
        )
        return str((await work.exec(query)).first())


async def test_acting_for_somebody_the_account_page_is_whole_without_their_record(door: Door) -> None:
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    for handler in (f"{ACCOUNT}.load", f"{ACCESS}.load", f"{LOOKS}.load", f"{LOOKS}.show_older"):
        await gina.do(handler)
    assert gina.page["refusal"] == ""
    assert gina.state[ACCOUNT]["loaded"] is True
    assert not gina.state.get(ACCESS, {}).get("loaded")
    assert not gina.state.get(LOOKS, {}).get("loaded")
    gina.query = {"for": door.client_id("gina")}
    await gina.do(f"{ACCESS}.load")
    assert gina.state[ACCESS]["loaded"] is True
    assert gina.state[ACCESS]["holders"] == []


async def test_a_minor_is_told_why_and_ends_nothing(door: Door) -> None:
    grant_id, before = await grant_for(door, "tara", "gina"), await door.rows(*KEPT)
    tara = await door.tab_of("tara")
    await tara.do(f"{ACCESS}.load")
    assert "from the age of 18" in tara.state[ACCESS]["why_not"]
    assert tara.state[ACCESS]["holders"] == []
    await tara.do(f"{ACCESS}.end", grant_id=grant_id)
    assert tara.refused
    assert await door.rows(*KEPT) == before


@pytest.mark.parametrize("who", ["casey", "gina", "pete", "omar", "avery"])
async def test_nobody_ends_or_keeps_what_is_not_about_their_own_record(door: Door, who: str) -> None:
    grant_id, before = await grant_for(door, "milo", "pete"), await door.rows(*KEPT)
    for subject in ("milo", "gina", "casey"):
        tab = await door.tab_of(who, query={"for": door.client_id(subject)})
        for name in ("end", "keep"):
            await tab.do(f"{ACCESS}.{name}", grant_id=grant_id)
        await tab.close()
    assert await door.rows(*KEPT) == before
