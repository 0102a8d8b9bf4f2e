"""Live updates: they reach who watches, through that person's own guard, and carry nothing."""

from datetime import timedelta

from sqlmodel import col, update

from portal.models import Client, Grant, Permission
from tests.security.conftest import Door
from tests.security.tab import MORE, MOVE, PAGE, TRIAL, Tab

BILLING = f"{PAGE}.portal___billing___paying___state____billing_state"
FORMS = f"{PAGE}.portal___intake___state____forms_state"
HOME = f"{PAGE}.portal___home___state____home_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"


async def _change(door: Door, client: str) -> None:
    """Let somebody unrelated commit something that tells the client's topic."""
    morgan = await door.tab_of("morgan")
    await morgan.do(f"{TRIAL}.rename", name=door.client_id(client))
    await morgan.do(f"{TRIAL}.rename", name="Morgan Diaz")


async def _watching(door: Door, name: str, client: str) -> Tab:
    tab = await door.tab_of(name, query={"for": door.client_id(client)})
    await tab.do(f"{TRIAL}.load")
    return tab


async def test_who_watches_is_updated_and_nobody_else(door: Door) -> None:
    gina, casey = await _watching(door, "gina", "milo"), await _watching(door, "casey", "casey")
    await _change(door, "milo")
    await gina.until(lambda: gina.trial["count"] == 1)
    await casey.settle()
    assert casey.trial["count"] == 0
    assert "Park" not in casey.text


async def test_who_may_not_see_cannot_watch(door: Door) -> None:
    pete = await _watching(door, "pete", "milo")
    await _change(door, "milo")
    await pete.settle()
    assert pete.trial.get("count", 0) == 0
    assert pete.trial["seen"] == ""


async def test_a_page_stops_watching_when_the_tab_moves_on(door: Door) -> None:
    gina = await _watching(door, "gina", "milo")
    gina.path = "/elsewhere"
    await gina.do(MOVE)
    await _change(door, "milo")
    await gina.settle()
    assert gina.trial["count"] == 0


async def test_a_rolled_back_change_tells_nobody(door: Door) -> None:
    gina, morgan = await _watching(door, "gina", "milo"), await door.tab_of("morgan")
    await morgan.do(f"{TRIAL}.rename", name=door.client_id("milo"), count=101)
    await gina.do(f"{MORE}.echo", word="now")
    assert gina.trial["count"] == 0


async def test_two_tabs_act_for_two_people(door: Door) -> None:
    token = await door.sign_in("gina")
    for_milo = await door.tab(token, query={"for": door.client_id("milo")}).open()
    for_self = await door.tab(token, query={"for": door.client_id("gina")}).open()
    for tab in (for_milo, for_self):
        await tab.do(f"{TRIAL}.load")
    assert (for_milo.trial["seen"], for_self.trial["seen"]) == ("Milo Park", "Gina Park")
    await _change(door, "milo")
    await for_milo.until(lambda: for_milo.trial["count"] == 1)
    assert for_milo.trial["seen"] == "Milo Park"
    assert for_self.trial["seen"] == "Gina Park"


async def test_a_duplicated_tab_gets_updates_of_its_own(door: Door) -> None:
    token = await door.sign_in("gina")
    query = {"for": door.client_id("milo")}
    first = await door.tab(token, query=query).open()
    second = door.tab(token, query=query)
    await second.open(token=first.token)
    for tab in (first, second):
        await tab.do(f"{TRIAL}.load")
    await _change(door, "milo")
    for tab in (first, second):
        await tab.until(lambda tab=tab: tab.trial["count"] == 1)


async def _page(door: Door, name: str, state: str) -> Tab:
    """A page about Milo, with its frame, once it is loaded."""
    tab = await door.tab_of(name, query={"for": door.client_id("milo")})
    for handler in (f"{SHELL}.load", f"{state}.load"):
        await tab.do(handler)
    if state == HOME:
        await tab.until(lambda: tab.state[HOME].get("weighed"))
    return tab


async def test_who_may_only_pay_does_not_learn_that_something_else_happened(door: Door) -> None:
    """How often, and when, something is done about Milo is none of Pete's business, and a frame would tell him."""
    pages = [await _page(door, "pete", state) for state in (BILLING, HOME)]
    before = [len(page.frames) for page in pages]
    gina = await _watching(door, "gina", "milo")
    for _ in range(3):
        await _change(door, "milo")
    await gina.until(lambda: gina.trial["count"] > 0)
    for page, number in zip(pages, before, strict=True):
        await page.settle()
        assert [frame for frame in page.frames[number:] if "echoed" not in frame] == []
    await _call_milo(door, "Milan")
    try:
        for page in pages:
            await page.until(lambda page=page: "Milan" in page.text)
    finally:
        await _call_milo(door, "Milo")


async def _call_milo(door: Door, name: str) -> None:
    async with door.database.unit_of_work() as work:
        milo = col(Client.id) == door.cast.clients["milo"].id
        await work.exec(update(Client).where(milo).values(given_name=name))
    await _change(door, "milo")


async def test_who_may_no_longer_see_is_told_so_once_and_hears_no_more(door: Door) -> None:
    gina = await _page(door, "gina", FORMS)
    mine = (
        col(Grant.contact_id) == door.cast.contacts["gina"].id,
        col(Grant.client_id) == door.cast.clients["milo"].id,
        col(Grant.permission) == Permission.FORMS,
    )
    async with door.database.unit_of_work() as work:
        await work.exec(update(Grant).where(*mine).values(last_day=work.now.date() - timedelta(days=3)))
    try:
        await _change(door, "milo")
        await gina.until(lambda: gina.page["refusal"] != "")
        await gina.settle()
        number = len(gina.frames)
        for _ in range(3):
            await _change(door, "milo")
        await gina.settle()
        assert [frame for frame in gina.frames[number:] if "echoed" not in frame] == []
        assert gina.state[FORMS]["open_forms"] == []
    finally:
        async with door.database.unit_of_work() as work:
            await work.exec(update(Grant).where(*mine).values(last_day=None))
