"""The cast that every other test relies on."""

from sqlmodel import func, select

from portal.database import Database
from portal.demo.people import Cast
from portal.models import Client, Grant


async def test_everybody_is_there(database: Database, cast: Cast) -> None:
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(func.count()).select_from(Client))).one() == len(cast.clients) == 8
        assert (await work.exec(select(func.count()).select_from(Grant))).one() == 8
