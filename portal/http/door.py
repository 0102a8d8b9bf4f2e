"""Around every plain route: Origin, size and shape of what is posted, and a page in words for whatever goes wrong."""

import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar
from urllib.parse import parse_qsl

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.errors import Invalid, NotFound, NotPermitted, PortalError, SignedOut, TooMany
from portal.http import words
from portal.http.origin import is_own_origin
from portal.http.pages import go_to, message_page
from portal.runtime import runtime

Endpoint = Callable[[Request], Awaitable[Response]]
Form = TypeVar("Form", bound="PostedForm")
_LONGEST_BODY = 16 * 1024
_log = structlog.get_logger(__name__)


class PostedForm(BaseModel):
    """What a native form sends: text fields that we named, and no others."""

    model_config = ConfigDict(extra="forbid", str_max_length=2000, frozen=True)


def plain(endpoint: Endpoint) -> Endpoint:
    """Check the Origin of a POST, and turn whatever goes wrong into a page in words."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        if request.method == "POST" and not is_own_origin(request.headers, runtime().config):
            return refusal(request, words.FOREIGN_ORIGIN, 403)
        try:
            return await endpoint(request)
        except PortalError as error:
            return _explained(request, error)
        except Exception:
            reference = secrets.token_hex(4)
            _log.exception("request failed", reference=reference, endpoint=endpoint.__name__)
            return refusal(request, words.broken(reference), 500)

    return guarded


async def read_form(request: Request, form: type[Form]) -> Form:
    """Read a native form; raises Invalid when it is too long, of another type, or has fields that are not ours."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body = await _body(request)
    if kind != "application/x-www-form-urlencoded" or body is None:
        raise Invalid(words.UNREADABLE.sentences[0])
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20)
        fields = dict(pairs)
        if len(fields) != len(pairs) or any("\x00" in value for value in fields.values()):
            raise ValueError("A field was sent twice, or is no text.")
        return form.model_validate(fields)
    except (ValueError, ValidationError) as wrong:
        raise Invalid(words.UNREADABLE.sentences[0]) from wrong


async def _body(request: Request) -> bytes | None:
    """Read what was posted, and stop as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            return None
    return bytes(body)


def wants_json(request: Request) -> bool:
    """Say whether a script of our own asks, instead of a browser's form."""
    return "application/json" in request.headers.get("accept", "")


def refusal(request: Request, message: words.Message, status: int) -> Response:
    """Say no, as a page or as JSON."""
    if wants_json(request):
        return answer(ok=False, sentence=message.sentences[0], status=status)
    return message_page(message, status)


def answer(
    *,
    ok: bool,
    sentence: str = "",
    goes_to: str = "",
    asks_code: bool = False,
    begins_again: bool = False,
    status: int = 200,
) -> Response:
    """The JSON answer of the sign-in routes: which step is next is said only where it is another one."""
    content: dict[str, object] = {"ok": ok, "sentence": sentence, "next": goes_to}
    content |= {"code": True} if asks_code else {}
    content |= {"again": True} if begins_again else {}
    return JSONResponse(content, status, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


def status_of(error: PortalError) -> int:
    """The HTTP status of an expected refusal."""
    known = {NotFound: 404, NotPermitted: 403, TooMany: 429, SignedOut: 401}
    return next((status for kind, status in known.items() if isinstance(error, kind)), 422)


def _explained(request: Request, error: PortalError) -> Response:
    if isinstance(error, SignedOut) and not wants_json(request):
        return go_to(f"/login?notice={words.Notice.ENDED}")
    title = next((title for kind, title in words.TITLES.items() if isinstance(error, kind)), words.UNREADABLE.title)
    return refusal(request, words.Message(title, (error.sentence,)), status_of(error))
