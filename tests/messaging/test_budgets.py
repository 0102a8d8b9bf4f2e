"""What each event asks of the database, and that a long conversation asks no more than a short one."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, update
from sqlmodel import col

from portal.access.actor import StaffTask
from portal.files.service import PreparedFile
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.messaging.service_files import add_message_file
from portal.models import Message, MessageKind, MessageThread
from tests.messaging.post import Post


async def test_statements(post: Post) -> None:
    thread, tess, casey = await post.with_casey(), await post.writing("tess"), await post.writing("casey", "casey")
    gate = 1
    for most, run in (
        (8, lambda: post.send(casey, thread)),
        (8, lambda: post.send(tess, thread)),
        (5, lambda: post.read(casey, thread)),
        (5, lambda: post.read(tess, thread)),
        (5, lambda: post.listed(tess)),
        (5, lambda: post.choices(casey, "casey")),
        (5, lambda: post.choices(tess, "casey")),
        (5, lambda: post.seen(casey, thread, 1)),
        (8, lambda: post.start(casey, "casey", to=("tess",))),
        (8, lambda: post.start(tess, "casey", others=("client",))),
    ):
        with post.counting() as sent:
            await run()
        assert gate + len(sent) <= most, sent


async def test_a_long_conversation_is_read_in_pages(post: Post) -> None:
    thread, casey = await post.with_casey(), await post.writing("casey", "casey")
    for count in range(42):
        post.clock.now += timedelta(seconds=10)
        await post.send(casey, thread, str(count))
    last = await post.read(casey, thread)
    assert (len(last.messages), last.first, last.newest) == (30, 14, 43)
    assert [message.number for message in (await post.read(casey, thread, before=14)).messages] == list(range(1, 14))


async def test_files_cost_one_statement_more_and_none_to_read(post: Post) -> None:
    thread, casey = await post.with_casey(), await post.writing("casey", "casey")
    tess = await post.practice("tess", StaffTask.MESSAGES, client="casey")

    async def waiting(place: UUID | None) -> UUID:
        prepared = PreparedFile(new_id(), "sheet.pdf", "application/pdf", 1, "0" * 64, b"")
        async with post.database.unit_of_work() as work:
            return (await add_message_file(work, tess, thread_id=place, prepared=prepared)).id

    files = tuple([await waiting(thread) for _ in range(3)])
    with post.counting() as sent:
        await post.send(tess, thread, files=files)
    assert 1 + len(sent) <= 8 + 1, sent
    new = (await waiting(None),)
    with post.counting() as sent:
        await post.start(tess, "casey", others=("client",), files=new)
    assert 1 + len(sent) <= 8 + 1, sent
    with post.counting() as sent:
        assert len((await post.read(casey, thread)).messages[-1].files) == 3
    assert 1 + len(sent) <= 5, sent


async def grow(post: Post, thread: UUID, count: int) -> None:
    """Let a conversation have many messages, of Casey's."""
    author = post.cast.accounts["casey"].id
    async with post.database.unit_of_work() as work:

        def row(number: int) -> dict[str, object]:
            id_ = new_id()
            return {
                "id": id_,
                "organization_id": post.cast.harbor.id,
                "thread_id": thread,
                "number": number,
                "kind": MessageKind.WORDS,
                "author_id": author,
                "author_name": seal(work.ring, "message", "author_name", id_, "Casey Lin"),
                "operation_id": new_id(),
                "body": seal(work.ring, "message", "body", id_, f"Message {number}"),
                "sent_at": work.now - timedelta(days=1),
            }

        await work.exec(insert(Message), params=[row(number) for number in range(2, count + 1)])
        await work.exec(update(MessageThread).where(col(MessageThread.id) == thread).values(last_number=count))


async def test_ten_thousand_messages_ask_what_fifty_ask(post: Post) -> None:
    """Reading, what comes before, the list and sending: the same statements, and a page of thirty either way."""
    tess, asked = await post.writing("tess"), []
    for count in (50, 10_000):
        thread = await post.with_casey()
        await grow(post, thread, count)
        with post.counting() as sent:
            view = await post.read(tess, thread)
            earlier = await post.read(tess, thread, before=count // 2)
            await post.seen(tess, thread, count)
            await post.listed(tess)
            await post.send(tess, thread)
        assert (len(view.messages), view.newest, len(earlier.messages)) == (30, count, min(30, count // 2 - 1))
        asked.append([statement.split("(", 1)[0][:60] for statement in sent])
    assert asked[0] == asked[1]
