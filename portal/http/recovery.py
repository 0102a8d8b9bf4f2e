"""Forgotten password. Opening the mailed link changes nothing; the button of its page does."""

from collections.abc import Mapping

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service
from portal.accounts.tries import LINK_BY_ADDRESS, RESET_BY_ADDRESS, tries
from portal.errors import Invalid, NotFound
from portal.http import words
from portal.http.arriving import device_known_for
from portal.http.door import PostedForm, plain, read_form
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.runtime import runtime

_log = structlog.get_logger(__name__)


class ForgotForm(PostedForm):
    """The one field of the forgotten-password page."""

    email: str = ""


class ResetForm(PostedForm):
    """The new password, typed twice."""

    password: str = ""
    again: str = ""


@plain
async def forgot_page(request: Request) -> Response:
    """Show the form, and what it says once it was sent."""
    if "sent" in request.query_params:
        return message_page(words.LINK_SENT)
    return page("forgot.html", form=ForgotForm(), errors={})


@plain
async def forgot(request: Request) -> Response:
    """Answer first and look the address up afterwards, so that nobody learns from words or time who is known here."""
    form = await read_form(request, ForgotForm)
    if not form.email.strip():
        return page("forgot.html", 422, form=form, errors={"email": words.ENTER_EMAIL})
    address = client_address(request, runtime().config)
    await tries().count(RESET_BY_ADDRESS, address)
    response = go_to("/forgot-password?sent")
    requester = device_known_for(request, form.email) or address
    response.background = BackgroundTask(_send_link, form.email, requester)
    return response


async def _send_link(email: str, requester: str) -> None:
    try:
        async with runtime().database.unit_of_work() as work:
            await service.request_password_reset(work, email=email, requester=requester)
    except Exception:
        _log.exception("password reset request failed")


@plain
async def reset_page(request: Request) -> Response:
    """Show the page for a new password while its link works."""
    return await _show(request, {})


@plain
async def reset(request: Request) -> Response:
    """Set the new password and use the link up."""
    await tries().count(LINK_BY_ADDRESS, client_address(request, runtime().config))
    form = await read_form(request, ResetForm)
    errors = _wrong(form)
    if errors:
        return await _show(request, errors, 422)
    try:
        await service.reset_password(runtime(), token=request.path_params["token"], new=form.password)
    except NotFound:
        return message_page(words.DEAD_RESET, 404)
    except Invalid as error:
        return await _show(request, {"password": error.sentence}, 422)
    return go_to(f"/login?notice={words.Notice.PASSWORD_CHANGED}")


def _wrong(form: ResetForm) -> dict[str, str]:
    if not form.password:
        return {"password": words.ENTER_NEW_PASSWORD}
    return {"again": words.NOT_THE_SAME} if form.password != form.again else {}


async def _show(request: Request, errors: Mapping[str, str], status: int = 200) -> Response:
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            email = await service.check_reset_link(work, token=request.path_params["token"])
    except NotFound:
        return message_page(words.DEAD_RESET, 404)
    return page("reset.html", status, email=email, errors=errors)
