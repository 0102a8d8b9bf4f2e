"""For whoever watches over the server: is it up, and can it work?"""

import structlog
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.runtime import runtime

_HEADERS = {"Cache-Control": "no-store"}
_log = structlog.get_logger(__name__)


async def healthz(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n", headers=_HEADERS)


async def readyz(request: Request) -> Response:
    """The database answers too; 503 otherwise."""
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            await (await work.plain()).execute(text("SELECT 1 FROM organization WHERE 1 = 0"))
    except Exception:
        _log.exception("not ready")
        return PlainTextResponse("the database does not answer\n", 503, headers=_HEADERS)
    return PlainTextResponse("ready\n", headers=_HEADERS)
