"""The page of the link with which a client signs in again. Opening it changes nothing; its buttons do."""

from collections.abc import Mapping
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts.mails import in_words
from portal.accounts.service_access_help_using import (
    HelpPage,
    WrongBirthDate,
    confirm_access_help,
    finish_access_help,
    read_help_page,
    stop_access_help,
)
from portal.accounts.tries import LINK_BY_ADDRESS, tries
from portal.errors import Invalid, NotFound
from portal.http import words
from portal.http.door import PostedForm, plain, read_form
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.runtime import runtime


class Step(StrEnum):
    """What a button of the page says: it was me, it was not me, set the new password."""

    CONFIRM = "confirm"
    STOP = "stop"
    SET = "set"


class HelpForm(PostedForm):
    """The fields of the page."""

    step: Step = Step.SET
    birth_date: str = ""
    password: str = ""
    again: str = ""


@plain
async def help_page(request: Request) -> Response:
    """Show what the link is for, and how far it is."""
    return await _show(request, HelpForm(), {})


@plain
async def use_help(request: Request) -> Response:
    """Do what the pressed button says."""
    form = await read_form(request, HelpForm)
    try:
        async with tries().count_failure(LINK_BY_ADDRESS, client_address(request, runtime().config)):
            return await _STEPS[form.step](request, form)
    except NotFound:
        return message_page(words.DEAD_HELP, 404)
    except WrongBirthDate as error:
        return await _show(request, form, {"birth_date": error.sentence}, 422)
    except Invalid as error:
        return await _show(request, form, {"password": error.sentence}, 422)


async def _confirm(request: Request, _form: HelpForm) -> Response:
    async with runtime().database.unit_of_work() as work:
        await confirm_access_help(work, token=_token(request))
    return go_to(f"/help-signing-in/{_token(request)}")


async def _stop(request: Request, _form: HelpForm) -> Response:
    async with runtime().database.unit_of_work() as work:
        await stop_access_help(work, token=_token(request))
    return message_page(words.HELP_STOPPED)


async def _set(request: Request, form: HelpForm) -> Response:
    errors = _wrong(form)
    if errors:
        return await _show(request, form, errors, 422)
    await finish_access_help(runtime(), token=_token(request), birth_date=form.birth_date, new=form.password)
    return go_to(f"/login?notice={words.Notice.PASSWORD_CHANGED}")


def _wrong(form: HelpForm) -> dict[str, str]:
    if not form.password:
        return {"password": words.ENTER_NEW_PASSWORD}
    return {"again": words.NOT_THE_SAME} if form.password != form.again else {}


async def _show(request: Request, form: HelpForm, errors: Mapping[str, str], status: int = 200) -> Response:
    try:
        async with runtime().database.unit_of_work(writes=False) as work:
            seen = await read_help_page(work, token=_token(request))
    except NotFound:
        return message_page(words.DEAD_HELP, 404)
    return page("access_help.html", status, seen=seen, form=form, errors=errors, opens_at=_moment(seen))


def _moment(seen: HelpPage) -> str:
    return in_words(seen.opens_at, "UTC") if seen.opens_at else ""


def _token(request: Request) -> str:
    return str(request.path_params["token"])


_STEPS = {Step.CONFIRM: _confirm, Step.STOP: _stop, Step.SET: _set}
