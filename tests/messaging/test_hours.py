"""When the practice answers: an administrator says so, and everybody who writes reads it."""

import pytest

from portal.access.actor import StaffTask
from portal.errors import Invalid, NotPermitted
from portal.messaging.service_hours import change_hours, read_hours
from portal.models import AuditEvent
from tests.messaging.post import Post


async def test_what_an_administrator_says_stands_beside_the_box(post: Post) -> None:
    thread = await post.with_casey()
    avery = await post.practice("avery", StaffTask.SETTINGS)
    async with post.database.unit_of_work() as work:
        assert await change_hours(work, avery, hours=" Monday  to Friday ") == "Monday to Friday"
        assert await read_hours(work, avery) == "Monday to Friday"
    casey = await post.writing("casey", "casey")
    assert (await post.read(casey, thread)).hours.startswith("Monday to Friday")
    assert (await post.choices(casey, "casey")).hours.startswith("Monday to Friday")
    assert [event.action for event in await post.rows(AuditEvent)][-1] == "message.hours_changed"
    async with post.database.unit_of_work() as work:
        with pytest.raises(Invalid):
            await change_hours(work, avery, hours="x" * 301)
        with pytest.raises(NotPermitted):
            await change_hours(work, await post.writing("tess"), hours="x")
