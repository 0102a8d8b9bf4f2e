"""The keys of what a browser keeps while it is not confirmed: for a live session of that login, in that browser."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access.gate import open_account
from portal.accounts.service_journal import hand_out_keys
from portal.http.cookies import session_hash_of
from portal.http.devices import device_of
from portal.http.door import plain
from portal.kit.tokens import token_hash
from portal.runtime import runtime

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@plain
async def journal_key(request: Request) -> Response:
    """Hand out the keys of this browser, the newest first: that one writes, the older ones only open."""
    here = runtime()
    cookie = "; ".join(request.headers.getlist("cookie"))
    session_hash = session_hash_of(cookie, here.config.secure) or ""
    device = token_hash(device_of(cookie, here.config.secure).id)
    async with here.database.unit_of_work() as work:
        access = await open_account(work, session_hash)
        keys = await hand_out_keys(work, access, device=device)
    told = [{"id": str(key.id), "key": base64.b64encode(key.secret).decode()} for key in keys]
    return JSONResponse({"account": str(access.actor.account_id), "keys": told}, headers=_PRIVATE)
