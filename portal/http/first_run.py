"""The page that sets up an empty installation. Opening it changes nothing; its button does, once."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts.rules import device_label
from portal.accounts.tries import LINK_BY_ADDRESS, tries
from portal.clients.rules import InvalidFields
from portal.errors import NotFound
from portal.http import words
from portal.http.cookies import set_session_cookie
from portal.http.devices import device_of, remember
from portal.http.door import PostedForm, plain, read_form
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.practice.first_run import CURRENCIES, FirstRunFields, slug_of, zones
from portal.practice.service_first_run import check_first_run, set_up_installation
from portal.runtime import runtime


class FirstRunForm(PostedForm, FirstRunFields):
    """The fields of the page."""


@plain
async def first_run_page(request: Request) -> Response:
    """Show the form while its token counts and there is no practice."""
    async with tries().count_failure(LINK_BY_ADDRESS, client_address(request, runtime().config)):
        try:
            async with runtime().database.unit_of_work(writes=False) as work:
                await check_first_run(work, token=request.path_params["token"])
        except NotFound:
            return message_page(words.NOT_FOUND, 404)
    return _show(FirstRunForm(), {})


@plain
async def set_up(request: Request) -> Response:
    """Set the practice up, and go on to its pages, signed in."""
    form = await read_form(request, FirstRunForm)
    try:
        async with tries().count_failure(LINK_BY_ADDRESS, client_address(request, runtime().config)):
            founded = await set_up_installation(
                runtime(),
                token=request.path_params["token"],
                fields=form,
                device=device_label(request.headers.get("user-agent", "")),
            )
    except InvalidFields as error:
        return _show(form, error.fields, 422)
    except NotFound:
        return message_page(words.NOT_FOUND, 404)
    response, current = go_to("/practice"), runtime()
    secure = current.config.secure
    set_session_cookie(response, founded.session.token, secure)
    device = device_of(request.headers.get("cookie"), secure)
    remember(response, device, current.database.ring, founded.email, secure)
    return response


def _show(form: FirstRunForm, errors: Mapping[str, str], status: int = 200) -> Response:
    suggested = form.slug or slug_of(form.practice)
    choices = {"zones": zones(), "currencies": CURRENCIES}
    return page("first_run.html", status, form=form, suggested=suggested, errors=errors, **choices)
