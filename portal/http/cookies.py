"""The session cookie: HttpOnly, SameSite=Lax, and over TLS Secure with the `__Host-` name that pins it to this host."""

from starlette.responses import Response

from portal.kit.tokens import token_hash

_NAME = "portico_session"
_STEP_NAME = "portico_step"
_LONGEST_HEADER = 8192
_TOKEN_LENGTH = 43


def session_cookie_name(secure: bool) -> str:
    """The name of the session cookie; `secure` is whether people reach the portal over TLS."""
    return f"__Host-{_NAME}" if secure else _NAME


def session_hash_of(cookie_header: str | None, secure: bool) -> str | None:
    """Return the SHA-256 of the session token in a Cookie header; None without one, or with two that differ."""
    token = read_cookie(cookie_header, session_cookie_name(secure))
    return token_hash(token) if token and len(token) == _TOKEN_LENGTH else None


def read_cookie(cookie_header: str | None, name: str) -> str | None:
    """Return a cookie's value from a Cookie header; None when it is missing, or there twice with different values."""
    if not cookie_header or len(cookie_header) > _LONGEST_HEADER:
        return None
    values = {value for key, value in map(_pair, cookie_header.split(";")) if key == name}
    return values.pop() if len(values) == 1 else None


def set_session_cookie(response: Response, token: str, secure: bool) -> None:
    """Give the browser its session; it lasts until the browser is closed, and the server's limits hold besides."""
    response.set_cookie(session_cookie_name(secure), token, path="/", httponly=True, secure=secure, samesite="lax")


def clear_session_cookie(response: Response, secure: bool) -> None:
    """Take the session away from the browser."""
    response.delete_cookie(session_cookie_name(secure), path="/", httponly=True, secure=secure, samesite="lax")


def set_step_cookie(response: Response, token: str, secure: bool) -> None:
    """Let the browser keep the token of the second step, which is worth nothing without a code."""
    response.set_cookie(_step_name(secure), token, max_age=600, path="/", httponly=True, secure=secure, samesite="lax")


def step_token_of(cookie_header: str | None, secure: bool) -> str | None:
    """Return the token of the second step in a Cookie header."""
    return read_cookie(cookie_header, _step_name(secure))


def clear_step_cookie(response: Response, secure: bool) -> None:
    """Take the token of the second step away from the browser."""
    response.delete_cookie(_step_name(secure), path="/", httponly=True, secure=secure, samesite="lax")


def _step_name(secure: bool) -> str:
    return f"__Host-{_STEP_NAME}" if secure else _STEP_NAME


def _pair(part: str) -> tuple[str, str]:
    key, _, value = part.strip().partition("=")
    return key.strip(), value.strip()
