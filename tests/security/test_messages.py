"""Conversations over a bare socket: Pete cannot know that one exists, and nobody reads, marks or answers another's."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select, update

from portal.models import Grant, Message, MessageThread, Permission, ThreadParticipant
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.written import WRITTEN as SECRET

THREAD = f"{PAGE}.portal___messaging___thread___state____thread_state"
STAFF = f"{PAGE}.portal___messaging___staff___state_thread____staff_thread_state"
INBOX = f"{PAGE}.portal___messaging___staff___state____inbox_state"
LIST = f"{PAGE}.portal___messaging___state____messages_state"
START = f"{PAGE}.portal___messaging___state____start_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"
GLASS = f"{PAGE}.portal___messaging___staff___state_client____glass_state"


async def at(door: Door, name: str, thread: str, client: str = "") -> Tab:
    tab = await door.tab_of(name, query={"for": door.client_id(client)} if client else None)
    tab.parts = {"thread_id": thread}
    return tab


def outgoing(thread: str, body: str, operation: UUID | None = None) -> dict[str, Any]:
    return {"thread": thread, "operation_id": str(operation or uuid4()), "body": body}


async def messages(door: Door, thread: str) -> list[Message]:
    async with door.database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(Message).where(Message.thread_id == UUID(thread)))).all())


async def places(door: Door, thread: str) -> list[int]:
    async with door.database.unit_of_work(writes=False) as work:
        query = select(ThreadParticipant.read_number).where(ThreadParticipant.thread_id == UUID(thread))
        return list((await work.exec(query)).all())


async def count_threads(door: Door) -> int:
    async with door.database.unit_of_work(writes=False) as work:
        return len((await work.exec(select(MessageThread.id))).all())


def calls(thread: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Everything that the page of a conversation can ask."""
    return (
        ("load", {}),
        ("reload", {}),
        ("show_earlier", {"before": 2}),
        ("seen", {"number": 1}),
        ("keep_draft", {"draft": {"thread": thread, "body": "forged"}}),
        ("put_aside", {"aside": True}),
        ("send", {"message": outgoing(thread, "forged")}),
    )


@pytest.mark.parametrize(
    ("name", "client"),
    [("pete", "milo"), ("casey", "casey"), ("tara", "tara"), ("quinn", "quinn")],
)
async def test_who_is_not_in_a_conversation_cannot_know_of_it(door: Door, thread: str, name: str, client: str) -> None:
    gina = await at(door, "gina", thread, "milo")
    await gina.do(f"{THREAD}.load")
    assert SECRET in gina.text
    real, invented = await at(door, name, thread, client), await at(door, name, str(uuid4()), client)
    for tab in (real, invented):
        for handler, sent in calls(str(tab.parts["thread_id"])):
            await tab.do(f"{THREAD}.{handler}", **sent)
    assert real.page["refusal"] == invented.page["refusal"] != ""
    await real.do(f"{LIST}.load")
    assert SECRET not in real.text
    assert len(await messages(door, thread)) == 1
    assert await places(door, thread) == [0, 0]


@pytest.mark.parametrize("name", ["avery", "noah", "lena", "gina"])
async def test_staff_who_are_not_in_it_cannot_either(door: Door, thread: str, name: str) -> None:
    tess = await at(door, "tess", thread)
    await tess.do(f"{STAFF}.load")
    assert SECRET in tess.text
    other = await at(door, name, thread)
    for handler, sent in calls(thread):
        await other.do(f"{STAFF}.{handler}", **sent)
    assert SECRET not in other.text
    assert len(await messages(door, thread)) == 1
    assert await places(door, thread) == [0, 0]


async def test_a_thread_of_another_client_is_not_reached_through_ones_own(door: Door, thread: str) -> None:
    """Gina is in it for Milo; for herself and for Tara it is not there."""
    for client in ("gina", "tara"):
        tab = await at(door, "gina", thread, client)
        await tab.do(f"{THREAD}.load")
        await tab.do(f"{THREAD}.send", message=outgoing(thread, "forged"))
        assert SECRET not in tab.text
    assert len(await messages(door, thread)) == 1


async def test_five_taps_are_one_message_and_nonsense_none(door: Door, thread: str) -> None:
    gina, operation = await at(door, "gina", thread, "milo"), uuid4()
    for _ in range(5):
        await gina.send(f"{THREAD}.send", message=outgoing(thread, "once", operation))
    await gina.settle()
    assert len(await messages(door, thread)) == 2
    for sent in (
        None,
        "x",
        {"body": "no operation"},
        {**outgoing(thread, "x"), "author": str(uuid4())},
        {**outgoing(thread, "x"), "thread": str(uuid4())},
        {**outgoing(thread, "x"), "client": str(uuid4())},
        {"operation_id": "1", "body": "x"},
        outgoing(thread, "x" * 10_001),
        outgoing(thread, "x" * 1_000_000),
        outgoing(thread, "\x00"),
        outgoing(thread, "   "),
        {**outgoing(thread, "x"), "files": "all"},
        {**outgoing(thread, "x"), "files": ["1"]},
        {**outgoing(thread, "x"), "files": [str(uuid4())] * 11},
        {**outgoing(thread, "x"), "files": [str(uuid4())]},
        {**outgoing(thread, "x"), "files": [thread]},
    ):
        await gina.do(f"{THREAD}.send", message=sent)
        assert "Something went wrong" not in gina.text
    for number in (0, -1, 99, 10**30, True, "1", None):
        await gina.do(f"{THREAD}.seen", number=number)
        assert "Something went wrong" not in gina.text
    assert len(await messages(door, thread)) == 2
    assert await places(door, thread) in ([0, 0], [2, 0], [0, 2])


