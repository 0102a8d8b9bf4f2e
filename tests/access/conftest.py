"""The fixture that all tests of the gate start from."""

from typing import Any

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.access.house import House


@pytest.fixture
async def house(database: Database, cast: Cast, clock: Any) -> House:
    """Everybody signed in."""
    made = House(database, cast, clock)
    await made.sign_everybody_in()
    return made
