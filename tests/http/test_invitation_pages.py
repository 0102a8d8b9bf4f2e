"""The page of an invitation as browsers, mail scanners and strangers see it."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.models import Account, Client, Invitation
from tests.http.conftest import Browser
from tests.http.pages import Page
from tests.invitations.conftest import desk
from tests.invitations.desk import FrontDesk

__all__ = ["desk"]
Browsers = Callable[..., Browser]
NEW = "tractor lampion velvet"
BORN = "1990-05-31"


async def path(desk: FrontDesk, client: str = "robin") -> str:
    """Invite somebody and return the path that the mail leads to."""
    await desk.invite(client)
    return urlsplit((await desk.links())[-1]).path


async def stored(database: Database) -> list[dict[str, object]]:
    async with database.unit_of_work(writes=False) as work:
        return [
            row.model_dump()
            for table in (Invitation, Account, Client)
            for row in (await work.exec(select(table).order_by(table.id))).all()
        ]


async def test_whole_way_to_a_login(desk: FrontDesk, browser: Browser) -> None:
    where = await path(desk)
    first = Page((await browser.get(where)).text)
    assert first.text("h1") == "You are invited"
    assert first.text("button") == "Go on"
    assert (await browser.submit(where, step="open")).headers["location"] == where
    form = Page((await browser.get(where)).text)
    assert form.text("h1") == "Set up your login"
    assert form.labelled() == {
        "Your date of birth": "birth_date",
        "Password": "password",
        "Password again": "again",
    }
    answer = await browser.submit(where, step="join", birth_date=BORN, password=NEW, again=NEW)
    assert answer.headers["location"] == "/home"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert (await browser.get("/")).headers["location"] == "/home"


async def test_first_page_names_nobody_but_the_practice(desk: FrontDesk, browser: Browser) -> None:
    text = (await browser.get(await path(desk))).text
    assert "Harbor Counseling" in text
    for marker in ("Robin", "Quill", "robin@new.example", "1990"):
        assert marker not in text


async def test_mail_scanners_change_nothing(desk: FrontDesk, database: Database, browsers: Browsers) -> None:
    where = await path(desk)
    before = await stored(database)
    for method in ("GET", "HEAD", "GET", "OPTIONS", "GET"):
        await browsers().request(method, where)
        await browsers().request(method, f"{where}?step=join&birth_date={BORN}&password={NEW}&again={NEW}")
    assert await stored(database) == before
    await browsers().submit(where, step="open")
    assert await stored(database) != before


async def test_used_twice_and_in_a_second_tab(desk: FrontDesk, browsers: Browsers) -> None:
    where = await path(desk)
    fields = {"step": "join", "birth_date": BORN, "password": NEW, "again": NEW}
    first, second = browsers(), browsers()
    await first.submit(where, step="open")
    assert "Set up your login" in (await second.get(where)).text
    assert (await first.submit(where, **fields)).status_code == 303
    for answer in (await second.submit(where, **fields), await second.get(where)):
        assert answer.status_code == 404
        assert Page(answer.text).text("h1") == "This invitation has been used"
        assert "set-cookie" not in answer.headers


async def test_wrong_date_of_birth_five_times(desk: FrontDesk, browser: Browser) -> None:
    where = await path(desk)
    await browser.submit(where, step="open")
    fields = {"step": "join", "birth_date": "1990-05-30", "password": NEW, "again": NEW}
    for left in ("4 more tries", "3 more tries", "2 more tries", "one more try"):
        answer = await browser.submit(where, **fields)
        assert answer.status_code == 422
        assert left in answer.text
        assert NEW not in answer.text
    last = await browser.submit(where, **fields)
    assert Page(last.text).text("h1") == "This invitation no longer works"
    assert (await browser.submit(where, **{**fields, "birth_date": BORN})).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "", "again": ""}, "Enter a new password."),
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"password": "too short", "again": "too short"}, "Please use at least 15 characters."),
        ({"birth_date": ""}, "Enter your date of birth."),
        ({"birth_date": "yesterday"}, "Enter your date of birth."),
        ({"birth_date": "", "password": ""}, "Enter a new password."),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(
    desk: FrontDesk, browser: Browser, changed: dict[str, str], said: str
) -> None:
    where = await path(desk)
    await browser.submit(where, step="open")
    fields = {"step": "join", "birth_date": BORN, "password": NEW, "again": NEW}
    answer = await browser.submit(where, **{**fields, **changed})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert 'autofocus aria-labelledby="summary-title"' in answer.text
    assert (await browser.submit(where, **fields)).status_code == 303


async def test_existing_login_is_signed_in_and_joined(desk: FrontDesk, browser: Browser) -> None:
    async with desk.database.unit_of_work() as work:
        sam = await work.merge(await desk.client("sam"))
        sam.email = "quinn@mail.example"
        work.add(sam)
    where = await path(desk, "sam")
    await browser.sign_in("gina@mail.example")
    await browser.submit(where, step="open")
    page = Page((await browser.get(where)).text)
    assert page.text("h1") == "Sign in to go on"
    assert page.text("button") == "Sign out and go on"
    assert (await browser.submit(where, step="join", password=NEW, again=NEW)).headers["location"] == where
    switched = await browser.submit(where, step="switch")
    assert switched.headers["location"] == f"/login?next={where}"
    signed_in = await browser.sign_in("quinn@mail.example", next=where)
    assert signed_in.headers["location"] == where
    page = Page((await browser.get(where)).text)
    assert page.text("h1") == "Join Harbor Counseling"
    assert page.labelled() == {}
    assert (await browser.submit(where, step="join")).headers["location"] == "/home"
    assert (await desk.client("sam")).account_id == desk.cast.accounts["quinn"].id
    assert (await browser.sign_in("quinn@mail.example", PASSWORD)).status_code == 303


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "ey" + "J" * 3000, "..%2F..%2Fetc"])
async def test_guessed_invitations_are_unknown(logins: Cast, browser: Browser, token: str) -> None:
    fields = {"step": "join", "birth_date": BORN, "password": NEW, "again": NEW}
    for answer in (
        await browser.get(f"/invitation/{token}"),
        await browser.submit(f"/invitation/{token}", step="open"),
        await browser.submit(f"/invitation/{token}", **fields),
    ):
        assert answer.status_code in {404, 422}
        assert "Traceback" not in answer.text


async def test_guessing_has_an_end(logins: Cast, browsers: Browsers) -> None:
    for _ in range(30):
        assert (await browsers().submit("/invitation/x", step="open")).status_code == 404
    assert (await browsers().submit("/invitation/x", step="open")).status_code == 429
    assert (await browsers(address="192.0.2.1").submit("/invitation/x", step="open")).status_code == 404


@pytest.mark.parametrize(
    "fields", [{}, {"step": "admin"}, {"step": "join", "client_id": "1"}, {"step": ["open", "join"]}]
)
async def test_odd_forms_are_refused(
    desk: FrontDesk, database: Database, browser: Browser, fields: dict[str, str]
) -> None:
    where = await path(desk)
    before = await stored(database)
    assert (await browser.submit(where, **fields)).status_code == 422
    assert await stored(database) == before


async def test_page_may_not_be_kept_or_framed(desk: FrontDesk, browser: Browser) -> None:
    headers = (await browser.get(await path(desk))).headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
