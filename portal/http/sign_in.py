"""The sign-in pages, signing in, and signing out."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from portal.access.gate import open_account
from portal.accounts import service
from portal.errors import PortalError, SignedOut
from portal.http import words
from portal.http.arriving import arrive, attempt_of
from portal.http.cookies import clear_session_cookie, session_hash_of
from portal.http.door import PostedForm, answer, plain, read_form, status_of, wants_json
from portal.http.pages import go_to, message_page, page
from portal.http.paths import local_path
from portal.http.practices import find_name
from portal.http.second_step import ask_for_code
from portal.runtime import runtime


class SignInForm(PostedForm):
    """The fields of the sign-in page; `account` is sent by the sign-in over an open page only."""

    email: str = ""
    password: str = ""
    next: str = ""
    practice: str = ""
    account: str = ""


@plain
async def start(request: Request) -> Response:
    """The bare address: home for who is signed in, else the sign-in page."""
    return go_to("/home" if await _is_signed_in(request) else "/login")


@plain
async def login_page(request: Request) -> Response:
    """Show the sign-in page, or go on when somebody is signed in already."""
    goes_to = local_path(request.query_params.get("next"))
    if await _is_signed_in(request):
        return go_to(goes_to or "/home")
    return await _show(request, SignInForm(next=goes_to, practice=request.path_params.get("practice", "")))


@plain
async def sign_in(request: Request) -> Response:
    """Sign in with a native form, or for a script that shows the sign-in over a page."""
    form = await read_form(request, SignInForm)
    errors = _missing(form)
    if errors:
        return await _refuse(request, form, errors, 422)
    try:
        attempt = attempt_of(request, email=form.email, password=form.password, account=form.account)
        signed_in = await service.sign_in(runtime(), attempt)
    except PortalError as error:
        return await _refuse(request, form, {"email": error.sentence}, status_of(error))
    if isinstance(signed_in, service.CodeAsked):
        return ask_for_code(request, signed_in, wanted=form.next, practice=form.practice)
    return arrive(request, signed_in, form.next)


@plain
async def sign_out(request: Request) -> Response:
    """Sign out in this browser."""
    current = runtime()
    session_hash = session_hash_of(request.headers.get("cookie"), current.config.secure)
    if session_hash:
        async with current.database.unit_of_work() as work:
            await service.sign_out(work, session_hash)
    return _signed_out(request, words.Notice.SIGNED_OUT)


@plain
async def sign_out_everywhere(request: Request) -> Response:
    """Sign out in every browser of this login."""
    current = runtime()
    session_hash = session_hash_of(request.headers.get("cookie"), current.config.secure)
    async with current.database.unit_of_work() as work:
        await service.end_all_sessions(work, await open_account(work, session_hash or ""))
    return _signed_out(request, words.Notice.SIGNED_OUT_EVERYWHERE)


def _signed_out(request: Request, notice: words.Notice) -> Response:
    response = answer(ok=True, goes_to="/login") if wants_json(request) else go_to(f"/login?notice={notice}")
    clear_session_cookie(response, runtime().config.secure)
    return response


def _missing(form: SignInForm) -> dict[str, str]:
    needed = {"email": words.ENTER_EMAIL, "password": words.ENTER_PASSWORD}
    return {field: sentence for field, sentence in needed.items() if not getattr(form, field).strip()}


async def _refuse(request: Request, form: SignInForm, errors: Mapping[str, str], status: int) -> Response:
    if wants_json(request):
        return answer(ok=False, sentence=next(iter(errors.values())), status=status)
    return await _show(request, form, errors, status)


async def _show(
    request: Request, form: SignInForm, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    practice_name = await find_name(form.practice)
    if form.practice and practice_name is None:
        return message_page(words.NO_PRACTICE, 404)
    return page(
        "login.html",
        status,
        form=form,
        goes_to=local_path(form.next),
        practice_name=practice_name,
        notice="" if errors else words.NOTICES.get(request.query_params.get("notice", ""), ""),
        errors=errors or {},
    )


async def _is_signed_in(request: Request) -> bool:
    current = runtime()
    session_hash = session_hash_of(request.headers.get("cookie"), current.config.secure)
    if session_hash is None:
        return False
    async with current.database.unit_of_work(writes=False) as work:
        try:
            await open_account(work, session_hash)
        except SignedOut:
            return False
    return True
