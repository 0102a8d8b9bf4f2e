"""Mothers, fathers and what they may write: to the day, to the switch, and each for their own child alone."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from portal.errors import NotFound, NotPermitted
from portal.models import Grant, Permission
from portal.settings.catalog import SettingName
from tests.messaging.post import Post, text_of

LAST_DAY = date(2026, 11, 30)
BEFORE = datetime(2026, 12, 1, 4, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 5, 1, tzinfo=UTC)
"""A minute on either side of midnight in New York."""


async def grant_of_gina(post: Post) -> Grant:
    async with post.database.unit_of_work(writes=False) as work:
        query = select(Grant).where(
            Grant.client_id == post.client_id("milo"),
            Grant.contact_id == post.cast.contacts["gina"].id,
            Grant.permission == Permission.MESSAGING,
        )
        return (await work.exec(query)).one()


async def test_the_last_day_ends_at_midnight_in_the_practices_zone(post: Post) -> None:
    thread = await post.with_gina()
    await post.change(await grant_of_gina(post), last_day=LAST_DAY)
    gina = await post.writing_at(BEFORE, "gina", "milo")
    assert text_of(await post.read(gina, thread)) == ["Hello"]
    assert await post.send(gina, thread, "Just in time")
    await post.go_to(AFTER)
    with pytest.raises(NotPermitted):
        await post.writing("gina", "milo")
    tess = await post.writing("tess")
    assert "Why" in (await post.read(tess, thread)).why_not, "nobody on the other side reads any more"


async def test_contact_access_switched_off_closes_every_conversation_of_contacts(post: Post) -> None:
    thread, gina = await post.with_gina(), await post.writing("gina", "milo")
    assert len(await post.listed(gina)) == 1
    await post.switch_off(SettingName.CONTACT_ACCESS)
    with pytest.raises(NotPermitted):
        await post.writing("gina", "milo")
    assert "Why" in (await post.read(await post.writing("tess"), thread)).why_not
    assert await post.with_casey(), "clients in person go on"


async def test_two_parents_with_the_same_grant_have_conversations_of_their_own(post: Post) -> None:
    hers = await post.with_gina()
    given = (await grant_of_gina(post)).model_dump(exclude={"id", "contact_id"})
    await post.store(Grant(**given, contact_id=post.cast.contacts["pete"].id))
    gina, pete = await post.writing("gina", "milo"), await post.writing("pete", "milo")
    his = await post.start(pete, "milo", to=("tess",), subject="From the father")
    assert [row.id for row in await post.listed(pete)] == [str(his)]
    assert [row.id for row in await post.listed(gina)] == [str(hers)]
    for reader, thread in ((pete, hers), (gina, his)):
        for tried in (post.read(reader, thread), post.seen(reader, thread, 1), post.send(reader, thread)):
            with pytest.raises(NotFound):
                await tried
    assert (await post.choices(pete, "milo")).others == [], "he does not learn who else may write"
