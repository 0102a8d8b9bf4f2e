"""Forgotten password and e-mail links through the pages: opening changes nothing, the button does."""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import select

from portal.accounts import service
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.models import AccountLink
from portal.runtime import Runtime, set_runtime
from tests.http.conftest import Browser, application
from tests.http.pages import Page
from tests.logins import last_link, mails, opener, sign_in

Browsers = Callable[..., Browser]
NEW = "tractor lampion velvet"


async def reset_path(database: Database, browser: Browser, email: str = "gina@mail.example") -> str:
    """Ask for a link and return the path that the mail leads to."""
    await browser.submit("/forgot-password", email=email)
    return urlsplit(await last_link(database, "reset_password")).path


async def test_answer_is_the_same_for_known_and_unknown(database: Database, logins: Cast, browsers: Browsers) -> None:
    answers = [
        await browsers().submit("/forgot-password", email=email) for email in ("gina@mail.example", "no@mail.example")
    ]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert answers[0].headers["location"] == "/forgot-password?sent"
    assert "If that address belongs to a login here" in (await browsers().get("/forgot-password?sent")).text
    assert [mail.to_address for mail in await mails(database)] == ["gina@mail.example"]


async def test_answer_leaves_before_anything_is_looked_up(database: Database, logins: Cast) -> None:
    statements: list[str] = []

    @event.listens_for(database.write_engine.sync_engine, "before_cursor_execute")
    def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    body = b"email=gina%40mail.example"
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/forgot-password",
        "query_string": b"",
        "client": ("203.0.113.9", 1),
        "headers": [
            (b"origin", b"http://localhost:8000"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }
    when_answered: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            when_answered.append(len(statements))

    await application()(scope, receive, send)  # type: ignore[arg-type]
    assert when_answered == [0]
    assert len(statements) > 3
    assert len(await mails(database)) == 1


async def test_whole_way_to_a_new_password(database: Database, logins: Cast, browsers: Browsers) -> None:
    signed_in, browser = browsers(), browsers()
    await signed_in.sign_in("gina@mail.example")
    path = await reset_path(database, browser)
    page = Page((await browser.get(path)).text)
    assert page.text("h1") == "Choose a new password"
    assert page.labelled() == {"New password": "password", "New password again": "again"}
    assert [field["autocomplete"] for field in page.all("input")] == ["username", "new-password", "new-password"]
    answer = await browser.submit(path, password=NEW, again=NEW)
    assert answer.headers["location"] == "/login?notice=password-changed"
    assert (await signed_in.get("/")).headers["location"] == "/login"
    assert (await browser.sign_in("gina@mail.example", NEW)).status_code == 303
    assert (await browsers().sign_in("gina@mail.example", PASSWORD)).status_code == 422


async def test_mail_scanners_may_open_the_link(database: Database, logins: Cast, browsers: Browsers) -> None:
    path = await reset_path(database, browsers())
    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        await browsers().request(method, path)
    assert (await browsers().submit(path, password=NEW, again=NEW)).status_code == 303
    for answer in (await browsers().get(path), await browsers().submit(path, password=NEW, again=NEW)):
        assert answer.status_code == 404
        assert Page(answer.text).text("h1") == "This link no longer works"


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "Enter a new password."),
        (NEW, NEW + " ", "The two passwords are not the same. Please type both again."),
        ("too short", "too short", "Please use at least 15 characters."),
        ("password1234567", "password1234567", "That password is easy to guess."),
    ],
)
async def test_refused_password_is_explained_and_the_link_stays(
    database: Database, logins: Cast, browser: Browser, password: str, again: str, said: str
) -> None:
    path = await reset_path(database, browser)
    answer = await browser.submit(path, password=password, again=again)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert 'autofocus aria-labelledby="summary-title"' in answer.text
    assert all(field["value"] == "" for field in Page(answer.text).all("input") if field["type"] == "password")
    assert (await browser.submit(path, password=NEW, again=NEW)).status_code == 303


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "ey" + "J" * 3000, "..%2F..%2Fetc"])
async def test_guessed_links_are_dead(logins: Cast, browser: Browser, token: str) -> None:
    for path in ("/reset-password", "/email/confirm", "/email/undo"):
        for answer in (await browser.get(f"{path}/{token}"), await browser.submit(f"{path}/{token}")):
            assert answer.status_code in {404, 422}
            assert "Traceback" not in answer.text


