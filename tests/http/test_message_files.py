"""Files of messages: taken by what is in them, sent once, and handed out by the conversation and by nothing else."""

import asyncio
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Invalid
from portal.files import words
from portal.jobs.leftovers import clear_leftovers
from portal.models import AccessLog, AuditEvent, ClientTherapist, Grant, Permission, StoredFile
from portal.runtime import runtime
from portal.settings.catalog import SettingName
from tests.http.conftest import Browser
from tests.http.uploads import PDF, arrive, photo
from tests.messaging.post import Access, Post, text_of

Browsers = Callable[..., Browser]
TURNED = "invoice\u202egpj.exe"


@pytest.fixture
async def post(database: Database, cast: Cast, clock: Any) -> Post:
    made = Post(database, cast, clock)
    await made.sign_everybody_in()
    return made


@pytest.fixture
async def gina(browser: Browser, post: Post) -> Browser:
    return await arrive(post, browser, "gina")


@pytest.fixture
async def tess(browsers: Browsers, post: Post) -> Browser:
    return await arrive(post, browsers(), "tess")


@pytest.fixture
async def thread(post: Post) -> UUID:
    """What Gina wrote to Tess about Milo."""
    return await post.with_gina()


async def upload(browser: Browser, path: str, content: bytes = PDF, name: str = "sheet.pdf") -> httpx.Response:
    headers = {"Origin": browser.origin, "X-File-Name": quote(name), "Accept": "application/json"}
    return await browser.post(path, content=content, headers=headers)


def of_client(post: Post, client: str, thread: UUID | None) -> str:
    return f"/messages/files?for={post.client_id(client)}" + (f"&thread={thread}" if thread else "")


def of_staff(post: Post, client: str, thread: UUID | None) -> str:
    return f"/practice/messages/files?client={post.client_id(client)}" + (f"&thread={thread}" if thread else "")


async def added(browser: Browser, path: str, content: bytes = PDF, name: str = "sheet.pdf") -> UUID:
    answer = await upload(browser, path, content, name)
    assert answer.status_code == 200, answer.text
    return UUID(answer.json()["file"]["id"])


async def sent(post: Post, gina: Browser, thread: UUID, content: bytes = PDF, name: str = "sheet.pdf") -> str:
    """The address of a file that Gina sent."""
    file = await added(gina, of_client(post, "milo", thread), content, name)
    await post.send(await post.writing("gina", "milo"), thread, "Here it is", files=(file,))
    return f"/files/{file}"


async def status(browser: Browser, url: str) -> int:
    return (await browser.get(url)).status_code


async def test_a_worksheet_reaches_the_mother_sealed_and_as_a_file(
    post: Post, gina: Browser, tess: Browser, thread: UUID
) -> None:
    file = await added(tess, of_staff(post, "milo", thread), PDF, "Sleep diary.pdf")
    assert await post.send(await post.writing("tess"), thread, "", files=(file,)), "a file needs no words"
    shown = (await post.read(await post.writing("gina", "milo"), thread)).messages[-1].files
    assert [(one.url, one.name, one.size) for one in shown] == [(f"/files/{file}", "Sleep diary.pdf", "1 KB")]
    answer = await gina.get(f"/files/{file}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith('attachment; filename="Sleep diary.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]
    (path,) = (each for each in (runtime().config.data_dir / "files").rglob("*") if each.is_file())
    assert b"PDF" not in path.read_bytes()
    assert b"diary" not in (await post.rows(StoredFile))[0].name
    look = max(await post.rows(AccessLog), key=lambda row: row.at)
    assert (look.kind, look.object_id) == ("messages", thread)
    newest = max(await post.rows(AuditEvent), key=lambda row: row.sequence)
    assert '"files":1' in newest.detail.replace(" ", "")


