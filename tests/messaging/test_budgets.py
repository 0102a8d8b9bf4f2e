"""What each event asks of the database, and that a long conversation asks no more than a short one."""

from datetime import timedelta

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
