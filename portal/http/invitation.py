"""The page of an invitation. Opening it changes nothing, however often and by whomever; its buttons do."""

from collections.abc import Mapping
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts.rules import device_label
from portal.accounts.service import sign_out
from portal.accounts.tries import LINK_BY_ADDRESS, tries
from portal.errors import Conflict, Invalid
from portal.http import words
from portal.http.cookies import clear_session_cookie, session_hash_of, set_session_cookie
from portal.http.devices import device_of, remember
from portal.http.door import PostedForm, plain, read_form
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.http.words_invitation import dead
from portal.invitations import service
from portal.invitations.service import Answer, DeadInvitation, InvitationPage, Joined, WrongBirthDate
from portal.invitations.words import enter_birth_date
from portal.runtime import runtime


class Step(StrEnum):
    """What a button of the page asks for: on to the form, sign in as somebody else, or join."""

    OPEN = "open"
    SWITCH = "switch"
    JOIN = "join"


class InvitationForm(PostedForm):
    """The fields of the page."""

    step: Step
    birth_date: str = ""
    password: str = ""
    again: str = ""


@plain
async def invitation_page(request: Request) -> Response:
    """Show the invitation, and change nothing: mail scanners open every link."""
    return await _show(request, InvitationForm(step=Step.OPEN), {})


@plain
async def use_invitation(request: Request) -> Response:
    """Do what the pressed button says."""
    form = await read_form(request, InvitationForm)
    try:
        async with tries().count_failure(LINK_BY_ADDRESS, client_address(request, runtime().config)):
            return await _STEPS[form.step](request, form)
    except DeadInvitation as error:
        return _dead(error)
    except WrongBirthDate as error:
        return await _show(request, form, {"birth_date": error.sentence}, 422)
    except Conflict:
        return go_to(_path(request))
    except Invalid as error:
        return await _show(request, form, {"password": error.sentence}, 422)


async def _open(request: Request, _form: InvitationForm) -> Response:
    async with runtime().database.unit_of_work() as work:
        await service.open_invitation(work, token=_token(request))
    return go_to(_path(request))


async def _switch(request: Request, _form: InvitationForm) -> Response:
    """Sign out here, and come back with the login that was invited."""
    session_hash = _session_hash(request)
    if session_hash:
        async with runtime().database.unit_of_work() as work:
            await sign_out(work, session_hash)
    response = go_to(f"/login?next={_path(request)}")
    clear_session_cookie(response, runtime().config.secure)
    return response


async def _join(request: Request, form: InvitationForm) -> Response:
    async with runtime().database.unit_of_work(writes=False) as work:
        seen = await service.read_invitation(work, token=_token(request), session_hash=_session_hash(request))
    errors = _wrong(form, seen)
    if errors:
        return await _show(request, form, errors, 422)
    answer = Answer(
        token=_token(request),
        birth_date=form.birth_date,
        password=form.password,
        session_hash=_session_hash(request),
        device=device_label(request.headers.get("user-agent", "")),
    )
    return _arrive(request, await service.join_by_invitation(runtime(), answer))


def _arrive(request: Request, joined: Joined) -> Response:
    response = go_to(joined.start)
    if joined.session is not None:
        config, ring = runtime().config, runtime().database.ring
        set_session_cookie(response, joined.session.token, config.secure)
        device = device_of(request.headers.get("cookie"), config.secure)
        remember(response, device, ring, joined.email, config.secure)
    return response


def _wrong(form: InvitationForm, seen: InvitationPage) -> dict[str, str]:
    errors = {}
    if seen.asks_birth_date and not form.birth_date and (seen.is_theirs or not seen.has_login):
        errors["birth_date"] = enter_birth_date(is_own=seen.asks_own_birth_date)
    if not seen.has_login and not form.password:
        errors["password"] = words.ENTER_NEW_PASSWORD
    elif not seen.has_login and form.password != form.again:
        errors["again"] = words.NOT_THE_SAME
    return errors


async def _show(request: Request, form: InvitationForm, errors: Mapping[str, str], status: int = 200) -> Response:
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            seen = await service.read_invitation(work, token=_token(request), session_hash=_session_hash(request))
    except DeadInvitation as error:
        return _dead(error)
    template = "invitation_join.html" if seen.is_opened else "invitation_open.html"
    if seen.is_opened and seen.has_login and not seen.is_theirs:
        template = "invitation_sign_in.html"
    return page(template, status, seen=seen, form=form, errors=errors, path=_path(request))


def _dead(error: DeadInvitation) -> Response:
    return message_page(dead(error.reason, error.practice), 404)


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _path(request: Request) -> str:
    return f"/invitation/{_token(request)}"


def _session_hash(request: Request) -> str | None:
    return session_hash_of(request.headers.get("cookie"), runtime().config.secure)


_STEPS = {Step.OPEN: _open, Step.SWITCH: _switch, Step.JOIN: _join}
