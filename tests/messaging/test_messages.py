"""Who writes to whom, who reads it, and that one thing is said once."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SentBefore, TooMany
from portal.messaging.rules import LONGEST
from portal.messaging.service_listing import Wanted
from portal.models import (
    AccessLog,
    AuditEvent,
    ClientTherapist,
    Grant,
    Message,
    MessageThread,
    Permission,
    Subscription,
)
from portal.settings.catalog import SettingName
from tests.messaging.post import Post, text_of


async def test_tess_writes_casey_reads_and_answers(post: Post) -> None:
    thread = await post.with_casey()
    tess, casey = await post.writing("tess"), await post.writing("casey", "casey")
    assert (await post.new(casey), await post.unread("tess")) == (1, 0)
    view = await post.read(casey, thread)
    assert (view.subject, text_of(view), view.has_unread) == ("About next week", ["Hello"], True)
    assert await post.seen(casey, thread, 1)
    assert await post.send(casey, thread, "Thank you")
    assert (await post.new(casey), await post.unread("tess")) == (0, 1)
    mine = await post.read(tess, thread)
    assert [message.receipt for message in mine.messages] == ["Read 10:30", ""]
    assert [message.is_own for message in mine.messages] == [True, False]
    actions = [event.action for event in await post.rows(AuditEvent)]
    assert actions[-2:] == ["message.thread_started", "message.sent"]
    assert {(look.kind, look.object_id) for look in await post.rows(AccessLog)} == {("messages", thread)}


async def test_nothing_is_stored_that_can_be_read(post: Post) -> None:
    thread = await post.start(await post.writing("tess"), "casey", others=("client",), subject="S3cret", body="Wh1sper")
    await post.draft(await post.writing("casey", "casey"), thread, "Dr4ft")
    kept = str([row.model_dump() for table in (Message, MessageThread) for row in await post.rows(table)])
    kept += str([row.model_dump() for row in [*await post.places(thread), *await post.rows(AuditEvent)]])
    assert not any(word in kept for word in ("S3cret", "Wh1sper", "Dr4ft", "Tess"))
    assert (await post.read(await post.writing("casey", "casey"), thread)).draft == "Dr4ft"
    assert (await post.read(await post.writing("tess"), thread)).draft == ""


async def test_a_nervous_thumb_sends_one_message(post: Post) -> None:
    thread, operation = await post.with_casey(), uuid4()
    casey = await post.writing("casey", "casey")
    sent = await asyncio.gather(*(post.send(casey, thread, "Once", operation) for _ in range(5)))
    assert sorted(sent) == [False, False, False, False, True]
    assert text_of(await post.read(casey, thread)) == ["Hello", "Once"]
    again = await asyncio.gather(*(post.send(casey, thread, "Twice", uuid4()) for _ in range(2)))
    assert again == [True, True], "two operations are two messages"
    assert [message.number for message in (await post.read(casey, thread)).messages] == [1, 2, 3, 4]


async def test_a_conversation_is_started_once(post: Post) -> None:
    gina, operation = await post.writing("gina", "milo"), uuid4()
    begun = [post.start(gina, "milo", to=("tess",), operation=operation) for _ in range(4)]
    assert len(set(await asyncio.gather(*begun))) == 1
    assert (len(await post.rows(MessageThread)), len(await post.rows(Message))) == (1, 1)


async def test_other_words_by_the_same_operation_are_not_dropped(post: Post) -> None:
    tess, operation = await post.writing("tess"), uuid4()
    thread = await post.start(tess, "milo", others=("gina",), operation=operation)
    assert await post.start(tess, "milo", others=("gina",), operation=operation) == thread
    for subject, body in (("About next week", "Hello, both"), ("About this week", "Hello")):
        with pytest.raises(SentBefore):
            await post.start(tess, "milo", others=("gina",), subject=subject, body=body, operation=operation)
    assert len(await post.rows(MessageThread)) == 1


async def test_a_contact_sees_only_conversations_they_are_in(post: Post) -> None:
    tara, tess = await post.writing("tara", "tara"), await post.writing("tess")
    click = uuid4()
    private = await post.start(tara, "tara", to=("tess",), operation=click)
    grant = Grant(
        organization_id=post.cast.harbor.id,
        client_id=post.client_id("tara"),
        contact_id=post.cast.contacts["gina"].id,
        permission=Permission.MESSAGING,
        basis="parent",
        first_day=date(2026, 1, 1),
        given_at=post.clock.now,
    )
    await post.store(grant)
    gina = await post.writing("gina", "tara")
    with pytest.raises(SentBefore):
        await post.start(tara, "tara", to=("tess",), others=("gina",), operation=click)
    shared = await post.start(tess, "tara", others=("gina", "client"))
    assert [row.id for row in await post.listed(gina)] == [str(shared)]
    assert {row.id for row in await post.listed(tara)} == {str(shared), str(private)}
    assert text_of(await post.read(gina, shared)) == ["Hello"]
    with pytest.raises(NotFound):
        await post.read(gina, private)
    with pytest.raises(NotFound):
        await post.send(gina, private)
    await post.change(grant, ended_at=post.clock.now)
    with pytest.raises(NotPermitted):
        await post.writing("gina", "tara")


async def test_pete_cannot_write_nor_know(post: Post) -> None:
    thread = await post.with_gina()
    assert text_of(await post.read(await post.writing("gina", "milo"), thread)) == ["Hello"]
    with pytest.raises(NotPermitted):
        await post.writing("pete", "milo")
    with pytest.raises(NotFound):
        await post.writing("pete", "casey")


async def test_only_staff_who_are_in_it_read_it(post: Post) -> None:
    thread = await post.with_casey()
    assert (await post.read(await post.writing("tess"), thread)).subject
    for person in ("avery", "noah", "lena", "theo"):
        other = await post.writing(person)
        assert await post.listed(other) == []
        for tried in (post.read(other, thread), post.send(other, thread), post.seen(other, thread, 1)):
            with pytest.raises(NotFound):
                await tried
    for person in ("bea", "frank"):
        with pytest.raises(NotPermitted):
            await post.writing(person)


async def test_who_is_no_longer_their_therapist_no_longer_reads(post: Post) -> None:
    thread, tess = await post.with_casey(), await post.writing("tess")
    assert await post.new(await post.writing("casey", "casey")) == 1
    async with post.database.unit_of_work() as work:
        query = select(ClientTherapist).where(ClientTherapist.client_id == post.client_id("casey"))
        await work.delete((await work.exec(query)).one())
    with pytest.raises(NotFound):
        await post.read(tess, thread)
    assert await post.listed(tess) == []


async def test_nobody_can_write_to_noah(post: Post) -> None:
    with pytest.raises(NotPermitted, match="None of your therapists"):
        await post.writing("morgan", "morgan")
    noah = await post.writing("noah")
    for tried in (post.choices(noah, "morgan"), post.start(noah, "morgan", others=("client",))):
        with pytest.raises(Conflict):
            await tried


async def test_a_subscription_that_ends_closes_the_conversation_for_writing(post: Post) -> None:
    thread, tess = await post.with_casey(), await post.writing("tess")
    async with post.database.unit_of_work() as work:
        for row in (await work.exec(select(Subscription))).all():
            row.ended_at = work.now
            work.add(row)
    view = await post.read(tess, thread)
    assert "subscription" in view.why_not
    with pytest.raises(Conflict):
        await post.send(tess, thread)


async def test_what_is_switched_off_for_a_client_reaches_staff_too(post: Post) -> None:
    thread, tess = await post.with_casey(), await post.writing("tess")
    assert await post.send(tess, thread)
    await post.restrict("casey", SettingName.SECURE_MESSAGING)
    with pytest.raises(Conflict, match="Why"):
        await post.send(tess, thread)
    with pytest.raises(NotPermitted):
        await post.writing("casey", "casey")


async def test_who_can_be_chosen(post: Post) -> None:
    def names(choices: list) -> list[str]:
        return [choice.name for choice in choices]

    tess = await post.choices(await post.writing("tess"), "milo")
    assert (names(tess.therapists), names(tess.others)) == ([], ["Gina Park"])
    casey = await post.choices(await post.writing("casey", "casey"), "casey")
    assert (names(casey.therapists), names(casey.others)) == (["Tess Rivera"], [])
    gina = await post.choices(await post.writing("gina", "milo"), "milo")
    assert (names(gina.therapists), names(gina.others)) == (["Tess Rivera"], [])
    gina_milo, tess_staff = await post.writing("gina", "milo"), await post.writing("tess")
    for tried in (
        post.start(gina_milo, "milo", to=("noah",)),
        post.start(gina_milo, "milo", to=("theo",)),
        post.start(gina_milo, "milo", to=("tess",), others=("pete",)),
        post.start(gina_milo, "casey", to=("tess",)),
        post.start(tess_staff, "milo", others=("pete",)),
        post.start(tess_staff, "milo", others=("client",)),
        post.start(tess_staff, "morgan", others=("client",)),
        post.choices(tess_staff, "morgan"),
        post.choices(tess_staff, "quinn"),
    ):
        with pytest.raises(NotFound):
            await tried
    with pytest.raises(Invalid):
        await post.start(gina_milo, "milo")
    assert await post.rows(MessageThread) == []


async def test_nothing_to_see_and_too_much_are_refused(post: Post) -> None:
    thread, casey, gina = (
        await post.with_casey(),
        await post.writing("casey", "casey"),
        await post.writing("gina", "milo"),
    )
    assert await post.send(casey, thread, "x" * LONGEST)
    for body in ("", "   ", "\n\t \u200b\u2003", "\u202e\u2066", "x" * (LONGEST + 1), "x" * 1_000_000):
        with pytest.raises(Invalid):
            await post.send(casey, thread, body)
        with pytest.raises(Invalid):
            await post.start(gina, "milo", to=("tess",), body=body)
    assert len(await post.rows()) == 2


async def test_scripts_are_words_and_links_are_web_addresses(post: Post) -> None:
    thread, casey = await post.with_casey(), await post.writing("casey", "casey")
    words = "<script>alert(1)</script> javascript:alert(1) see https://a.example/x?y=1, and http://b.example."
    await post.send(casey, thread, words)
    message = (await post.read(casey, thread)).messages[-1]
    assert "".join(part.text for part in message.parts) == words
    assert [part.link for part in message.parts if part.link] == ["https://a.example/x?y=1", "http://b.example"]


async def test_text_that_turns_around_is_straightened(post: Post) -> None:
    thread, casey = await post.with_casey(), await post.writing("casey", "casey")
    await post.send(casey, thread, "pay\u202etxt.exe\u2069 now\x07")
    assert text_of(await post.read(casey, thread))[-1] == "paytxt.exe now"


async def test_a_read_receipt_is_nobody_elses_to_give(post: Post) -> None:
    thread, tess, casey = await post.with_casey(), await post.writing("tess"), await post.writing("casey", "casey")
    await post.send(tess, thread, "More")
    with pytest.raises(Invalid):
        await post.seen(casey, thread, 3)
    with pytest.raises(NotFound):
        await post.seen(await post.writing("gina", "milo"), thread, 2)
    assert not await post.seen(tess, thread, 2), "the author's own mark says nothing about Casey"
    assert [message.receipt for message in (await post.read(tess, thread)).messages] == ["", ""]
    assert await post.seen(casey, thread, 2)
    assert not await post.seen(casey, thread, 1), "it never goes back"
    assert [message.receipt for message in (await post.read(tess, thread)).messages] == ["", "Read 10:30"]


async def test_many_messages_in_a_minute_are_too_many(post: Post) -> None:
    thread, casey = await post.with_casey(), await post.writing("casey", "casey")
    for count in range(20):
        await post.send(casey, thread, f"{count}")
    with pytest.raises(TooMany):
        await post.send(casey, thread)
    post.clock.now += timedelta(minutes=2)
    assert await post.send(casey, thread)


async def test_archiving_is_ones_own_and_ends_with_something_new(post: Post) -> None:
    thread, tess, casey = await post.with_casey(), await post.writing("tess"), await post.writing("casey", "casey")
    await post.set_aside(casey, thread)
    assert (await post.listed(casey), len(await post.listed(tess))) == ([], 1)
    assert len(await post.listed(casey, archived=True)) == 1
    post.clock.now += timedelta(minutes=1)
    await post.send(tess, thread)
    assert len(await post.listed(casey)) == 1


async def test_found_by_person_subject_and_date_but_not_by_what_was_said(post: Post) -> None:
    tess = await post.writing("tess")
    first = await post.start(tess, "casey", others=("client",), subject="Sleep diary", body="unicorn")
    await post.go_to(post.clock.now + timedelta(days=3))
    tess = await post.writing("tess")
    second = await post.start(tess, "milo", others=("gina",), subject="Holidays")

    async def found(**wanted: object) -> list[str]:
        return [row.id for row in await post.listed(tess, Wanted(**wanted))]

    today = tess.today
    assert await found() == [str(second), str(first)]
    assert await found(words="sléep") == [str(first)]
    assert await found(words="gina") == [str(second)]
    assert await found(words="casey diary") == [str(first)]
    assert await found(words="unicorn") == []
    assert await found(since=today) == [str(second)]
    assert await found(until=today - timedelta(days=1)) == [str(first)]
    assert await found(client_id=post.client_id("milo")) == [str(second)]
