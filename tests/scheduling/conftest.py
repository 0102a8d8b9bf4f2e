"""The fixture that all tests of appointments start from."""

from typing import Any

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.scheduling.desk import Desk


@pytest.fixture
async def desk(database: Database, cast: Cast, clock: Any) -> Desk:
    """Everybody signed in, and Tess's week as it is every week."""
    made = Desk(database, cast, clock)
    await made.set_up()
    return made
