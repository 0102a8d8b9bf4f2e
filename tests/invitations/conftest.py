"""The front desk of Harbor, with its forms and two clients who have no login."""

import copy

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.invitations.desk import FrontDesk
from tests.logins import hasher, logins

__all__ = ["hasher", "logins"]


@pytest.fixture
async def desk(database: Database, logins: Cast) -> FrontDesk:
    made = FrontDesk(database, copy.copy(logins))
    made.cast.clients = dict(logins.clients)
    await made.set_up()
    return made
