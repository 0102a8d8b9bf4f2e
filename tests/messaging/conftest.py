"""The fixture that all tests of messages start from."""

from typing import Any

import pytest

from portal.database import Database
from portal.demo.people import Cast
from tests.messaging.post import Post


@pytest.fixture
async def post(database: Database, cast: Cast, clock: Any) -> Post:
    """Everybody signed in, ready to write."""
    made = Post(database, cast, clock)
    await made.sign_everybody_in()
    return made
