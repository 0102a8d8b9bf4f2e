"""The links of an e-mail change: each opens a page, and only the page's button does something."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service
from portal.accounts.tries import LINK_BY_ADDRESS, tries
from portal.errors import NotFound
from portal.http import words
from portal.http.cookies import clear_session_cookie
from portal.http.door import plain
from portal.http.origin import client_address
from portal.http.pages import message_page, page
from portal.models import LinkPurpose
from portal.runtime import runtime


@plain
async def confirm_page(request: Request) -> Response:
    """Ask whether the new address is to be used."""
    return await _ask(request, LinkPurpose.CONFIRM_EMAIL, "email_confirm.html")


@plain
async def undo_page(request: Request) -> Response:
    """Ask whether the old address is to be used again."""
    return await _ask(request, LinkPurpose.UNDO_EMAIL, "email_undo.html")


@plain
async def confirm(request: Request) -> Response:
    """Set the new address."""
    return await _do(request, service.confirm_email_change, words.EMAIL_CONFIRMED)


@plain
async def undo(request: Request) -> Response:
    """Set the old address again; this browser is signed out too."""
    response = await _do(request, service.undo_email_change, words.EMAIL_UNDONE)
    clear_session_cookie(response, runtime().config.secure)
    return response


async def _ask(request: Request, purpose: LinkPurpose, template: str) -> Response:
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            email = await service.check_email_link(work, token=request.path_params["token"], purpose=purpose)
    except NotFound:
        return message_page(words.DEAD_EMAIL, 404)
    return page(template, email=email)


async def _do(request: Request, change: Callable[..., Awaitable[None]], done: words.Message) -> Response:
    await tries().count(LINK_BY_ADDRESS, client_address(request, runtime().config))
    try:
        async with runtime().database.unit_of_work() as work:
            await change(work, token=request.path_params["token"])
    except NotFound:
        return message_page(words.DEAD_EMAIL, 404)
    return message_page(done)
