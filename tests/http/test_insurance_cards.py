"""Photos of insurance cards: taken by what is in them, kept without where they were taken, seen by few."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.database import Database
from portal.demo.people import Cast
from portal.files import words as file_words
from portal.insurance import words
from portal.insurance.service import Typed, add_policy
from portal.insurance.views import Cards
from portal.kit.tokens import new_token, token_hash
from portal.models import AccessLog, OrganizationSetting, Session, StoredFile
from portal.runtime import runtime
from portal.settings.catalog import SettingName
from tests.factories import as_staff
from tests.http.conftest import Browser
from tests.http.test_files import PDF, photo
from tests.insurance.conftest import OWN
from tests.people import human

Browsers = Callable[..., Browser]
CLIENT_SIDE, STAFF_SIDE = "/billing/insurance/cards?for={client}", "/practice/clients/{client}/insurance/cards"


async def arrive(database: Database, cast: Cast, browser: Browser, person: str) -> Browser:
    token = new_token()
    now = database.clock()
    async with database.unit_of_work() as work:
        account_id = cast.accounts[person].id
        work.add(Session(account_id=account_id, token_hash=token_hash(token), created_at=now, touched_at=now))
    browser.cookies.set("portico_session", token)
    return browser


@pytest.fixture
async def gina(browser: Browser, database: Database, cast: Cast) -> Browser:
    return await arrive(database, cast, browser, "gina")


async def add(
    browser: Browser, cast: Cast, content: bytes, *, client: str = "milo", path: str = CLIENT_SIDE, **headers: str
) -> httpx.Response:
    given = {"Origin": browser.origin, "X-File-Name": "card.jpg", "Accept": "application/json", **headers}
    return await browser.post(path.format(client=cast.clients[client].id), content=content, headers=given)


async def stored(database: Database) -> list[StoredFile]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(StoredFile))).all())


async def keep(database: Database, cast: Cast, file: dict[str, Any], client: str = "milo") -> None:
    """Let Bea enter a policy with this photo, so that something refers to it."""
    bea, of = human(cast, "bea"), human(cast, client)
    async with as_staff(database, bea, StaffTask.INSURANCE_REVIEW, client=of) as (work, access):
        typed = Typed("Aetna", OWN, Cards(front=UUID(file["id"])))
        await add_policy(work, access, typed=typed, place=1)


async def test_a_photo_is_kept_sealed_and_without_where_it_was_taken(
    gina: Browser, database: Database, cast: Cast
) -> None:
    answer = await add(gina, cast, photo())
    file = answer.json()["file"]
    assert (answer.status_code, file["url"]) == (200, f"/files/{file['id']}")
    (path,) = (each for each in (runtime().config.data_dir / "files").rglob("*") if each.is_file())
    assert b"JFIF" not in path.read_bytes()
    found = await gina.get(file["url"])
    assert (found.status_code, found.headers["content-type"]) == (200, "image/jpeg")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert Image.open(io.BytesIO(found.content)).getexif() == {}


def huge() -> bytes:
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", file_words.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", file_words.NOT_TAKEN),
        (b"\xff\xd8\xff\xe0" + bytes(200), file_words.BROKEN_PICTURE),
        (huge(), file_words.TOO_MANY_PIXELS),
        (b"x" * 50_000_000, file_words.too_large(15_000_000)),
        (PDF, None),
    ],
    ids=["empty", "svg", "broken", "100 megapixels", "50 MB", "pdf"],
)
async def test_what_is_no_photo_is_refused_and_not_kept(
    gina: Browser, database: Database, cast: Cast, content: bytes, sentence: str | None
) -> None:
    headers = {"X-File-Name": "card.pdf"} if sentence is None else {"X-File-Name": "card"}
    answer = await add(gina, cast, content, **headers)
    assert (answer.status_code, answer.json()["sentence"]) == (422, sentence or words.ONLY_PHOTOS)
    assert await stored(database) == []
    files = runtime().config.data_dir / "files"
    assert [each for each in files.rglob("*") if each.is_file()] == []
    assert (await add(gina, cast, photo())).status_code == 200


@pytest.mark.parametrize("person", ["pete", "casey", "quinn", "tess", "bea", "lena", ""])
async def test_who_may_not_see_insurance_neither_adds_nor_sees(
    gina: Browser, browsers: Browsers, database: Database, cast: Cast, person: str
) -> None:
    file = (await add(gina, cast, photo())).json()["file"]
    other = browsers()
    if person:
        await arrive(database, cast, other, person)
    assert (await add(other, cast, photo())).status_code in (401, 403, 404)
    if person != "bea":
        assert (await add(other, cast, photo(), path=STAFF_SIDE)).status_code in (401, 403, 404)
    assert len(await stored(database)) == 1
    assert (await other.get(file["url"])).status_code == (404 if person else 303)
    assert (await gina.get(file["url"])).status_code == 200


async def test_bea_sees_what_is_referred_to_and_it_is_written_down(
    gina: Browser, browsers: Browsers, database: Database, cast: Cast
) -> None:
    file = (await add(gina, cast, photo())).json()["file"]
    people = {name: await arrive(database, cast, browsers(), name) for name in ("bea", "tess", "frank", "lena", "pete")}
    assert (await people["bea"].get(file["url"])).status_code == 404
    await keep(database, cast, file)
    assert (await people["bea"].get(file["url"])).status_code == 200
    for name in ("tess", "frank", "lena", "pete"):
        assert (await people[name].get(file["url"])).status_code == 404
    await gina.get(file["url"])
    async with database.unit_of_work(writes=False) as work:
        looks = (await work.exec(select(AccessLog).where(AccessLog.kind == "insurance"))).all()
    assert {one.account_id for one in looks} == {cast.accounts["bea"].id, cast.accounts["gina"].id}


async def test_staff_add_a_photo_for_a_client_of_their_own_practice(
    browser: Browser, database: Database, cast: Cast
) -> None:
    bea = await arrive(database, cast, browser, "bea")
    assert (await add(bea, cast, photo(), client="quinn", path=STAFF_SIDE)).status_code == 404
    file = (await add(bea, cast, photo(), path=STAFF_SIDE)).json()["file"]
    assert (await bea.get(file["url"])).status_code == 200


async def test_switched_off_in_between_it_is_off(gina: Browser, database: Database, cast: Cast) -> None:
    file = (await add(gina, cast, photo())).json()["file"]
    async with database.unit_of_work() as work:
        name = SettingName.INSURANCE_INFO
        query = select(OrganizationSetting).where(
            OrganizationSetting.name == name, OrganizationSetting.organization_id == cast.harbor.id
        )
        row = (await work.exec(query)).one()
        row.value = "false"
        work.add(row)
    assert (await add(gina, cast, photo())).status_code == 403
    assert (await gina.get(file["url"])).status_code == 404


async def test_a_foreign_page_cannot_send_a_photo(gina: Browser, database: Database, cast: Cast) -> None:
    for path in (CLIENT_SIDE, STAFF_SIDE):
        assert (await add(gina, cast, photo(), path=path, Origin="https://elsewhere.example")).status_code == 403
    assert await stored(database) == []
