"""Asking to join over the page: one answer for everybody."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from portal.database import Database
from portal.demo.people import Cast
from portal.models import JoinRequest, Session
from tests.http.conftest import Browser
from tests.http.pages import Page
from tests.logins import mails

Browsers = Callable[..., Browser]
FIELDS = {
    "given_name": "Ada",
    "family_name": "Byron",
    "email": "ada@new.example",
    "birth_date": "1985-12-10",
    "phone": "",
    "note": "Hello",
}
CASEY = {**FIELDS, "given_name": "Casey", "family_name": "Lin", "email": "casey@mail.example"}
WHERE = "/p/harbor/join"


async def requests(database: Database) -> list[JoinRequest]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(JoinRequest))).all())


async def test_known_and_unknown_get_the_same_answer(database: Database, logins: Cast, browsers: Browsers) -> None:
    answers = [await browsers().submit(WHERE, **fields) for fields in (FIELDS, CASEY)]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert answers[0].headers["location"] == f"{WHERE}?sent"
    assert Page((await browsers().get(f"{WHERE}?sent")).text).text("h1") == "Thank you"
    assert len(await requests(database)) == 2
    first, second = await mails(database)
    assert (first.kind, second.kind) == ("join_received", "join_received")


async def test_nobody_is_signed_in_by_a_known_address(database: Database, logins: Cast, browser: Browser) -> None:
    answer = await browser.submit(WHERE, **CASEY)
    assert "set-cookie" not in answer.headers
    assert (await browser.get("/")).headers["location"] == "/login"
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(Session))).all() == []


async def test_fields_are_labelled_and_what_was_typed_stays(logins: Cast, browser: Browser) -> None:
    page = Page((await browser.get(WHERE)).text)
    assert page.text("h1") == "Become a client"
    assert page.labelled() == {
        "First name": "given_name",
        "Last name": "family_name",
        "Email": "email",
        "Date of birth": "birth_date",
        "Phone (optional)": "phone",
        "What would you like to tell them? (optional)": "note",
    }
    answer = await browser.submit(WHERE, **{**FIELDS, "email": "nowhere", "note": "<script>x</script>"})
    assert answer.status_code == 422
    assert 'value="Ada"' in answer.text
    assert "<script>" not in answer.text
    assert 'href="#email"' in answer.text


async def test_practice_that_takes_none_says_whom_to_ask(database: Database, logins: Cast, browser: Browser) -> None:
    for answer in (await browser.get("/p/lakeside/join"), await browser.submit("/p/lakeside/join", **FIELDS)):
        assert answer.status_code == 403
        assert "Please ask Lakeside Therapy for an appointment." in answer.text
        assert "+1 206 555 0177" in answer.text.replace("\u00a0", " ")
    assert await requests(database) == []


@pytest.mark.parametrize("slug", ["nowhere", "HARBOR", "%00", "..", "harbor' or 1=1"])
async def test_unknown_practice_is_said_so(logins: Cast, browser: Browser, slug: str) -> None:
    for answer in (await browser.get(f"/p/{slug}/join"), await browser.submit(f"/p/{slug}/join", **FIELDS)):
        assert answer.status_code == 404
        assert "Traceback" not in answer.text


async def test_asking_is_limited_by_address_for_everybody_alike(
    database: Database, logins: Cast, browsers: Browsers
) -> None:
    for number in range(10):
        await browsers().submit(WHERE, **{**FIELDS, "email": f"a{number}@new.example"})
    for fields in (FIELDS, CASEY):
        assert (await browsers().submit(WHERE, **fields)).status_code == 429
    assert (await browsers(address="192.0.2.1").submit(WHERE, **FIELDS)).status_code == 303
    assert len(await requests(database)) == 11


async def test_foreign_fields_are_refused(database: Database, logins: Cast, browser: Browser) -> None:
    for extra in ("client_id", "organization_id", "status", "account_id"):
        assert (await browser.submit(WHERE, **FIELDS, **{extra: "1"})).status_code == 422
    assert await requests(database) == []
