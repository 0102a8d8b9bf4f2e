"""For what something is owed: whoever sees the appointments reads it, whoever may only pay does not."""

import pytest
from sqlmodel import update

from portal.access.gate import open_view
from portal.billing import queries, showing, showing_papers
from portal.database import Database
from portal.kit.tokens import token_hash
from portal.models import Grant, Permission
from tests.billing.conftest import Shop
from tests.factories import as_client, sign_in
from tests.people import Human


async def labels(database: Database, who: Human, client: Human) -> set[str]:
    async with as_client(database, who, client, Permission.PAYMENTS) as (work, access):
        lines = await queries.open_lines(work, access.organization_id, access.client_id)
        paper = showing_papers.statement_paper(access, lines, work.ring)
        found = {row.label for row in showing.balance_of(access, lines, work.ring).charges}
    assert ("Individual therapy" in str(paper)) == (found == {"Individual therapy"})
    return found


async def test_who_sees_the_appointments_reads_for_what(
    shop: Shop, gina: Human, pete: Human, casey: Human, milo: Human
) -> None:
    assert await labels(shop.database, casey, casey) == {"Individual therapy"}
    assert await labels(shop.database, gina, milo) == {"Individual therapy"}
    assert await labels(shop.database, pete, milo) == {""}


async def test_it_is_gone_with_the_grant(shop: Shop, gina: Human, milo: Human) -> None:
    async with shop.database.unit_of_work() as work:
        here = (Grant.contact_id == gina.contact.id, Grant.permission == Permission.SCHEDULING)  # type: ignore[union-attr]
        await work.exec(update(Grant).where(*here).values(ended_at=work.now))
    assert await labels(shop.database, gina, milo) == {""}


@pytest.mark.parametrize(("staff", "whom", "seen"), [("avery", "gina", True), ("avery", "pete", False)])
async def test_a_view_shows_what_that_person_reads(
    shop: Shop, request: pytest.FixtureRequest, milo: Human, staff: str, whom: str, seen: bool
) -> None:
    looker, person = (request.getfixturevalue(name) for name in (staff, whom))
    token = token_hash(await sign_in(shop.database, looker))
    async with shop.database.unit_of_work(writes=False) as work:
        access = await open_view(work, token, milo.client_id, person.contact.id, Permission.PAYMENTS)
    assert access.sees_services is seen
