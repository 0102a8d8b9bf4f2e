"""The office of Harbor, in which everybody can sign in."""

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.logins import hasher, logins
from tests.practice.team_office import Office

__all__ = ["hasher", "logins"]


@pytest.fixture
def office(database: Database, logins: Cast) -> Office:
    return Office(database, logins)
