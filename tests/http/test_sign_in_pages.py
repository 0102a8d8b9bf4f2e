"""The sign-in pages: what they say, what they keep, and where they lead."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from portal.accounts.words import Code, sentence
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.kit.tokens import token_hash
from portal.models import Session
from portal.runtime import Runtime, set_runtime
from tests.http.conftest import Browser
from tests.http.pages import Page
from tests.logins import CountingHasher, mails

Browsers = Callable[..., Browser]


async def sessions(database: Database) -> list[Session]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(Session))).all())


@pytest.mark.parametrize("path", ["/login", "/login/", "/p/harbor/login", "/p/lakeside/login"])
async def test_page_has_the_names_that_screen_readers_rely_on(logins: Cast, browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.text("h1") == "Sign in"
    assert page.labelled() == {"Email": "email", "Password": "password"}
    assert page.text("button") == "Sign in"
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("form") == [{"action": "/auth/sign-in", "method": "post", "novalidate": None}]
    kinds = {field["id"]: (field["type"], field["autocomplete"]) for field in page.all("input") if "id" in field}
    assert kinds == {"email": ("email", "username"), "password": ("password", "current-password")}


async def test_page_needs_no_script_and_nothing_from_elsewhere(logins: Cast, browser: Browser) -> None:
    answer = await browser.get("/login")
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert "http" not in answer.text.replace("http-equiv", "")
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


async def test_practice_is_named(logins: Cast, browser: Browser) -> None:
    answer = await browser.get("/p/harbor/login")
    assert Page(answer.text).text("title") == "Sign in · Harbor Counseling"
    assert "Lakeside" not in answer.text
    assert ("input", {"type": "hidden", "name": "practice", "value": "harbor"}) in Page(answer.text).elements


@pytest.mark.parametrize("slug", ["nowhere", "HARBOR", "%3Cscript%3E", "harbor%00", "'%20OR%201=1"])
async def test_unknown_practice_is_a_page_in_plain_words(logins: Cast, browser: Browser, slug: str) -> None:
    answer = await browser.get(f"/p/{slug}/login")
    assert answer.status_code == 404
    assert Page(answer.text).text("h1") == "We do not know this practice"


async def test_signing_in_sets_the_cookie_and_goes_home(database: Database, logins: Cast, browser: Browser) -> None:
    answer = await browser.sign_in("gina@mail.example")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    cookie = answer.headers["set-cookie"].split(";")[0].split("=")[1]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert [row.token_hash for row in await sessions(database)] == [token_hash(cookie)]
    assert (await browser.get("/")).headers["location"] == "/home"
    assert (await browser.get("/login")).headers["location"] == "/home"
    assert (await browser.get("/login?next=/forms/1")).headers["location"] == "/forms/1"


async def test_staff_go_to_today(logins: Cast, browser: Browser) -> None:
    assert (await browser.sign_in("tess@harbor.example")).headers["location"] == "/practice"


async def test_next_is_kept_through_a_wrong_try(logins: Cast, browser: Browser) -> None:
    page = Page((await browser.get("/login?next=/forms/1%3Ffor%3D2")).text)
    assert ("input", {"type": "hidden", "name": "next", "value": "/forms/1?for=2"}) in page.elements
    wrong = await browser.sign_in("gina@mail.example", "wrong", next="/forms/1?for=2")
    assert ("input", {"type": "hidden", "name": "next", "value": "/forms/1?for=2"}) in Page(wrong.text).elements
    right = await browser.sign_in("gina@mail.example", next="/forms/1?for=2")
    assert right.headers["location"] == "/forms/1?for=2"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"])
async def test_next_leads_nowhere_else(logins: Cast, browser: Browser, evil: str) -> None:
    assert "evil" not in (await browser.get("/login", params={"next": evil})).text
    assert "evil" not in (await browser.sign_in("gina@mail.example", "wrong", next=evil)).text
    assert (await browser.sign_in("gina@mail.example", next=evil)).headers["location"] == "/home"
    assert (await browser.get("/login", params={"next": evil})).headers["location"] == "/home"


async def test_wrong_try_keeps_the_email_and_its_summary_takes_focus(logins: Cast, browser: Browser) -> None:
    answer = await browser.sign_in('"><script>alert(1)</script>@mail.example', "my secret words")
    page = Page(answer.text)
    fields = {field["id"]: field for field in page.all("input") if "id" in field}
    assert answer.status_code == 422
    assert fields["email"]["value"] == '"><script>alert(1)</script>@mail.example'
    assert "<script" not in answer.text
    assert fields["password"]["value"] == ""
    assert "my secret words" not in answer.text
    summary = next(element for element in page.all("div") if element.get("class") == "summary")
    assert (summary["role"], summary["tabindex"], "autofocus" in summary) == ("alert", "-1", True)
    assert fields["email"]["aria-invalid"] == "true"
    assert fields["email"]["aria-describedby"] == "email-error"
    assert {"href": "#email"} in page.all("a")
    assert page.text("title").startswith("Please check: ")


async def test_known_and_unknown_get_the_same_page(logins: Cast, browsers: Browsers, hasher: CountingHasher) -> None:
    known = await browsers().sign_in("gina@mail.example", "wrong")
    unknown = await browsers().sign_in("nina@mail.example", "wrong")
    assert known.text.replace("gina", "nina") == unknown.text
    assert known.status_code == unknown.status_code
    assert dict(known.headers) == dict(unknown.headers)
    assert hasher.verified == 2


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", "", ["Enter your email address.", "Enter your password."]),
        ("  ", "x", ["Enter your email address."]),
        ("gina@mail.example", "", ["Enter your password."]),
    ],
)
async def test_empty_fields_are_named_and_cost_no_try(
    logins: Cast, browser: Browser, hasher: CountingHasher, email: str, password: str, said: list[str]
) -> None:
    answer = await browser.sign_in(email, password)
    assert answer.status_code == 422
    assert all(answer.text.count(words) == 2 for words in said)
    assert hasher.verified == 0


async def test_eleventh_try_is_told_to_wait(logins: Cast, browsers: Browsers) -> None:
    for number in range(10):
        await browsers(address=f"198.51.100.{number}").sign_in("gina@mail.example", "wrong")
    answer = await browsers().sign_in("GINA@mail.example")
    assert answer.status_code == 429
    assert sentence(Code.TOO_MANY_TRIES, minutes=15) in answer.text


async def test_forwarded_addresses_do_not_multiply_tries(
    logins: Cast, browsers: Browsers, hasher: CountingHasher
) -> None:
    for number in range(70):
        browser = browsers(**{"X-Forwarded-For": f"198.51.100.{number}"})
        answer = await browser.sign_in(f"person{number}@mail.example", "wrong")
    assert answer.status_code == 429
    assert hasher.verified == 60


async def test_proxy_of_ours_is_believed(database: Database, logins: Cast, browsers: Browsers) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, trusted_proxy_hops=1), database))
    for number in range(70):
        browser = browsers(**{"X-Forwarded-For": f"10.0.0.1, 198.51.100.{number}"})
        answer = await browser.sign_in(f"person{number}@mail.example", "wrong")
    assert answer.status_code == 422


async def test_signing_in_again_replaces_the_session(database: Database, logins: Cast, browser: Browser) -> None:
    await browser.sign_in("gina@mail.example")
    first = browser.cookies["portico_session"]
    await browser.sign_in("gina@mail.example")
    assert browser.cookies["portico_session"] != first
    ended = {row.token_hash: row.ended_because for row in await sessions(database)}
    assert ended == {token_hash(first): "replaced", token_hash(browser.cookies["portico_session"]): ""}


async def test_known_browser_brings_no_mail_and_a_new_one_does(
    database: Database, logins: Cast, browsers: Browsers
) -> None:
    phone = browsers(**{"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"})
    await phone.sign_in("gina@mail.example")
    await phone.submit("/auth/sign-out")
    await phone.sign_in("GINA@mail.example")
    assert await mails(database) == []
    await phone.sign_in("pete@mail.example")
    await phone.sign_in("gina@mail.example")
    assert await mails(database) == []
    await browsers().sign_in("gina@mail.example")
    assert [mail.kind for mail in await mails(database)] == ["new_device"]
    assert sorted(row.device for row in await sessions(database))[-1] == "Safari on iPhone"


async def test_device_cookie_of_one_login_is_worth_nothing_for_another(
    database: Database, logins: Cast, browsers: Browsers
) -> None:
    await browsers().sign_in("pete@mail.example")
    browser = browsers()
    await browser.sign_in("gina@mail.example")
    await browser.sign_in("pete@mail.example")
    assert [(mail.kind, mail.to_address) for mail in await mails(database)] == [("new_device", "pete@mail.example")]


async def test_signing_out_here(database: Database, logins: Cast, browser: Browser) -> None:
    await browser.sign_in("gina@mail.example")
    answer = await browser.submit("/auth/sign-out")
    assert answer.headers["location"] == "/login?notice=signed-out"
    assert "portico_session" not in browser.cookies
    assert [row.ended_because for row in await sessions(database)] == ["signed_out"]
    assert "You are signed out." in (await browser.get(answer.headers["location"])).text
    assert (await browser.get("/")).headers["location"] == "/login"
    assert (await browser.submit("/auth/sign-out")).status_code == 303


async def test_signing_out_everywhere(database: Database, logins: Cast, browsers: Browsers) -> None:
    phone, laptop, pete = browsers(), browsers(), browsers()
    for browser, email in ((phone, "gina"), (laptop, "gina"), (pete, "pete")):
        await browser.sign_in(f"{email}@mail.example")
    answer = await phone.submit("/auth/sign-out-everywhere")
    assert answer.headers["location"] == "/login?notice=signed-out-everywhere"
    assert (await laptop.get("/")).headers["location"] == "/login"
    assert (await pete.get("/")).headers["location"] == "/home"
    again = await laptop.submit("/auth/sign-out-everywhere")
    assert again.headers["location"] == "/login?notice=ended"


async def test_get_signs_nobody_in_or_out(logins: Cast, browser: Browser) -> None:
    await browser.sign_in("gina@mail.example")
    assert (await browser.get("/auth/sign-out")).status_code == 405
    assert (await browser.get("/auth/sign-in")).headers["location"] == "/login"
    assert (await browser.get("/")).headers["location"] == "/home"


async def test_notice_comes_from_our_list_only(logins: Cast, browser: Browser) -> None:
    assert "nothing happened for 30 minutes" in (await browser.get("/login?notice=idle")).text
    assert "<b>" not in (await browser.get("/login?notice=<b>Call+555</b>")).text
    assert "555" not in (await browser.get("/login?notice=Call+555")).text


async def test_sign_in_over_a_page(database: Database, logins: Cast, browser: Browser) -> None:
    gina = str(logins.accounts["gina"].id)
    headers = {"Accept": "application/json", "Origin": browser.origin}

    async def post(**fields: str) -> tuple[int, dict[str, object], bool]:
        answer = await browser.post("/auth/sign-in", data=fields, headers=headers)
        return answer.status_code, answer.json(), "set-cookie" in answer.headers

    wrong = {"ok": False, "sentence": sentence(Code.WRONG_PASSWORD), "next": ""}
    other = {"ok": False, "sentence": sentence(Code.OTHER_ACCOUNT), "next": ""}
    assert await post(email="gina@mail.example", password="wrong", account=gina) == (422, wrong, False)
    assert await post(email="pete@mail.example", password=PASSWORD, account=gina) == (422, other, False)
    assert await post(email="gina@mail.example", password=PASSWORD, account="not an id") == (422, other, False)
    assert await sessions(database) == []
    right = {"ok": True, "sentence": "", "next": "/home"}
    assert await post(email="gina@mail.example", password=PASSWORD, account=gina) == (200, right, True)
    assert len(await sessions(database)) == 1


async def test_over_tls_the_cookie_is_pinned(database: Database, logins: Cast, browsers: Browsers) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, base_url="https://portal.example.org"), database))
    browser = browsers(origin="https://portal.example.org")
    answer = await browser.sign_in("gina@mail.example")
    assert answer.headers.get_list("set-cookie")[0].startswith("__Host-portico_session=")
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
    assert (await browser.get("/")).headers["location"] == "/home"
