"""Breaking the glass: with a reason, for an hour, in sight of everybody."""

from datetime import timedelta

import pytest

from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.models import AuditEvent
from tests.messaging.post import Post, text_of


async def test_an_administrator_breaks_the_glass_in_sight_of_all(post: Post) -> None:
    thread = await post.with_casey()
    avery = await post.writing("avery")
    assert [(other.people, other.count) for other in await post.others("avery", "casey")] == [
        ("Tess Rivera, Casey Lin (client)", 1)
    ]
    with pytest.raises(Invalid):
        await post.break_glass("avery", "casey", thread, "  ")
    with pytest.raises(NotFound):
        await post.break_glass("avery", "milo", thread, "Complaint")
    with pytest.raises(NotFound):
        await post.read(avery, thread)
    await post.break_glass("avery", "casey", thread, "Complaint of 20 November")
    view = await post.read(avery, thread)
    assert text_of(view)[0] == "Hello"
    with pytest.raises(Conflict):
        await post.send(avery, thread)
    told = await post.read(await post.writing("casey", "casey"), thread)
    assert told.messages[-1].is_note
    assert "Avery Stone" in text_of(told)[-1]
    assert "Complaint of 20 November" in text_of(told)[-1]
    assert [event.action for event in await post.rows(AuditEvent)][-1] == "message.opened_by_administrator"
    await post.go_to(post.clock.now + timedelta(hours=1))
    with pytest.raises(NotFound):
        await post.read(await post.writing("avery"), thread)


async def test_only_administrators_break_the_glass(post: Post) -> None:
    thread = await post.with_casey()
    for person in ("tess", "noah", "bea"):
        with pytest.raises(NotPermitted):
            await post.break_glass(person, "casey", thread, "Curious")
    with pytest.raises(NotFound):
        await post.break_glass("lena", "casey", thread, "Curious")
