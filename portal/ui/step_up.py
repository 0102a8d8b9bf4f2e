"""Please confirm it is you: what was asked for waits on the server, and is done when its owner has shown who they are.

The event goes through its own guard again then, with the arguments that were sent: nothing is decided here. They are
kept as the JSON they came as, which the page's State leaves as it is.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reflex.event import Event

from portal.errors import StepUpNeeded
from portal.ui.session_state import PageState


def hold_event(
    page: PageState, wrong: StepUpNeeded, handler: str, arguments: tuple[Sequence[Any], Mapping[str, Any]], names: Any
) -> None:
    """Keep an event that needs its owner to confirm who they are, and ask them; `names` are its parameters."""
    values, named = arguments
    payload = dict(zip(names, values, strict=False)) | dict(named)
    page._held_event = json.dumps({"name": handler, "payload": payload})
    page._held_at = _address(page)
    page.step_up_code = wrong.asks_code
    page.step_up_asked += 1


def release_event(page: PageState) -> Event | None:
    """Return the event that was held, once; nothing when the page has moved on meanwhile."""
    held, page._held_event = page._held_event, ""
    if not held or page._held_at != _address(page):
        return None
    return Event(**json.loads(held))


def drop_event(page: PageState) -> None:
    """Forget the event that was held: its owner decided otherwise."""
    page._held_event = ""


def _address(page: PageState) -> str:
    return str(page.rx_router_url)
