"""The New Appointment link of a practice: sign in, then straight to the request."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from portal.access.gate import open_acting
from portal.accounts import service
from portal.errors import SignedOut
from portal.http import words
from portal.http.cookies import session_hash_of
from portal.http.door import plain
from portal.http.pages import go_to, message_page
from portal.models import Permission
from portal.runtime import runtime

_SLUG = re.compile(r"[a-z0-9-]{1,60}")


@plain
async def new_appointment(request: Request) -> Response:
    """Send whoever is signed in to the request, for themselves or for whom they may ask here; others to sign in."""
    slug, current = request.path_params["practice"], runtime()
    session_hash = session_hash_of(request.headers.get("cookie"), current.config.secure)
    async with current.database.unit_of_work(writes=False) as work:
        if not _SLUG.fullmatch(slug) or await service.find_practice_name(work, slug) is None:
            return message_page(words.NO_PRACTICE, 404)
        try:
            subjects = (await open_acting(work, session_hash or "")).clients
        except SignedOut:
            return go_to(f"/p/{slug}/login?next={quote(f'/p/{slug}/new-appointment', safe='')}")
    here = [one for one in subjects if one.practice_slug == slug]
    asking = next((one for one in here if one.may(Permission.SCHEDULING)), None)
    # Who may not ask is told why by the page itself, for themselves.
    chosen = asking or next(iter(here), None)
    return go_to(f"/appointments/new?for={chosen.client_id}" if chosen else "/appointments/new")
