"""The sign-in pages, signing in, and signing out."""

import re
from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from portal.access.gate import open_account
from portal.accounts import service
from portal.accounts.rules import device_label
from portal.errors import PortalError, SignedOut
from portal.http import words
from portal.http.cookies import clear_session_cookie, session_hash_of, set_session_cookie
from portal.http.devices import device_of, knows, remember
from portal.http.door import PostedForm, answer, plain, read_form, status_of, wants_json
from portal.http.origin import client_address
from portal.http.pages import go_to, message_page, page
from portal.http.paths import local_path
from portal.kit.ids import parse_id
from portal.runtime import runtime

_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_NOBODY = UUID(int=0)


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
        signed_in = await service.sign_in(runtime(), _attempt(request, form))
    except PortalError as error:
        return await _refuse(request, form, {"email": error.sentence}, status_of(error))
    goes_to = local_path(form.next) or signed_in.start
    response = answer(ok=True, goes_to=goes_to) if wants_json(request) else go_to(goes_to)
    current, device = runtime(), device_of(request.headers.get("cookie"), runtime().config.secure)
    set_session_cookie(response, signed_in.session.token, current.config.secure)
    remember(response, device, current.database.ring, form.email, current.config.secure)
    return response


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


def _attempt(request: Request, form: SignInForm) -> service.Attempt:
    current, cookies = runtime(), request.headers.get("cookie")
    device = device_of(cookies, current.config.secure)
    is_known = knows(device, current.database.ring, form.email)
    return service.Attempt(
        email=form.email,
        password=form.password,
        address=client_address(request, current.config),
        device=device_label(request.headers.get("user-agent", "")),
        known_device=device.id if is_known else "",
        old_session=session_hash_of(cookies, current.config.secure),
        only_account=(parse_id(form.account) or _NOBODY) if form.account else None,
    )


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
    practice_name = await _practice_name(form.practice)
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


async def _practice_name(slug: str) -> str | None:
    if not _SLUG.fullmatch(slug):
        return None
    async with runtime().database.unit_of_work(writes=False) as work:
        return await service.find_practice_name(work, slug)


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