async def test_a_photo_loses_where_it_was_taken_and_a_name_its_tricks(post: Post, gina: Browser, thread: UUID) -> None:
    url = await sent(post, gina, thread, photo(), TURNED)
    answer = await gina.get(url)
    assert Image.open(io.BytesIO(answer.content)).getexif() == {}
    (file,) = (await post.read(await post.writing("tess"), thread)).messages[-1].files
    assert file.name == "invoicegpj.jpg"
    assert "%E2%80%AE" not in answer.headers["content-disposition"]
    for name in (
        "../../portal.key",
        "a\r\nSet-Cookie: x=1.pdf",
        "<img src=x onerror=alert(1)>.pdf",
        "\u2067\u200f.pdf",
        "",
    ):
        answer = await upload(gina, of_client(post, "milo", thread), PDF, name)
        kept = answer.json()["file"]["name"]
        assert kept.endswith(".pdf")
        assert not set("/\\\r\n<>\u2067\u200f") & set(kept)


async def test_what_is_no_photo_or_pdf_or_too_large_is_refused(post: Post, gina: Browser, thread: UUID) -> None:
    path = of_client(post, "milo", thread)
    for content, name, sentence in (
        (b"<html><script>alert(1)</script>", "x.pdf", words.NOT_TAKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.png", words.NOT_TAKEN),
        (PDF, "x.png", words.NOT_WHAT_IT_SAYS),
        (b"\xff\xd8\xff\xe0" + bytes(200), "x.jpg", words.BROKEN_PICTURE),
        (b"", "x.pdf", words.EMPTY),
        (PDF + bytes(25_000_000), "x.pdf", words.too_large(25_000_000)),
    ):
        answer = await upload(gina, path, content, name)
        assert (answer.status_code, answer.json()["sentence"]) == (422, sentence)
    assert await post.rows(StoredFile) == []
    assert await added(gina, path, PDF + bytes(25_000_000 - len(PDF)), "just.pdf")


async def test_only_who_is_in_the_conversation_adds_or_reads(
    post: Post, gina: Browser, tess: Browser, browsers: Browsers, thread: UUID
) -> None:
    url = await sent(post, gina, thread)
    assert [await status(one, url) for one in (gina, tess)] == [200, 200]
    for person in ("pete", "tara", "casey", "quinn", "noah", "avery", "bea", "frank", "lena", "theo"):
        other = await arrive(post, browsers(), person)
        assert await status(other, url) == 404, person
        for path in (of_client(post, "milo", thread), of_staff(post, "milo", thread)):
            assert (await upload(other, path)).status_code in (403, 404), person
        own = of_client(post, person, thread) if person in post.cast.clients else of_staff(post, "casey", thread)
        assert (await upload(other, own)).status_code in (403, 404), person
    stranger = browsers()
    assert (await upload(stranger, of_client(post, "milo", thread))).status_code == 401
    assert await status(stranger, url) == 303
    for client in ("gina", "tara"):
        assert (await upload(gina, of_client(post, client, thread))).status_code in (403, 404), "through another client"
    assert (await upload(tess, of_staff(post, "casey", thread))).status_code == 404
    foreign = {"Origin": "https://elsewhere.example", "X-File-Name": "x.pdf"}
    assert (await gina.post(of_client(post, "milo", thread), content=PDF, headers=foreign)).status_code == 403
    assert len(await post.rows(StoredFile)) == 1


async def test_what_is_not_sent_is_read_by_nobody_and_gone_after_a_day(
    post: Post, gina: Browser, tess: Browser, thread: UUID
) -> None:
    file = await added(gina, of_client(post, "milo", thread))
    assert [await status(one, f"/files/{file}") for one in (gina, tess)] == [404, 404]
    url = await sent(post, gina, thread)
    assert (await status(tess, url)) == 200
    post.clock.now += timedelta(hours=25)
    assert await clear_leftovers(runtime()) == 1
    assert [f"/files/{row.id}" for row in await post.rows(StoredFile)] == [url]
    gina_writes = await post.writing_at(post.clock.now, "gina", "milo")
    with pytest.raises(Invalid, match="not there any more"):
        await post.send(gina_writes, thread, files=(file,))


async def test_a_file_goes_with_ones_own_message_in_its_own_conversation_once(
    post: Post, gina: Browser, tess: Browser, thread: UUID
) -> None:
    gina_milo, tess_writes = await post.writing("gina", "milo"), await post.writing("tess")
    other = await post.start(gina_milo, "milo", to=("tess",), subject="Another")
    mine = await added(gina, of_client(post, "milo", thread))
    hers = await added(tess, of_staff(post, "milo", thread))
    waiting = await added(gina, of_client(post, "milo", None))
    gone = UUID(int=7)

    async def refused(access: Access, where: UUID, *files: UUID) -> None:
        with pytest.raises(Invalid, match="not there any more"):
            await post.send(access, where, files=files)

    await refused(gina_milo, other, mine)
    await refused(gina_milo, thread, hers)
    await refused(tess_writes, thread, mine)
    await refused(gina_milo, thread, waiting)
    await refused(gina_milo, thread, mine, gone)
    with pytest.raises(Invalid, match="not there any more"):
        await post.start(gina_milo, "milo", to=("tess",), files=(mine,))
    assert len(await post.rows()) == 2, "nothing of it was sent"
    assert await post.send(gina_milo, thread, files=(mine,))
    await refused(gina_milo, thread, mine)
    assert await post.start(gina_milo, "milo", to=("tess",), files=(waiting,))
    assert (await status(tess, f"/files/{waiting}")) == 200


async def test_a_nervous_thumb_sends_a_file_once(post: Post, gina: Browser, thread: UUID) -> None:
    file, operation = await added(gina, of_client(post, "milo", thread)), UUID(int=5)
    access = await post.writing("gina", "milo")
    done = await asyncio.gather(*(post.send(access, thread, "Once", operation, (file,)) for _ in range(5)))
    assert sorted(done) == [False, False, False, False, True]
    again = await asyncio.gather(
        *(post.send(access, thread, "Two", files=(file,)) for _ in range(2)), return_exceptions=True
    )
    assert all(isinstance(one, Invalid) for one in again)
    view = await post.read(access, thread)
    assert (text_of(view), [len(message.files) for message in view.messages]) == (["Hello", "Once"], [0, 1])


async def test_a_grant_that_ends_takes_the_file_along_at_once(
    post: Post, gina: Browser, tess: Browser, thread: UUID
) -> None:
    url, waiting = await sent(post, gina, thread), await added(gina, of_client(post, "milo", thread))
    assert (await status(gina, url)) == 200
    async with post.database.unit_of_work() as work:
        query = select(Grant).where(
            Grant.client_id == post.client_id("milo"),
            Grant.contact_id == post.cast.contacts["gina"].id,
            Grant.permission == Permission.MESSAGING,
        )
        grant = (await work.exec(query)).one()
        grant.ended_at = work.now
        work.add(grant)
    assert (await status(gina, url), await status(tess, url)) == (404, 200)
    assert (await upload(gina, of_client(post, "milo", thread))).status_code == 403
    assert waiting
    await post.change(grant, ended_at=None)
    assert (await status(gina, url)) == 200
    await post.restrict("milo", SettingName.SECURE_MESSAGING)
    assert (await status(gina, url)) == 404


async def test_who_is_no_longer_their_therapist_reads_no_file(
    post: Post, gina: Browser, tess: Browser, thread: UUID
) -> None:
    url = await sent(post, gina, thread)
    assert (await status(tess, url)) == 200
    async with post.database.unit_of_work() as work:
        query = select(ClientTherapist).where(ClientTherapist.client_id == post.client_id("milo"))
        await work.delete((await work.exec(query)).one())
    assert (await status(tess, url)) == 404


async def test_an_administrator_reads_a_file_only_behind_broken_glass(
    post: Post, gina: Browser, browsers: Browsers, thread: UUID
) -> None:
    url, avery = await sent(post, gina, thread), await arrive(post, browsers(), "avery")
    assert (await status(avery, url)) == 404
    await post.break_glass("avery", "milo", thread, "A complaint")
    assert (await status(avery, url)) == 200
    assert (await upload(avery, of_staff(post, "milo", thread))).status_code == 422
    post.clock.now += timedelta(minutes=61)
    assert (await status(await arrive(post, browsers(), "avery"), url)) == 404


async def test_nobody_is_sent_a_file_who_cannot_be_written_to(post: Post, browsers: Browsers) -> None:
    noah, morgan = await arrive(post, browsers(), "noah"), await arrive(post, browsers(), "morgan")
    assert (await upload(noah, of_staff(post, "morgan", None))).status_code == 404
    assert (await upload(morgan, of_client(post, "morgan", None))).status_code == 403
    assert await post.rows(StoredFile) == []
