"""The mail that something waits: after a quarter of an hour, once, only to who may read, and it says nothing more."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import update

from portal.jobs.waiting_messages import announce_waiting_messages
from portal.models import Grant, OutboxMail, Permission
from portal.notifications.outbox import context_of
from portal.runtime import runtime
from portal.settings.catalog import SettingName
from tests.messaging.post import Post
from tests.notifications.delivering import Recorder, deliver

LATER = timedelta(minutes=16)


async def mails(post: Post) -> list[tuple[str, str]]:
    return sorted((mail.to_address, mail.kind) for mail in await post.rows(OutboxMail))


async def test_a_mail_only_if_it_is_still_unread(post: Post) -> None:
    casey_thread, milo_thread = await post.with_casey(), await post.with_gina()
    casey = await post.writing("casey", "casey")
    post.clock.now += timedelta(minutes=14)
    assert await announce_waiting_messages(runtime()) == 0
    await post.seen(casey, casey_thread, 1)
    post.clock.now += timedelta(minutes=2)
    assert await announce_waiting_messages(runtime()) == 1
    assert await mails(post) == [("tess@harbor.example", "message_waiting_staff")]
    assert milo_thread


async def test_it_is_safe_twice_and_on_several_workers(post: Post) -> None:
    thread = await post.with_casey()
    await post.go_to(post.clock.now + LATER)
    made = await asyncio.gather(*(announce_waiting_messages(runtime()) for _ in range(3)))
    assert sum(made) == 1
    await post.send(await post.writing("tess"), thread, "And another")
    await post.go_to(post.clock.now + LATER)
    assert await announce_waiting_messages(runtime()) == 0, "who does not read gets no second one"
    await post.seen(await post.writing("casey", "casey"), thread, 2)
    await post.send(await post.writing("tess"), thread, "A third")
    post.clock.now += LATER
    assert await announce_waiting_messages(runtime()) == 1
    assert await mails(post) == [("casey@mail.example", "message_waiting")] * 2


async def test_nobody_is_told_who_may_not_read(post: Post) -> None:
    await post.with_casey()
    await post.start(await post.writing("tess"), "milo", others=("gina",))
    await post.restrict("casey", SettingName.SECURE_MESSAGING)
    post.clock.now += LATER
    assert await announce_waiting_messages(runtime()) == 1
    assert await mails(post) == [("gina@mail.example", "message_waiting")]


async def test_it_says_nothing_but_that_something_waits(post: Post) -> None:
    await post.start(await post.writing("tess"), "milo", others=("gina",), subject="S3cret", body="Wh1sper")
    post.clock.now += LATER
    await announce_waiting_messages(runtime())
    (mail,) = await post.rows(OutboxMail)
    context = context_of(post.database.ring, mail)
    assert context == {"link": f"{runtime().config.origin}/messages?for={post.client_id('milo')}"}


@pytest.mark.parametrize(("lost", "hears"), [("", ["casey", "gina"]), ("switch", ["gina"]), ("grant", ["casey"])])
async def test_a_mail_that_waits_asks_again_who_may_read(post: Post, lost: str, hears: list[str]) -> None:
    """The mail is written, the mail server is slow, and meanwhile Casey's switch or Gina's grant is gone."""
    await post.with_casey()
    await post.start(await post.writing("tess"), "milo", others=("gina",))
    post.clock.now += LATER
    assert await announce_waiting_messages(runtime()) == 2
    if lost == "switch":
        await post.restrict("casey", SettingName.SECURE_MESSAGING)
    if lost == "grant":
        async with post.database.unit_of_work() as work:
            gina = (Grant.contact_id == post.cast.contacts["gina"].id, Grant.permission == Permission.MESSAGING)
            await work.exec(update(Grant).where(*gina).values(ended_at=work.now))
    recorder = Recorder()
    await deliver(recorder)
    assert sorted(mail.to_address.split("@")[0] for mail in recorder.sent) == hears
