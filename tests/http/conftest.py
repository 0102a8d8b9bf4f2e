"""The plain routes as an application of their own, and browsers that keep cookies."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from starlette.applications import Starlette

from portal.demo.people import PASSWORD
from portal.http.routes import not_found, public_routes
from tests.logins import hasher, logins

__all__ = ["hasher", "logins"]
ORIGIN = "http://localhost:8000"


class Browser(httpx.AsyncClient):
    """Posts as a browser does: with the Origin of the page it shows."""

    def __init__(self, address: str = "203.0.113.9", origin: str = ORIGIN, **headers: str) -> None:
        transport = httpx.ASGITransport(application(), client=(address, 50000), raise_app_exceptions=False)
        super().__init__(transport=transport, base_url=origin, headers=headers)
        self.origin = origin

    async def submit(self, path: str, **fields: str) -> httpx.Response:
        """Send a native form."""
        return await self.post(path, data=fields, headers={"Origin": self.origin})

    async def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Send the sign-in form."""
        return await self.submit("/auth/sign-in", email=email, password=password, **more)


def application() -> Starlette:
    """The routes as they are mounted."""
    return Starlette(routes=public_routes(), exception_handlers={404: not_found})


@pytest.fixture
async def browsers() -> AsyncIterator[Callable[..., Browser]]:
    """A function that opens another browser."""
    opened: list[Browser] = []

    def open_one(**more: str) -> Browser:
        opened.append(Browser(**more))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.aclose()


@pytest.fixture
def browser(browsers: Callable[..., Browser]) -> Browser:
    """One browser."""
    return browsers()
