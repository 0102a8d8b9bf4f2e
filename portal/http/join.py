"""Asking to join a practice: the New Invitation link. The answer is the same whoever asks."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts.tries import tries
from portal.clients.rules import InvalidFields
from portal.errors import NotFound
from portal.http import words
from portal.http.door import PostedForm, plain, read_form
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.http.words_invitation import join_closed, join_sent
from portal.invitations import service
from portal.invitations.service import JoinPage
from portal.invitations.tries import JOIN_BY_ADDRESS, JOIN_BY_PRACTICE
from portal.invitations.views import JoinFields
from portal.runtime import runtime


class JoinForm(PostedForm):
    """The fields of the join page."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    birth_date: str = ""
    phone: str = ""
    note: str = ""


@plain
async def join_page(request: Request) -> Response:
    """Show the form, or what it says once it was sent."""
    seen = await _read(request)
    if seen is None:
        return message_page(words.NO_PRACTICE, 404)
    if "sent" in request.query_params:
        return message_page(join_sent(seen.practice))
    return _show(seen, JoinForm(), {})


@plain
async def join(request: Request) -> Response:
    """Keep what a stranger wrote. Nobody is looked up before or after the answer."""
    form, seen = await read_form(request, JoinForm), await _read(request)
    if seen is None:
        return message_page(words.NO_PRACTICE, 404)
    if not seen.is_open:
        return _show(seen, form, {})
    await tries().count(JOIN_BY_ADDRESS, client_address(request, runtime().config))
    await tries().count(JOIN_BY_PRACTICE, seen.slug)
    try:
        async with runtime().database.unit_of_work() as work:
            await service.ask_to_join(work, slug=seen.slug, fields=JoinFields(**form.model_dump()))
    except InvalidFields as error:
        return _show(seen, form, error.fields, 422)
    return go_to(f"/p/{seen.slug}/join?sent")


async def _read(request: Request) -> JoinPage | None:
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            return await service.read_join_page(work, slug=request.path_params["practice"])
    except NotFound:
        return None


def _show(seen: JoinPage, form: JoinForm, errors: Mapping[str, str], status: int = 200) -> Response:
    if not seen.is_open:
        return message_page(join_closed(seen.practice, seen.phone), 403)
    return page("join.html", status, seen=seen, form=form, errors=errors)