async def test_therapists_and_contacts_of_others_cannot_be_chosen(door: Door, thread: str) -> None:
    gina, before = await at(door, "gina", thread, "milo"), await count_threads(door)
    for ids in (
        (door.cast.staff["noah"].id, None),
        (door.cast.staff["theo"].id, None),
        (door.cast.staff["tess"].id, "pete"),
    ):
        member, contact = ids
        more = {f"also {door.cast.contacts[contact].id}": "on"} if contact else {}
        fields = {"operation_id": str(uuid4()), "subject": "s", "body": "forged", f"to {member}": "on", **more}
        await gina.do(f"{START}.send", fields=fields)
        assert gina.refused
    assert await count_threads(door) == before


async def test_the_glass_is_broken_by_administrators_of_the_practice_alone(door: Door, thread: str) -> None:
    wanted = {"thread": thread, "reason": "A complaint"}
    for name in ("tess", "bea", "lena", "gina"):
        other = await door.tab_of(name)
        other.parts = {"client_id": door.client_id("milo")}
        for handler, sent in (("load", {}), ("look", {}), ("open", {"fields": wanted})):
            await other.do(f"{GLASS}.{handler}", **sent)
        assert thread not in other.text.replace(str(wanted), "")
    assert len(await messages(door, thread)) == 1
    avery = await door.tab_of("avery")
    avery.parts = {"client_id": door.client_id("milo")}
    await avery.do(f"{GLASS}.open", fields=wanted)
    assert len(await messages(door, thread)) == 2


async def test_a_tab_that_is_open_shows_nothing_more_once_the_grant_ends(door: Door, thread: str) -> None:
    gina = await at(door, "gina", thread, "milo")
    await gina.do(f"{THREAD}.load")
    assert SECRET in gina.text
    grant = (
        update(Grant)
        .where(col(Grant.client_id) == UUID(door.client_id("milo")), col(Grant.permission) == Permission.MESSAGING)
        .where(col(Grant.contact_id) == door.cast.contacts["gina"].id)
    )
    async with door.database.unit_of_work() as work:
        await work.exec(grant.values(ended_at=work.now))
    try:
        gina.frames.clear()
        for handler, sent in calls(thread):
            await gina.do(f"{THREAD}.{handler}", **sent)
        assert SECRET not in gina.text
        assert gina.page["refusal"] != ""
        assert SECRET not in str(gina.state), "what was on the screen is gone"
        assert len(await messages(door, thread)) == 1
    finally:
        async with door.database.unit_of_work() as work:
            await work.exec(grant.values(ended_at=None))
    await gina.do(f"{THREAD}.load")
    assert SECRET in gina.text


async def test_who_is_refused_a_conversation_does_not_hear_when_somebody_writes_in_it(door: Door, thread: str) -> None:
    """Noah knows its address, from when he was in it perhaps."""
    noah, tess = await at(door, "noah", thread), await at(door, "tess", thread)
    await noah.do(f"{STAFF}.load")
    assert noah.page["refusal"] != ""
    await noah.do(f"{INBOX}.load")
    assert noah.page["refusal"] == ""
    number = len(noah.frames)
    await tess.do(f"{STAFF}.load")
    for word in ("one", "two"):
        await tess.do(f"{STAFF}.send", message=outgoing(thread, word))
    assert len(await messages(door, thread)) == 3
    await noah.settle()
    assert [frame for frame in noah.frames[number:] if "echoed" not in frame] == []


async def test_what_is_read_in_one_tab_is_read_in_the_others(door: Door, thread: str) -> None:
    """The envelope, the list, and the receipt on the other side."""
    here, there, gina = await door.tab_of("tess"), await door.tab_of("tess"), await at(door, "gina", thread, "milo")
    there.path = here.path = "/practice/messages"
    await gina.do(f"{THREAD}.load")
    await there.do(f"{SHELL}.load")
    await there.do(f"{INBOX}.load")
    waiting = there.state[SHELL]["waiting_messages"]
    assert [row["unread"] for row in there.state[INBOX]["rows"] if row["id"] == thread] == [1]
    here.parts = {"thread_id": thread}
    await here.do(f"{STAFF}.load")
    await here.do(f"{STAFF}.seen", number=1)
    await there.until(lambda: there.state[SHELL]["waiting_messages"] == waiting - 1)
    await there.until(lambda: [row["unread"] for row in there.state[INBOX]["rows"] if row["id"] == thread] == [0])
    await gina.until(lambda: gina.state[THREAD]["messages"][-1]["receipt"].startswith("Read"))
