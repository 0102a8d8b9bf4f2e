"""What stands around every plain route."""

import io
import logging
import re
from collections.abc import Callable, Iterator

import pytest
import structlog
from sqlmodel import select
from starlette.routing import Route

from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.http import sign_in as sign_in_module
from portal.http.routes import public_routes
from portal.logs import configure_logs
from portal.models import Session
from tests.http.conftest import Browser
from tests.http.pages import Page

GINA = {"email": "gina@mail.example", "password": PASSWORD}
SOME_ID = "0191b3a0-0000-7000-8000-000000000000"
SIGNED = "/hooks/stripe/{practice}"
"""The one post that comes from elsewhere: a signature says whose it is (tests/billing/test_webhooks.py)."""
POSTS = sorted(
    {
        route.path.rstrip("/")
        for route in public_routes()
        if isinstance(route, Route) and "POST" in (route.methods or ())
    }
    - {SIGNED}
)


@pytest.fixture
def real_logs() -> Iterator[Callable[[], str]]:
    """Logs as the server writes them, and a function that reads them."""
    before, written = logging.getLogRecordFactory(), io.StringIO()
    configure_logs()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=written))
    yield written.getvalue
    structlog.reset_defaults()
    logging.setLogRecordFactory(before)


async def session_count(database: Database) -> int:
    async with database.unit_of_work(writes=False) as work:
        return len((await work.exec(select(Session))).all())


def test_every_post_is_known_here() -> None:
    assert POSTS == [
        "/auth/code",
        "/auth/confirm",
        "/auth/journal-key",
        "/auth/sign-in",
        "/auth/sign-out",
        "/auth/sign-out-everywhere",
        "/billing/insurance/cards",
        "/email/confirm/{token}",
        "/email/undo/{token}",
        "/first-run/{token}",
        "/forgot-password",
        "/forms/{assignment_id}/files",
        "/help-signing-in/{token}",
        "/invitation/{token}",
        "/messages/files",
        "/p/{practice}/join",
        "/practice/clients/import",
        "/practice/clients/{client_id}/insurance/cards",
        "/practice/forms/import",
        "/practice/messages/files",
        "/reset-password/{token}",
    ]


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost:8000.evil.example"])
async def test_every_post_checks_its_origin(
    database: Database, logins: Cast, browser: Browser, origin: str | None
) -> None:
    await browser.sign_in("gina@mail.example")
    headers = {"Origin": origin} if origin else {}
    for path in POSTS:
        answer = await browser.post(re.sub(r"{\w+}", SOME_ID, path), data=GINA, headers=headers)
        assert answer.status_code == 403, path
        assert "our own pages" in answer.text
        assert "set-cookie" not in answer.headers
    assert (await browser.get("/")).headers["location"] == "/home"
    assert await session_count(database) == 1


async def test_what_is_no_form_of_ours_is_not_read(database: Database, logins: Cast, browser: Browser) -> None:
    headers = {"Origin": browser.origin}
    for answer in (
        await browser.post("/auth/sign-in", json=GINA, headers=headers),
        await browser.post("/auth/sign-in", files={"email": b"gina@mail.example"}, headers=headers),
        await browser.submit("/auth/sign-in", **GINA, is_admin="1"),
        await browser.submit("/auth/sign-in", **GINA, organization_id="1"),
        await browser.submit("/auth/sign-in", email="gina@mail.example\0", password=PASSWORD),
        await browser.submit("/auth/sign-in", email="x" * 2001, password=PASSWORD),
        await browser.submit("/auth/sign-in", email="gina@mail.example", password="x" * 5_000_000),
        await browser.post(
            "/auth/sign-in",
            content=b"email=a&email=gina%40mail.example&password=x",
            headers={**headers, "Content-Type": "application/x-www-form-urlencoded"},
        ),
        await browser.post(
            "/auth/sign-in",
            content=b"email=%ff%fe&password=\xff",
            headers={**headers, "Content-Type": "application/x-www-form-urlencoded"},
        ),
        await browser.post(
            "/auth/sign-in",
            content="&".join(f"a{number}=1" for number in range(500)).encode(),
            headers={**headers, "Content-Type": "application/x-www-form-urlencoded"},
        ),
    ):
        assert answer.status_code == 422
        assert Page(answer.text).text("h1") == "We could not read that"
    assert await session_count(database) == 0
    assert (await browser.submit("/auth/sign-in", **GINA)).status_code == 303


async def test_what_should_not_happen_has_a_reference_and_tells_nothing(
    logins: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch, real_logs: Callable[[], str]
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("gina@mail.example and the password " + PASSWORD)

    monkeypatch.setattr(sign_in_module.service, "sign_in", broken)
    answer = await browser.submit("/auth/sign-in", **GINA)
    assert answer.status_code == 500
    assert Page(answer.text).text("h1") == "Something went wrong on our side"
    assert "RuntimeError" not in answer.text
    assert PASSWORD not in answer.text
    logged = real_logs()
    reference = answer.text.split("this number: ")[1].split(".")[0]
    assert reference in logged
    assert PASSWORD not in logged
    assert "gina" not in logged


async def test_unknown_address_is_a_friendly_page(logins: Cast, browser: Browser) -> None:
    answer = await browser.get("/no/such/page")
    assert answer.status_code == 404
    assert Page(answer.text).text("h1") == "We could not find that page"


@pytest.mark.parametrize("path", ["/login", "/forgot-password", "/p/harbor/login", "/dev/mail", "/healthz"])
async def test_a_slash_at_the_end_is_no_other_page(logins: Cast, browser: Browser, path: str) -> None:
    bare, slashed = await browser.get(path), await browser.get(f"{path}/")
    assert (bare.status_code, bare.text) == (slashed.status_code, slashed.text)


async def test_health(database: Database, logins: Cast, browser: Browser) -> None:
    assert (await browser.get("/healthz")).text == "ok\n"
    assert (await browser.get("/readyz")).status_code == 200
    await database.close()
    async with database.write_engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE organization RENAME TO organization_away")
    answer = await browser.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
    assert (await browser.get("/healthz")).status_code == 200
