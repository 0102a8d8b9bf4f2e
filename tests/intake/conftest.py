"""The fixture that all tests of stored forms start from."""

from typing import Any

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.intake.desk import Desk


@pytest.fixture
async def desk(database: Database, cast: Cast, clock: Any) -> Desk:
    """Everybody signed in, nothing sent yet."""
    made = Desk(database, cast, clock)
    await made.sign_everybody_in()
    return made
