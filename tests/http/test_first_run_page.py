"""The first run: one form on an empty installation, once, for whoever reads the console."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlmodel import select

from portal.config import Config, Mode
from portal.database import Database
from portal.intake.builtin import builtin_forms
from portal.models import Account, FirstRun, Form, Invitation, Location, Membership, Organization, Payer
from portal.practice.first_run import FirstRunFields, problems_of, slug_of, zones
from portal.practice.service_first_run import make_first_run_token
from portal.runtime import Runtime, set_runtime
from portal.schema import upgrade_database
from tests.conftest import RING, Clock, postgres_database
from tests.http.conftest import Browser
from tests.http.pages import Page
from tests.logins import CountingHasher, mails

Browsers = Callable[..., Browser]
GOOD = {
    "practice": "Green Valley Therapy",
    "slug": "",
    "zone": "America/Chicago",
    "currency": "USD",
    "location": "Main office",
    "address": "1 Mill Lane",
    "name": "Ines Vega",
    "email": "ines@valley.example",
    "password": "tractor lampion velvet",
    "again": "tractor lampion velvet",
    "therapist_name": "Jon Ray",
    "therapist_email": "jon@valley.example",
}


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty(request: Any, tmp_path: Any, clock: Clock, hasher: CountingHasher) -> AsyncIterator[Database]:
    """A database with tables and nobody in it."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        upgrade_database(url)
        yield await _opened(url, clock, tmp_path)
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as url:
            upgrade_database(url)
            made = await _opened(url, clock, tmp_path)
            yield made
            await made.close()
    set_runtime(None)


async def _opened(url: str, clock: Clock, folder: Any) -> Database:
    made = Database(url, RING, clock)
    set_runtime(Runtime(Config(mode=Mode.TEST, data_dir=folder / "data"), made))
    return made


async def token_of(database: Database) -> str:
    async with database.unit_of_work() as work:
        token = await make_first_run_token(work)
    assert token
    return token


async def rows(database: Database, table: Any) -> list[Any]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(table))).all())


async def test_one_form_sets_everything_up_and_signs_in(empty: Database, browser: Browser) -> None:
    path = f"/first-run/{await token_of(empty)}"
    page = Page((await browser.get(path)).text)
    assert page.text("h1") == "Set up your practice"
    assert set(page.labelled().values()) == set(GOOD)
    done = await browser.submit(path, **GOOD)
    assert (done.status_code, done.headers["location"]) == (303, "/practice")
    assert (await browser.get("/login")).headers["location"] == "/home", "the browser is signed in"
    (practice,) = await rows(empty, Organization)
    assert (practice.slug, practice.name, practice.zone, practice.currency) == (
        "green-valley-therapy",
        "Green Valley Therapy",
        "America/Chicago",
        "USD",
    )
    assert [(one.name, one.address) for one in await rows(empty, Location)] == [("Main office", "1 Mill Lane")]
    assert {one.key for one in await rows(empty, Form)} == {one.key for one in builtin_forms()}
    assert len(await rows(empty, Payer)) > 50
    members = {one.email: (one.role.value, one.account_id is not None) for one in await rows(empty, Membership)}
    assert members == {"ines@valley.example": ("admin", True), "jon@valley.example": ("therapist", False)}
    assert [mail.to_address for mail in await mails(empty)] == ["jon@valley.example"]
    assert [one.email for one in await rows(empty, Invitation)] == ["jon@valley.example"]


async def test_it_works_once_and_never_again(empty: Database, browsers: Browsers) -> None:
    path = f"/first-run/{await token_of(empty)}"
    assert (await browsers().submit(path, **GOOD)).status_code == 303
    again = GOOD | {"practice": "Second", "email": "eve@mail.example"}
    assert (await browsers().get(path)).status_code == 404
    assert (await browsers().submit(path, **again)).status_code == 404
    async with empty.unit_of_work() as work:
        assert await make_first_run_token(work) is None
        work.add(FirstRun(token_hash="0" * 64, created_at=work.now))
    assert len(await rows(empty, Organization)) == 1


async def test_two_who_press_at_once_make_one_practice(empty: Database, browsers: Browsers) -> None:
    path = f"/first-run/{await token_of(empty)}"
    forms = [GOOD | {"practice": f"Practice {number}", "email": f"a{number}@mail.example"} for number in range(3)]
    answers = await asyncio.gather(*(browsers().submit(path, **form) for form in forms))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404]
    assert len(await rows(empty, Organization)) == len(await rows(empty, Account)) == 1


async def test_only_the_token_of_this_start_opens_it(empty: Database, browser: Browser) -> None:
    old, new = await token_of(empty), await token_of(empty)
    for token in (old, "x", new[:-1], new.swapcase()):
        assert (await browser.get(f"/first-run/{token}")).status_code == 404
        assert (await browser.submit(f"/first-run/{token}", **GOOD)).status_code == 404
    assert (await browser.get(f"/first-run/{new}")).status_code == 200
    assert new not in repr([one.model_dump() for one in await rows(empty, FirstRun)])
    assert await rows(empty, Organization) == []
    assert (await browser.submit(f"/first-run/{new}", **GOOD)).status_code == 303


async def test_another_site_cannot_press_the_button(empty: Database, browser: Browser) -> None:
    path = f"/first-run/{await token_of(empty)}"
    assert (await browser.post(path, data=GOOD, headers={"Origin": "https://evil.example"})).status_code == 403
    assert await rows(empty, Organization) == []


async def test_problems_stand_beside_their_fields_and_nothing_is_lost(empty: Database, browser: Browser) -> None:
    path = f"/first-run/{await token_of(empty)}"
    wrong = GOOD | {
        "email": "ines",
        "again": "another",
        "zone": "Mars/Base",
        "currency": "dollar",
        "therapist_name": "",
    }
    answer = await browser.submit(path, **wrong)
    assert answer.status_code == 422
    for name in ("email", "again", "zone", "currency", "therapist_name"):
        assert f'id="{name}-error"' in answer.text
    assert 'value="Green Valley Therapy"' in answer.text
    assert 'value="green-valley-therapy"' in answer.text, "the short name is suggested"
    assert "tractor" not in answer.text
    short = await browser.submit(path, **GOOD | {"password": "short", "again": "short"})
    assert 'id="password-error"' in short.text
    assert await rows(empty, Account) == []
    assert (await browser.submit(path, **GOOD)).status_code == 303


async def test_where_there_is_a_practice_there_is_no_first_run(database: Database, browser: Browser) -> None:
    async with database.unit_of_work() as work:
        assert await make_first_run_token(work) is None
    assert (await browser.get("/first-run/anything")).status_code == 404


def test_short_names_are_suggested_and_fields_are_checked() -> None:
    assert [slug_of(name) for name in ("Green Valley!", "Öl & Söhne", "3 Oaks", "!!", "a")] == [
        "green-valley",
        "ol-sohne",
        "oaks",
        "",
        "",
    ]
    assert problems_of(FirstRunFields(**GOOD)) == {}
    alone = FirstRunFields(**GOOD | {"therapist_name": "", "therapist_email": ""})
    assert problems_of(alone) == {}
    assert list(problems_of(FirstRunFields(**GOOD | {"therapist_email": GOOD["email"]}))) == ["therapist_email"]
    assert list(problems_of(FirstRunFields(**GOOD | {"slug": "No Spaces"}))) == ["slug"]
    assert "America/New_York" in zones()
