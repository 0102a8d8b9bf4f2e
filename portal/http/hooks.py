"""What the card processor tells us over HTTP. Kept and answered at once; fetched again and followed afterwards."""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.billing.hearing import Forged, find_listener, handle_event, keep_event, read_event
from portal.runtime import runtime

_LONGEST = 256 * 1024


async def stripe_hook(request: Request) -> Response:
    """Take one event of one practice. There is no Origin to check: the signature says whose it is."""
    here, body = runtime(), bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return _answer(413)
    async with here.database.unit_of_work(writes=False) as work:
        listener = await find_listener(work, request.path_params["practice"][:60].replace("\x00", ""))
    if listener is None:
        return _answer(404)
    organization_id, keys = listener
    try:
        told = read_event(bytes(body), request.headers.get("stripe-signature", ""), keys)
    except Forged:
        return _answer(400)
    async with here.database.unit_of_work() as work:
        event_id = await keep_event(work, organization_id, told)
    response = _answer(200)
    if event_id is not None:
        response.background = BackgroundTask(handle_event, here, organization_id, event_id)
    return response


def _answer(status: int) -> Response:
    return PlainTextResponse("", status, headers={"Cache-Control": "no-store"})