async def test_links_cannot_be_guessed_without_end(logins: Cast, browser: Browser) -> None:
    for _ in range(30):
        await browser.submit("/reset-password/x", password=NEW, again=NEW)
    assert (await browser.submit("/email/undo/x")).status_code == 429


async def test_foreign_host_header_does_not_reach_the_mail(database: Database, logins: Cast) -> None:
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    transport = httpx.ASGITransport(application())
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example", headers=evil) as client:
        refused = await client.post(
            "/forgot-password", data={"email": "gina@mail.example"}, headers={"Origin": "http://evil.example"}
        )
        assert refused.status_code == 403
        await client.post(
            "/forgot-password", data={"email": "gina@mail.example"}, headers={"Origin": "http://localhost:8000"}
        )
        page = await client.get("/login")
    assert (await last_link(database, "reset_password")).startswith("http://localhost:8000/reset-password/")
    assert "evil" not in page.text


async def test_asking_is_limited_by_address_for_everybody_alike(logins: Cast, browsers: Browsers) -> None:
    for number in range(20):
        await browsers().submit("/forgot-password", email=f"person{number}@mail.example")
    for email in ("gina@mail.example", "nobody@mail.example"):
        assert (await browsers().submit("/forgot-password", email=email)).status_code == 429
    assert (
        await browsers(address="192.0.2.1").submit("/forgot-password", email="gina@mail.example")
    ).status_code == 303


async def test_email_change_through_its_pages(database: Database, logins: Cast, browsers: Browsers) -> None:
    unit = opener(database, await sign_in("gina@mail.example"))
    await service.request_email_change(unit, password=PASSWORD, new_email="gina@new.example")
    path = urlsplit(await last_link(database, "confirm_email")).path
    browser = browsers()
    page = await browser.get(path)
    assert Page(page.text).text("button") == "Use this address"
    assert "gina@new.example" in page.text
    async with database.unit_of_work(writes=False) as work:
        assert [link.used_at for link in (await work.exec(select(AccountLink))).all()] == [None]
    assert Page((await browser.submit(path)).text).text("h1") == "Your email address is changed"
    assert (await browser.submit(path)).status_code == 404
    await browser.sign_in("gina@new.example")
    undo = urlsplit(await last_link(database, "email_changed")).path
    assert Page((await browser.get(undo)).text).text("button") == "Use the old address again"
    done = await browser.submit(undo)
    assert Page(done.text).text("h1") == "Your old email address is back"
    assert (await browser.get("/")).headers["location"] == "/login"
    assert (await browser.sign_in("gina@mail.example")).status_code == 303


async def test_address_taken_before_the_button_is_pressed(database: Database, logins: Cast, browser: Browser) -> None:
    paths = []
    for name in ("gina", "pete"):
        unit = opener(database, await sign_in(f"{name}@mail.example"))
        await service.request_email_change(unit, password=PASSWORD, new_email="shared@new.example")
        paths.append(urlsplit(await last_link(database, "confirm_email")).path)
    assert (await browser.submit(paths[0])).status_code == 200
    answer = await browser.submit(paths[1])
    assert answer.status_code == 422
    assert "This email address cannot be used." in answer.text


async def test_production_base_url_is_the_only_one(database: Database, logins: Cast, browsers: Browsers) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, base_url="https://portal.example.org"), database))
    await browsers(origin="https://portal.example.org").submit("/forgot-password", email="gina@mail.example")
    assert (await last_link(database, "reset_password")).startswith("https://portal.example.org/reset-password/")
