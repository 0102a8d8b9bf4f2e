"""Files: taken by what is in them, kept sealed, and handed out by the form they belong to and by nothing else."""

import asyncio
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image
from sqlmodel import col, select

from portal.database import Database, Work
from portal.demo.people import Cast
from portal.files import words
from portal.files.service import keep_files
from portal.intake.sealing import open_document
from portal.intake.words import CLOSED
from portal.jobs.leftovers import clear_leftovers
from portal.models import FileOwner, FormResponse, Permission, StoredFile
from portal.runtime import runtime
from tests.access.house import House
from tests.http.conftest import Browser
from tests.http.uploads import PDF, arrive, photo
from tests.intake.desk import Desk, form_of, operation, question

Browsers = Callable[..., Browser]
FORM = form_of(question("card", "attachment", required=True), question("more", "attachment", repeats=True))


@pytest.fixture
async def desk(database: Database, cast: Cast, clock: Any) -> Desk:
    made = Desk(database, cast, clock)
    await made.sign_everybody_in()
    return made


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    return await desk.send("milo", FORM)


@pytest.fixture
async def gina(browser: Browser, desk: Desk) -> Browser:
    return await arrive(desk, browser, "gina")


async def add(
    browser: Browser,
    desk: Desk,
    sheet: UUID,
    content: bytes,
    name: str = "card.jpg",
    client: str = "milo",
    **headers: str,
) -> httpx.Response:
    path = f"/forms/{sheet}/files?for={desk.client_id('milo')}"
    given = {"Origin": browser.origin, "X-File-Name": name, "Accept": "application/json", **headers}
    return await browser.post(path, content=content, headers=given)


async def added(browser: Browser, desk: Desk, sheet: UUID, content: bytes, name: str = "card.jpg") -> dict[str, Any]:
    answer = await add(browser, desk, sheet, content, name)
    assert answer.status_code == 200, answer.text
    file: dict[str, Any] = answer.json()["file"]
    return file


async def stored(database: Database) -> list[StoredFile]:
    async with database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(StoredFile))).all())


async def test_a_photo_is_kept_without_where_it_was_taken(gina: Browser, desk: Desk, sheet: UUID) -> None:
    file = await added(gina, desk, sheet, photo(), "Karte vorn/../<b>.jpeg")
    assert (file["contentType"], file["title"]) == ("image/jpeg", "b.jpg")
    answer = await gina.get(file["url"])
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).getexif() == {}
    assert b"Maker" not in answer.content
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="b.jpg"')
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_what_is_on_the_disk_is_sealed_and_named_by_chance(gina: Browser, desk: Desk, sheet: UUID) -> None:
    await added(gina, desk, sheet, PDF, "scan.pdf")
    (path,) = (each for each in (runtime().config.data_dir / "files").rglob("*") if each.is_file())
    assert b"PDF" not in path.read_bytes()
    assert path.name == (await stored(desk.database))[0].id.hex
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PDF, "photo.png", words.NOT_WHAT_IT_SAYS),
        (photo(), "scan.pdf", words.NOT_WHAT_IT_SAYS),
        (b"", "card.jpg", words.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg", words.NOT_TAKEN),
        (b"<html><script>alert(1)</script>", "x.html", words.NOT_TAKEN),
        (b"MZ" + bytes(200), "x.exe", words.NOT_TAKEN),
        (b"\xff\xd8\xff\xe0" + bytes(200), "card.jpg", words.BROKEN_PICTURE),
        (photo()[:200], "card.jpg", words.BROKEN_PICTURE),
    ],
)
async def test_what_is_no_photo_or_pdf_is_refused(
    gina: Browser, desk: Desk, sheet: UUID, content: bytes, name: str, sentence: str
) -> None:
    answer = await add(gina, desk, sheet, content, name)
    assert (answer.status_code, answer.json()["sentence"]) == (422, sentence)
    assert await stored(desk.database) == []
    await added(gina, desk, sheet, photo())


