"""/calendar/[token].ics: what calendar programs read, which have no session and know no password."""

import re

from starlette.requests import Request
from starlette.responses import Response

from portal.errors import NotFound
from portal.http.door import plain
from portal.runtime import runtime
from portal.scheduling.service_feed import read_feed

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@plain
async def calendar_feed(request: Request) -> Response:
    """Send a client's appointments to whoever knows the address, as long as its owner may see them."""
    token = request.path_params["token"]
    if not _TOKEN.fullmatch(token):
        raise NotFound
    async with runtime().database.unit_of_work(writes=False) as work:
        text = await read_feed(work, token)
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'attachment; filename="appointments.ics"',
    }
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)
