"""The second page of signing in, and confirming who one is, through the browser's own forms."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.models import Session
from tests.accounts.phone import Phone, set_up
from tests.conftest import Clock
from tests.http.conftest import Browser
from tests.http.pages import Page
from tests.logins import session_row, sign_in

Browsers = Callable[..., Browser]
JSON = {"Accept": "application/json", "Origin": "http://localhost:8000"}


@pytest.fixture
async def phone(database: Database, logins: Cast, clock: Clock) -> Phone:
    """Gina's phone, with her codes at sign-in switched on."""
    return await set_up(database, clock)


async def sessions(database: Database) -> int:
    async with database.unit_of_work(writes=False) as work:
        return len((await work.exec(select(Session.id))).all())


async def test_the_password_leads_to_the_code_and_the_code_to_where_one_was_going(
    database: Database, phone: Phone, browser: Browser
) -> None:
    before = await sessions(database)
    answer = await browser.sign_in("gina@mail.example", next="/forms", practice="harbor")
    assert answer.headers["location"] == "/login/code?next=%2Fforms&practice=harbor"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("portico_step=")
    assert "HttpOnly" in cookie
    assert "Max-Age=600" in cookie
    assert await sessions(database) == before
    assert (await browser.get("/")).headers["location"] == "/login"
    shown = await browser.get(answer.headers["location"])
    page = Page(shown.text)
    assert page.text("h1") == "Enter your code"
    assert page.labelled() == {"Code": "code"}
    assert page.text("title") == "Enter your code · Harbor Counseling"
    assert "<script" not in shown.text
    wrong = await browser.submit("/auth/code", code="000000", next="/forms", practice="harbor")
    assert wrong.status_code == 422
    assert "That code is not right" in wrong.text
    assert 'value="/forms"' in wrong.text
    done = await browser.submit("/auth/code", code=phone.code(), next="/forms")
    assert done.headers["location"] == "/forms"
    assert "portico_step" not in browser.cookies
    assert (await browser.get("/")).headers["location"] == "/home"
    assert await sessions(database) == before + 1


async def test_a_recovery_code_does_it_too_and_an_empty_field_is_asked_for(phone: Phone, browser: Browser) -> None:
    await browser.sign_in("gina@mail.example")
    assert (await browser.submit("/auth/code", code=" ")).status_code == 422
    assert (await browser.submit("/auth/code", code=phone.codes[4])).headers["location"] == "/home"


async def test_the_code_alone_leads_back_to_the_beginning(database: Database, phone: Phone, browser: Browser) -> None:
    before = await sessions(database)
    assert (await browser.get("/login/code")).headers["location"] == "/login"
    assert (await browser.submit("/auth/code", code=phone.code())).headers["location"] == "/login?notice=step-over"
    browser.cookies.set("portico_step", "x" * 200)
    assert (await browser.submit("/auth/code", code=phone.codes[0])).headers["location"] == "/login?notice=step-over"
    browser.cookies.set("portico_session", "y" * 43)
    assert (await browser.submit("/auth/code", code=phone.code())).headers["location"] == "/login?notice=step-over"
    assert await sessions(database) == before


async def test_the_step_of_one_browser_ends_with_its_use_in_another(
    phone: Phone, browsers: Browsers, clock: Clock
) -> None:
    first, second = browsers(), browsers()
    await first.sign_in("gina@mail.example")
    second.cookies.set("portico_step", first.cookies["portico_step"])
    assert (await first.submit("/auth/code", code=phone.code())).headers["location"] == "/home"
    clock.now += timedelta(seconds=60)
    assert (await second.submit("/auth/code", code=phone.code())).headers["location"] == "/login?notice=step-over"


async def test_signing_in_over_a_page_asks_for_the_code_too(database: Database, phone: Phone, browser: Browser) -> None:
    gina = str((await session_row(database, phone.session)).account_id)
    fields = {"email": "gina@mail.example", "password": PASSWORD, "account": gina}
    asked = (await browser.post("/auth/sign-in", data=fields, headers=JSON)).json()
    assert asked == {"ok": False, "sentence": "", "next": "", "code": True}
    wrong = await browser.post("/auth/code", data={"code": "1", "account": gina}, headers=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (422, True)
    other = {"code": phone.code(), "account": "0191b3a0-0000-7000-8000-000000000000"}
    assert (await browser.post("/auth/code", data=other, headers=JSON)).json()["ok"] is False
    done = await browser.post("/auth/code", data={"code": phone.code(), "account": gina}, headers=JSON)
    assert done.json() == {"ok": True, "sentence": "", "next": "/home"}
    again = await browser.post("/auth/code", data={"code": phone.code(1), "account": gina}, headers=JSON)
    assert again.json()["again"] is True


async def test_confirming_who_one_is(database: Database, phone: Phone, browser: Browser, clock: Clock) -> None:
    nobody = await browser.post("/auth/confirm", data={"password": PASSWORD, "code": phone.code()}, headers=JSON)
    assert nobody.status_code == 401
    browser.cookies.set("portico_session", phone.session)
    before = (await session_row(database, phone.session)).stepped_up_at
    for sent in ({"password": PASSWORD}, {"code": phone.code()}, {"password": "wrong", "code": phone.code()}):
        refused = await browser.post("/auth/confirm", data=sent, headers=JSON)
        assert (refused.status_code, refused.json()["ok"]) == (422, False)
    assert (await session_row(database, phone.session)).stepped_up_at == before
    done = await browser.post("/auth/confirm", data={"password": PASSWORD, "code": phone.code()}, headers=JSON)
    assert done.json()["ok"] is True
    assert (await session_row(database, phone.session)).stepped_up_at == clock.now


async def test_who_has_no_second_factor_confirms_with_the_password(
    database: Database, logins: Cast, browser: Browser, clock: Clock
) -> None:
    token = await sign_in("pete@mail.example")
    browser.cookies.set("portico_session", token)
    clock.now += timedelta(minutes=5)
    assert (await browser.post("/auth/confirm", data={"password": PASSWORD}, headers=JSON)).json()["ok"] is True
    assert (await session_row(database, token)).stepped_up_at == clock.now
