"""The second page of signing in, where a code is asked for, and the question who one is over an open page."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service
from portal.errors import Invalid, NotFound, PortalError, SignedOut
from portal.http import words
from portal.http.arriving import arrive, attempt_of, device_known_for
from portal.http.cookies import clear_step_cookie, session_hash_of, set_step_cookie, step_token_of
from portal.http.door import PostedForm, answer, plain, read_form, status_of, wants_json
from portal.http.pages import go_to, page
from portal.http.paths import local_path
from portal.http.practices import find_name
from portal.runtime import runtime


class CodeForm(PostedForm):
    """The fields of the second step; `account` is sent by the sign-in over an open page only."""

    code: str = ""
    next: str = ""
    practice: str = ""
    account: str = ""


class ConfirmForm(PostedForm):
    """What somebody gives to show that it is still them."""

    password: str = ""
    code: str = ""


def ask_for_code(request: Request, asked: service.CodeAsked, *, wanted: str, practice: str) -> Response:
    """Go on to the second step, with its token in a cookie."""
    if wants_json(request):
        response = answer(ok=False, asks_code=True)
    else:
        kept = {name: text for name, text in (("next", local_path(wanted)), ("practice", practice)) if text}
        response = go_to("/login/code" + (f"?{urlencode(kept)}" if kept else ""))
    set_step_cookie(response, asked.token, runtime().config.secure)
    return response


@plain
async def code_page(request: Request) -> Response:
    """Ask for the code of somebody whose password was right; anybody else begins at the beginning."""
    try:
        await service.check_second_step(runtime(), _token(request))
    except NotFound:
        return go_to("/login")
    query = request.query_params
    return await _show(CodeForm(next=local_path(query.get("next")), practice=query.get("practice", "")[:60]), {})


@plain
async def give_code(request: Request) -> Response:
    """Take a code and open the session."""
    form = await read_form(request, CodeForm)
    if not form.code.strip():
        return await _refuse(request, form, Invalid(words.ENTER_CODE))
    attempt = attempt_of(request, account=form.account)
    given = service.CodeAttempt(_token(request), form.code, attempt, lambda email: device_known_for(request, email))
    try:
        signed_in = await service.give_code(runtime(), given)
    except NotFound as error:
        return _begin_again(request, error)
    except PortalError as error:
        return await _refuse(request, form, error)
    return arrive(request, signed_in, form.next)


@plain
async def confirm(request: Request) -> Response:
    """Note that whoever sits here has just shown who they are. For the script of an open page alone."""
    form = await read_form(request, ConfirmForm)
    session_hash = session_hash_of(request.headers.get("cookie"), runtime().config.secure)
    if not session_hash:
        raise SignedOut
    if not form.password:
        return answer(ok=False, sentence=words.ENTER_PASSWORD, status=422)
    try:
        await service.confirm_identity(runtime(), session_hash, password=form.password, code=form.code)
    except PortalError as error:
        return answer(ok=False, sentence=error.sentence, status=status_of(error))
    return answer(ok=True)


def _token(request: Request) -> str:
    return step_token_of(request.headers.get("cookie"), runtime().config.secure) or ""


def _begin_again(request: Request, error: NotFound) -> Response:
    if wants_json(request):
        response = answer(ok=False, sentence=error.sentence, begins_again=True, status=422)
    else:
        response = go_to(f"/login?notice={words.Notice.STEP_OVER}")
    clear_step_cookie(response, runtime().config.secure)
    return response


async def _refuse(request: Request, form: CodeForm, error: PortalError) -> Response:
    if wants_json(request):
        return answer(ok=False, sentence=error.sentence, asks_code=True, status=status_of(error))
    return await _show(form, {"code": error.sentence}, status_of(error))


async def _show(form: CodeForm, errors: Mapping[str, str], status: int = 200) -> Response:
    name = await find_name(form.practice)
    return page("code.html", status, form=form, goes_to=local_path(form.next), practice_name=name, errors=errors)
