"""What signing in takes from the browser and gives to it, in one step or in two."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts.rules import device_label
from portal.accounts.service import Attempt, SignedIn
from portal.http.cookies import clear_step_cookie, session_hash_of, set_session_cookie
from portal.http.devices import device_of, knows, remember
from portal.http.door import answer, wants_json
from portal.http.origin import client_address
from portal.http.pages import go_to
from portal.http.paths import local_path
from portal.kit.ids import parse_id
from portal.runtime import runtime

_NOBODY = UUID(int=0)


def attempt_of(request: Request, *, email: str = "", password: str = "", account: str = "") -> Attempt:
    """Return a try to sign in, with what the browser says of itself; `account` is that of an open page."""
    current, cookies = runtime(), request.headers.get("cookie")
    return Attempt(
        email=email,
        password=password,
        address=client_address(request, current.config),
        device=device_label(request.headers.get("user-agent", "")),
        known_device=device_known_for(request, email),
        old_session=session_hash_of(cookies, current.config.secure),
        only_account=(parse_id(account) or _NOBODY) if account else None,
    )


def device_known_for(request: Request, email: str) -> str:
    """Return the id of the browser when this e-mail signed in on it before; empty otherwise."""
    current = runtime()
    device = device_of(request.headers.get("cookie"), current.config.secure)
    return device.id if knows(device, current.database.ring, email) else ""


def arrive(request: Request, signed_in: SignedIn, wanted: str) -> Response:
    """Give the browser its session, and send it to where it wanted to go."""
    goes_to = local_path(wanted) or signed_in.start
    response = answer(ok=True, goes_to=goes_to) if wants_json(request) else go_to(goes_to)
    current = runtime()
    secure, device = current.config.secure, device_of(request.headers.get("cookie"), current.config.secure)
    set_session_cookie(response, signed_in.session.token, secure)
    clear_step_cookie(response, secure)
    remember(response, device, current.database.ring, signed_in.email, secure)
    return response
