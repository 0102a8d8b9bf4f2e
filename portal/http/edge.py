"""The layer in front of everything: who has no session gets no socket, and no State ever holds the secret.

At the socket's handshake it refuses a foreign Origin, looks the session up, ties the tab's token to the session (a
token that was stolen is worth nothing under another one) and puts the session's hash where the cookie was.
"""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.http.headers import HeaderWriter
from portal.http.sockets import Oversize, Socket, Sockets
from portal.kit.tokens import keyed_hash

SESSION_CHECK = "/_session"
"""Answers 204 to a browser whose session is live and 401 to any other: a page that lost its socket asks why."""
_SOCKET = "/_event"
_CLOSED = ("/_event", "/_upload", "/_health", "/_all_routes", "/ping", "/auth-codespace")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,80}")
_KEPT = frozenset(
    {
        b"host",
        b"origin",
        b"user-agent",
        b"upgrade",
        b"connection",
        b"sec-websocket-key",
        b"sec-websocket-version",
        b"sec-websocket-protocol",
        b"sec-websocket-extensions",
    }
)
log = structlog.get_logger("portal.edge")
FindSession = Callable[[Headers], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class EdgeRules:
    """What the edge goes by: the origins of the portal itself, the key of tabs, and who may post without an Origin."""

    origins: frozenset[str]
    tab_key: bytes
    hooks: tuple[str, ...] = ("/hooks/", "/sandbox/v1/")


class Edge:
    """An ASGI application in front of another."""

    def __init__(
        self,
        app: ASGIApp,
        rules: EdgeRules,
        *,
        find_session: FindSession,
        sockets: Sockets,
        oversize: Oversize,
        headers: HeaderWriter,
    ) -> None:
        self._app, self._rules = app, rules
        self._find_session, self._sockets, self._oversize = find_session, sockets, oversize
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or socket, or hand it on.

        What breaks on the way is logged here: the server would print it with whatever it quotes.
        """
        try:
            await self._pass(scope, receive, send)
        except Exception as wrong:
            log.error("request broke", kind=scope["type"], exc_info=wrong)
            await _give_up(scope, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, self._headers.around(scope, send))
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope)
        await (self._app if answer is None else answer)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        """Return what the edge itself answers, or None for what may pass."""
        path = scope["path"]
        if any(path == closed or path.startswith(f"{closed}/") for closed in _CLOSED):
            return PlainTextResponse("There is nothing here.", 404)
        if scope["method"] not in _READS and not path.startswith(self._rules.hooks) and not self._is_own(scope):
            return PlainTextResponse("This request did not come from the portal's own pages, so it was refused.", 403)
        if path == SESSION_CHECK:
            return Response(status_code=204 if await self._find_session(Headers(scope=scope)) else 401)
        return None

    def _is_own(self, scope: Scope) -> bool:
        """Say whether a page of the portal sent this; a browser names the page's origin whenever it sends something."""
        return Headers(scope=scope).get("origin", "") in self._rules.origins

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        tab = _tab_of(scope)
        session_hash = await self._find_session(Headers(scope=scope)) if tab and self._is_own(scope) else None
        if not tab or not session_hash:
            await send({"type": "websocket.close", "code": 1008})
            return
        tab = keyed_hash(self._rules.tab_key, session_hash, tab)
        if not self._sockets.has_room(session_hash, tab):
            await send({"type": "websocket.close", "code": 1013})
            return
        await self._open(scope, Socket(session_hash, tab, receive, send, self._oversize), send)

    async def _open(self, scope: Scope, socket: Socket, send: Send) -> None:
        self._sockets.add(socket)
        try:
            await self._app(_known(scope, socket), _after_connect(socket), send)
        finally:
            self._sockets.remove(socket)


async def _give_up(scope: Scope, send: Send) -> None:
    """End what broke; when its answer had begun already, the server ends it itself."""
    with suppress(Exception):
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1011})
        else:
            await PlainTextResponse("Something went wrong on our side.", 500)(scope, _nothing_more, send)


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}


def _tab_of(scope: Scope) -> str | None:
    """Return the tab's own token from the address of a socket; None for any other address."""
    if scope["path"].rstrip("/") != _SOCKET:
        return None
    try:
        query: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8)
    except ValueError:
        return None
    tokens = query.get("token", [])
    if query.get("transport") != ["websocket"] or len(tokens) != 1 or not _TOKEN.fullmatch(tokens[0]):
        return None
    return tokens[0]


def _known(scope: Scope, socket: Socket) -> Scope:
    """Return the scope as Reflex may see it: the tab's token tied to the session, the hash in place of the cookie."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() in _KEPT]
    query = urlencode({"EIO": "4", "transport": "websocket", "token": socket.tab})
    return {
        **scope,
        "query_string": query.encode(),
        "headers": [*headers, (b"cookie", socket.session_hash.encode())],
    }


def _after_connect(socket: Socket) -> Receive:
    """Hand on the connect message that the edge has already taken, then what the socket lets through."""
    first: list[Message] = [{"type": "websocket.connect"}]

    async def receive() -> Message:
        return first.pop() if first else await socket.receive()

    return receive
