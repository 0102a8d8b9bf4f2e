"""Live updates: they reach who watches, through that person's own guard, and carry nothing."""

from tests.security.conftest import Door
from tests.security.tab import MORE, MOVE, TRIAL, Tab


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