async def test_a_picture_of_a_hundred_megapixels_is_refused_before_it_is_read(
    gina: Browser, desk: Desk, sheet: UUID
) -> None:
    """A picture of one colour: 100 megapixels in a few hundred kilobytes, and a bomb in a chunk beside the picture."""
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    answer = await add(gina, desk, sheet, out.getvalue(), "x.png")
    assert (answer.status_code, answer.json()["sentence"]) == (422, words.TOO_MANY_PIXELS)


async def test_a_zip_bomb_is_no_file_we_take(gina: Browser, desk: Desk, sheet: UUID) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(50_000_000))
    answer = await add(gina, desk, sheet, out.getvalue(), "x.png")
    assert (answer.status_code, answer.json()["sentence"]) == (422, words.NOT_TAKEN)


async def test_what_is_too_large_is_not_even_read(gina: Browser, desk: Desk, sheet: UUID) -> None:
    answer = await add(gina, desk, sheet, b"x" * 15_000_001)
    assert (answer.status_code, answer.json()["sentence"]) == (422, words.too_large(15_000_000))
    claimed = await add(gina, desk, sheet, photo(), **{"Content-Length": "99999999"})
    assert claimed.status_code == 422


@pytest.mark.parametrize("person", ["pete", "casey", "quinn", "noah", ""])
async def test_who_has_no_part_in_a_form_neither_adds_nor_reads(
    gina: Browser, browsers: Browsers, desk: Desk, sheet: UUID, person: str
) -> None:
    file = await added(gina, desk, sheet, photo())
    other = browsers()
    if person:
        await arrive(desk, other, person)
    assert (await add(other, desk, sheet, photo())).status_code in (401, 403, 404)
    assert len(await stored(desk.database)) == 1
    answer = await other.get(file["url"])
    assert answer.status_code in ((303,) if not person else (404,))
    assert (await gina.get(file["url"])).status_code == 200


async def test_a_foreign_page_cannot_send_a_file(gina: Browser, desk: Desk, sheet: UUID) -> None:
    answer = await add(gina, desk, sheet, photo(), Origin="https://elsewhere.example")
    assert answer.status_code == 403
    assert await stored(desk.database) == []


@pytest.mark.parametrize("path", ["/files/1", "/files/..%2f..%2fportal.key", f"/files/{UUID(int=7)}", "/files/%00"])
async def test_a_file_that_is_none_is_not_found(gina: Browser, path: str) -> None:
    assert (await gina.get(path)).status_code == 404


async def sent(desk: Desk, sheet: UUID, *files: dict[str, Any]) -> None:
    access = await House.open(desk, "gina", "milo", Permission.FORMS)
    for path, value in (("card", files[:1]), ("more", files[1:])):
        given = operation(path, [{"valueAttachment": {"url": file["url"], "title": "forged"}} for file in value])
        await desk.apply(access, sheet, given)
    await desk.sign(access, sheet)


async def test_therapist_reads_a_file_once_it_was_signed_and_what_is_signed_is_ours(
    gina: Browser, browsers: Browsers, desk: Desk, sheet: UUID
) -> None:
    first, second = [
        await added(gina, desk, sheet, content, name) for content, name in ((photo(), "a.jpg"), (PDF, "b.pdf"))
    ]
    tess, noah = [await arrive(desk, browsers(), person) for person in ("tess", "noah")]
    assert (await tess.get(first["url"])).status_code == 404
    await sent(desk, sheet, first, second)
    assert (await tess.get(first["url"])).status_code == 200
    assert (await noah.get(first["url"])).status_code == 404
    async with desk.database.unit_of_work(writes=False) as work:
        row = (await work.exec(select(FormResponse))).one()
        document = json.loads(open_document(work.ring, row.id, row.document))
    attachment = document["item"][0]["answer"][0]["valueAttachment"]
    assert attachment == {key: first[key] for key in ("contentType", "size", "title", "url")}
    view = await desk.read(await desk.staff("tess"), sheet)
    files = [file for line in view.sections[0].lines for file in line.files]
    assert [(file.name, file.url) for file in files] == [("a.jpg", first["url"]), ("b.pdf", second["url"])]
    late = await add(gina, desk, sheet, photo())
    assert (late.status_code, late.json()["sentence"]) == (422, CLOSED)


