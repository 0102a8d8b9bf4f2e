"""Who gets a socket, and what it is worth to anybody else."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from socketio.exceptions import ConnectionError as Refused

from portal.http.sockets import SOCKETS_OF_A_SESSION
from tests.security.conftest import Door
from tests.security.tab import HYDRATE, TRIAL, Tab


async def test_gina_gets_a_socket_and_her_page(door: Door) -> None:
    tab = await door.tab_of("gina", query={"for": door.client_id("milo")})
    await tab.until(lambda: tab.trial.get("seen") == "Milo Park")


@pytest.mark.parametrize("cookie", [None, "nonsense", "x" * 43])
async def test_without_a_session_there_is_no_socket(door: Door, cookie: str | None) -> None:
    tab = door.tab(cookie)
    with pytest.raises(Refused):
        await tab.connect(auth={"event": tab.event(HYDRATE)})
    assert tab.frames == []


async def test_an_idle_session_gets_no_socket(door: Door) -> None:
    token = await door.sign_in("gina")
    await door.age_session(token, timedelta(minutes=31))
    with pytest.raises(Refused):
        await door.tab(token).connect()


async def test_a_disabled_account_gets_no_socket(door: Door) -> None:
    token = await door.sign_in("omar")
    async with door.database.unit_of_work() as work:
        account = await work.get_one(type(door.cast.accounts["omar"]), door.cast.accounts["omar"].id)
        account.disabled_at = work.now
    with pytest.raises(Refused):
        await door.tab(token).connect()
    async with door.database.unit_of_work() as work:
        (await work.get_one(type(account), account.id)).disabled_at = None


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost.evil.example"])
async def test_a_foreign_page_gets_no_socket(door: Door, origin: str | None) -> None:
    token = await door.sign_in("gina")
    with pytest.raises(Refused):
        await door.tab(token).connect(origin=origin)
    await door.tab(token).connect()


@pytest.mark.parametrize("token", ["short", "x" * 81, "a b" * 8, "%00" * 20])
async def test_a_tab_needs_a_plain_token(door: Door, token: str) -> None:
    tab = door.tab(await door.sign_in("gina"))
    with pytest.raises(Refused):
        await tab.connect(token=token)


async def test_a_stolen_tab_token_is_worth_nothing_under_another_session(door: Door) -> None:
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    await gina.until(lambda: gina.trial.get("seen") == "Milo Park")
    known = [gina.token, gina.root["rx_router_session"]["client_token"]]
    await gina.close()
    for token in known:
        casey = await door.tab(await door.sign_in("casey")).open(token=token)
        await casey.settle()
        assert "Park" not in casey.text


async def test_a_listener_with_a_stolen_token_hears_nothing(door: Door) -> None:
    gina = await door.tab_of("gina", query={"for": door.client_id("milo")})
    casey = await door.tab(await door.sign_in("casey")).connect(token=gina.token)
    await gina.do(f"{TRIAL}.load")
    assert casey.frames == []


async def test_the_browser_never_sees_the_secret_nor_its_hash(door: Door) -> None:
    from portal.kit.tokens import token_hash  # noqa: PLC0415 - what must not be seen

    token = await door.sign_in("gina")
    tab = await door.tab(token, query={"for": door.client_id("milo")}).open()
    await tab.do(f"{TRIAL}.load")
    assert token not in tab.text
    assert token_hash(token) not in tab.text
    assert "cookie" not in tab.text.lower()


async def test_a_session_has_only_so_many_sockets(door: Door) -> None:
    token = await door.sign_in("casey")
    for _ in range(SOCKETS_OF_A_SESSION):
        await door.tab(token).connect()
    with pytest.raises(Refused):
        await door.tab(token).connect()
    await door.tab(await door.sign_in("casey")).connect()


@pytest.mark.parametrize(
    "path",
    [
        "/_event/?EIO=4&transport=polling",
        "/_event?EIO=4&transport=polling&token=" + "a" * 36,
        "/_upload",
        "/_upload/x.png",
        "/ping",
        "/_health",
        "/_all_routes",
        "/auth-codespace",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_reflexs_own_routes_are_closed(door: Door, path: str, method: str) -> None:
    token = await door.sign_in("gina")
    async with httpx.AsyncClient(base_url=door.base, cookies={"portico_session": token}) as browser:
        answer = await browser.request(method, path, headers={"Origin": door.base})
    assert answer.status_code == 404


async def test_no_other_address_takes_a_socket(door: Door) -> None:
    token = await door.sign_in("gina")
    for path in ("", "_event/x", "x/_event", "_Event", "forms", "_event/../_event/x"):
        tab = Tab(door.base, f"portico_session={token}")
        with pytest.raises(Refused):
            await tab.client.connect(
                f"{door.base}?token={uuid4()}",
                headers={"Origin": door.base, "Cookie": tab.cookie or ""},
                transports=["websocket"],
                socketio_path=path,
                namespaces=["/_event"],
                wait_timeout=5,
            )


async def test_who_lost_the_socket_learns_whether_the_session_is_over(door: Door) -> None:
    token = await door.sign_in("gina")
    async with httpx.AsyncClient(base_url=door.base, cookies={"portico_session": token}) as browser:
        assert (await browser.get("/_session")).status_code == 204
        await door.age_session(token, timedelta(minutes=31))
        assert (await browser.get("/_session")).status_code == 401
