"""Assembles the portal: pages, plain routes, the door and what runs beside it. No logic."""

from pathlib import Path

import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants
from starlette.applications import Starlette
from starlette.types import ASGIApp

from portal.config import config
from portal.http.edge import Edge, EdgeRules
from portal.http.front import Front
from portal.http.headers import HeaderWriter, content_policy, script_hashes
from portal.http.origin import allowed_origins
from portal.http.routes import not_found, public_routes
from portal.http.sessions import live_session
from portal.http.sockets import Sockets
from portal.lifetime import alongside
from portal.pages import PAGES
from portal.ui.failure import on_page_error, on_unforeseen, too_large
from portal.ui.frames import check_frames
from portal.ui.layout import add_page
from portal.ui.middleware import DoorKeeper
from portal.ui.overlay import app_wraps
from portal.ui.session_state import PageState
from portal.ui.theme import STYLESHEETS

settings = config()
sockets = Sockets()


def edge(inner: ASGIApp) -> ASGIApp:
    """Put the edge in front; its content policy lists the scripts of the front end as it was built."""
    origins = frozenset(allowed_origins(settings))
    built = get_web_dir() / constants.Dirs.STATIC
    return Edge(
        inner,
        EdgeRules(origins, settings.ring().derive("tabs")),
        find_session=live_session,
        sockets=sockets,
        oversize=say_too_large,
        headers=HeaderWriter(content_policy(script_hashes(Path(built)), origins), secure=settings.secure),
    )


def front(inner: ASGIApp) -> ASGIApp:
    """Put in front of Reflex's pages what strangers and wrong addresses get."""
    return Front(inner, missing=not_found, find_session=live_session)


async def say_too_large(tab: str) -> None:
    """Tell a tab that what it sent was too long."""
    async with app.modify_state(BaseStateToken(ident=tab, cls=PageState)) as root:
        await too_large(root)


app = rx.App(
    app_wraps=app_wraps(),
    toaster=None,
    stylesheets=STYLESHEETS,
    html_lang="en",
    backend_exception_handler=on_unforeseen,
    frontend_exception_handler=on_page_error,
    api_transformer=[front, Starlette(routes=public_routes(), exception_handlers={404: not_found}), edge],
)
app.add_middleware(DoorKeeper(), index=0)
app.register_lifespan_task(alongside, sockets=sockets)
check_frames(app)
for page in PAGES:
    add_page(app, page)