async def test_a_file_of_another_form_is_no_answer(gina: Browser, desk: Desk, sheet: UUID) -> None:
    other = await desk.send("milo", form_of(question("card", "attachment"), title="Another"))
    file = await added(gina, desk, other, photo())
    access = await House.open(desk, "gina", "milo", Permission.FORMS)
    for url in (file["url"], f"/files/{uuid4()}"):
        with pytest.raises(Exception, match="not there any more"):
            await desk.apply(access, sheet, operation("card", [{"valueAttachment": {"url": url}}]))


async def test_what_nothing_refers_to_is_gone_after_a_day(gina: Browser, desk: Desk, sheet: UUID, clock: Any) -> None:
    kept, _dropped = [await added(gina, desk, sheet, photo()) for _ in range(2)]
    access = await House.open(desk, "gina", "milo", Permission.FORMS)
    await desk.apply(access, sheet, operation("card", [{"valueAttachment": {"url": kept["url"]}}]))
    clock.now += timedelta(hours=23)
    assert await clear_leftovers(runtime()) == 0
    clock.now += timedelta(hours=2)
    assert await clear_leftovers(runtime()) == 1
    assert [f"/files/{file.id}" for file in await stored(desk.database)] == [kept["url"]]
    names = [each.name for each in (runtime().config.data_dir / "files").rglob("*") if each.is_file()]
    assert names == [UUID(kept["url"].removeprefix("/files/")).hex]


async def _unheld(work: Work, before: datetime, most: int) -> Sequence[StoredFile]:
    """Find what nothing refers to as one would without thinking of others."""
    query = select(StoredFile).where(col(StoredFile.kept_at).is_(None), StoredFile.created_at < before).limit(most)
    return (await work.exec(query)).all()


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
async def test_what_is_kept_at_the_same_moment_is_not_cleared_away(
    gina: Browser, desk: Desk, sheet: UUID, clock: Any, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    if not held:
        monkeypatch.setattr("portal.files.queries.orphans", _unheld)
    file_id = UUID((await added(gina, desk, sheet, photo()))["url"].removeprefix("/files/"))
    access = await House.open(desk, "gina", "milo", Permission.FORMS)
    clock.now += timedelta(days=2)
    elsewhere = copy_context()
    async with desk.writing() as work:
        await keep_files(work, access, owner=FileOwner.FORM, owner_id=sheet, file_ids=[file_id])
        await work.flush()
        clearing = asyncio.create_task(clear_leftovers(runtime()), context=elsewhere)
        await asyncio.sleep(0.5)
    lost = await clearing
    assert lost == (0 if held or desk.database.is_sqlite else 1)
    assert len(await stored(desk.database)) == 1 - lost


async def test_one_person_has_few_files_in_memory_at_once(
    gina: Browser, desk: Desk, sheet: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    underway, most = 0, 0

    async def read(request: Any, limit: int) -> bytes:
        nonlocal underway, most
        underway += 1
        most = max(most, underway)
        await asyncio.sleep(0.05)
        underway -= 1
        return PDF

    monkeypatch.setattr("portal.http.files.read_body", read)
    answers = await asyncio.gather(*(add(gina, desk, sheet, PDF, "x.pdf") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert most == 2


async def test_nobody_fills_the_disk(gina: Browser, desk: Desk, sheet: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.files.service._MOST_IN_A_WHILE", 2)
    for _ in range(2):
        await added(gina, desk, sheet, PDF, "x.pdf")
    assert (await add(gina, desk, sheet, PDF, "x.pdf")).status_code == 429
