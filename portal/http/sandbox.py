"""The payment sandbox of the demo, in the portal itself: there is nothing more to start, and one port serves all."""

from functools import lru_cache

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from portal.config import Config
from portal.http import words
from portal.http.pages import message_page
from portal.integrations.stripe.choose import sandbox_address, sandbox_works
from portal.runtime import runtime
from portal.sandbox.app import sandbox_app
from portal.sandbox.store import SANDBOX_FILE, Store


class SandboxDoor:
    """Hands requests to the sandbox; where real people are there is none, and nothing to be found."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        config = runtime().config
        if not sandbox_works(config) or config.sandbox_url:
            await message_page(words.NOT_FOUND, 404)(scope, receive, send)
            return
        await _app(config)(scope, receive, send)


@lru_cache(maxsize=4)
def _app(config: Config) -> Starlette:
    portal = sandbox_address(config).removesuffix("/sandbox")
    return sandbox_app(config, Store(config.folder / SANDBOX_FILE), f"{config.origin}/sandbox", portal)
