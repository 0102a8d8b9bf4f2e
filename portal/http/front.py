"""In front of Reflex's pages: who is signed out is sent to sign in, and an address that is none gets words.

The pages themselves hold nothing of anybody, so this is a courtesy: without it, a stranger would see an empty frame
that asks in vain for a socket.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Missing = Callable[[Request, Exception], Awaitable[Response]]
FindSession = Callable[[Headers], Awaitable[str | None]]
_LONGEST = 400


class Front:
    """An ASGI application around Reflex's own."""

    def __init__(self, app: ASGIApp, *, missing: Missing, find_session: FindSession) -> None:
        self._app, self._missing, self._find_session = app, missing, find_session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a stranger to sign in, answer a 404 in words, hand on everything else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_page(scope["path"]) and not await self._find_session(Headers(scope=scope)):
            await _to_sign_in(scope)(scope, receive, send)
            return
        found = _Found(send)
        await self._app(scope, receive, found.send)
        if found.is_missing:
            answer = await self._missing(Request(scope), HTTPException(404))
            await answer(scope, receive, send)


class _Found:
    """Lets an answer through, but for a 404."""

    def __init__(self, send: Send) -> None:
        self._send, self.is_missing = send, False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 404:
            self.is_missing = True
        if not self.is_missing:
            await self._send(message)


def _is_page(path: str) -> bool:
    """Say whether an address is a page's and no file's: files have an ending."""
    return "." not in path.rpartition("/")[2]


def _to_sign_in(scope: Scope) -> Response:
    """Send somebody to sign in, and afterwards to where they wanted to go."""
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    behind = f"?next={quote(wanted, safe='')}" if len(wanted) <= _LONGEST else ""
    return RedirectResponse(f"/login{behind}", 303, headers={"Cache-Control": "no-store"})
