"""Lists of clients over HTTP: who may send one in or take one out, and what the answer says."""

import csv
import io
from typing import Any

import httpx
import pytest
from sqlmodel import col, select, update

from portal.clients.csv_import import MOST_BYTES
from portal.database import Database
from portal.demo.people import Cast
from portal.models import AuditEvent, Client, Session
from tests.http.conftest import ORIGIN, Browser

IMPORT, EXPORT = "/practice/clients/import", "/practice/clients/export.csv"
LIST = "First name,Last name,DOB,Email\nRobin,Quill,2010-05-31,robin@new.example\n,Quill,31.2.2001,\n"


async def send(browser: Browser, body: str | bytes = LIST, origin: str = ORIGIN, **query: str) -> httpx.Response:
    headers = {"Origin": origin, "Content-Type": "text/csv"}
    return await browser.post(IMPORT, params=query, content=body, headers=headers)


async def names(database: Database) -> list[str]:
    async with database.unit_of_work(writes=False) as work:
        rows = (await work.exec(select(Client).order_by(col(Client.sort_key)))).all()
    return [f"{row.given_name} {row.family_name}" for row in rows]


async def actions(database: Database) -> list[str]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(AuditEvent.action).order_by(col(AuditEvent.sequence)))).all())


async def test_a_list_is_looked_through_then_taken_in(database: Database, logins: Cast, browser: Browser) -> None:
    before = await names(database)
    await browser.sign_in("frank@harbor.example")
    looked = await send(browser)
    assert looked.status_code == 200
    assert (looked.headers["cache-control"], looked.headers["x-content-type-options"]) == ("no-store", "nosniff")
    found = looked.json()
    assert found["summary"] == "2 rows: 1 can be imported, 1 needs a correction."
    assert [(row["line"], [cell["column"] for cell in row["cells"]]) for row in found["bad"]] == [
        (3, ["First name", "DOB"])
    ]
    stopped = await send(browser, step="import")
    assert stopped.json()["summary"] == "Nobody was imported."
    assert await names(database) == before
    done = await send(browser, step="import", bad="leave")
    assert done.json()["summary"] == "1 client was imported. 1 row was left out."
    assert sorted(await names(database)) == sorted([*before, "Robin Quill"])
    again = await send(browser, step="import", bad="leave")
    assert again.json()["summary"] == "Nobody was imported."
    assert (await actions(database)).count("clients.imported") == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("", 401), ("gina@mail.example", 404), ("bea@harbor.example", 403), ("tess@harbor.example", 403)],
)
async def test_only_who_adds_clients_for_all_takes_a_list_in(
    database: Database, logins: Cast, browser: Browser, who: str, status: int
) -> None:
    before = await names(database)
    if who:
        await browser.sign_in(who)
    for query in ({}, {"step": "import", "bad": "leave"}, {"step": "import", "bad": "leave", "practice": "harbor"}):
        answer = await send(browser, **query)
        assert answer.status_code == status
        assert set(answer.json()) == {"sentence"}
    assert await names(database) == before


async def test_a_list_goes_to_ones_own_practice(database: Database, logins: Cast, browser: Browser) -> None:
    await browser.sign_in("lena@lakeside.example")
    assert (await send(browser, step="import", bad="leave", practice="harbor")).status_code == 404
    assert (await send(browser, step="import", bad="leave")).json()["imported"] == 1
    async with database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(Client).where(Client.given_name == "Robin"))).one()
        assert row.organization_id == logins.lakeside.id


@pytest.mark.parametrize(
    ("body", "query", "sentence"),
    [
        (b"", {}, "empty"),
        (b"PK\x03\x04", {}, "not a CSV"),
        (b"x" * (MOST_BYTES + 1), {}, "larger than 10 MB"),
        (LIST, {"step": "burn"}, "could not use"),
        (LIST, {"organization": "lakeside"}, "could not use"),
        ("First name,Last name\n", {}, ""),
    ],
)
async def test_what_is_no_list_is_refused_in_words(
    database: Database, logins: Cast, browser: Browser, body: bytes, query: dict[str, str], sentence: str
) -> None:
    before = await names(database)
    await browser.sign_in("avery@harbor.example")
    answer = await send(browser, body, **query)
    assert answer.status_code == (422 if sentence else 200)
    assert sentence in answer.json().get("sentence", "")
    assert await names(database) == before


async def test_another_site_takes_no_list_in_or_out(database: Database, logins: Cast, browser: Browser) -> None:
    await browser.sign_in("avery@harbor.example")
    before = await actions(database)
    assert (await send(browser, origin="https://evil.example", step="import", bad="leave")).status_code == 403
    assert (await browser.get(EXPORT, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert await actions(database) == before


async def test_an_export_is_a_private_file_and_is_written_down(
    database: Database, logins: Cast, browser: Browser
) -> None:
    await browser.sign_in("avery@harbor.example")
    answer = await browser.get(EXPORT)
    assert answer.status_code == 200
    expected = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    assert {name: answer.headers[name] for name in expected} == expected
    assert answer.headers["content-disposition"].startswith('attachment; filename="clients-')
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 1 + 6
    assert (await actions(database)).count("clients.exported") == 1


@pytest.mark.parametrize(("who", "people"), [("noah@harbor.example", 2), ("bea@harbor.example", 6)])
async def test_an_export_holds_what_a_role_may_see(logins: Cast, browser: Browser, who: str, people: int) -> None:
    await browser.sign_in(who)
    table = list(csv.reader(io.StringIO((await browser.get(EXPORT)).content.decode("utf-8-sig"))))
    assert len(table) == 1 + people
    assert ("Date of birth" in table[0]) is (who != "bea@harbor.example")


@pytest.mark.parametrize("practice", ["", "lakeside", "nowhere"])
async def test_who_does_not_work_there_gets_no_export(
    database: Database, logins: Cast, browser: Browser, practice: str
) -> None:
    before = await actions(database)
    await browser.sign_in("gina@mail.example" if not practice else "avery@harbor.example")
    answer = await browser.get(EXPORT, params={"practice": practice} if practice else {})
    assert answer.status_code == 404
    assert b"Milo" not in answer.content
    assert await actions(database) == before


async def test_an_export_wants_a_fresh_proof(database: Database, logins: Cast, browser: Browser) -> None:
    await browser.sign_in("avery@harbor.example")
    before = await actions(database)
    stale: Any = update(Session).values(stepped_up_at=None)
    async with database.unit_of_work() as work:
        await work.exec(stale)
    answer = await browser.get(EXPORT)
    assert answer.status_code == 422
    assert b"Milo" not in answer.content
    assert await actions(database) == before
