"""The session cookie, read and written."""

import pytest
from starlette.responses import Response

from portal.http.cookies import clear_session_cookie, session_hash_of, set_session_cookie
from portal.kit.tokens import token_hash

TOKEN = "pqtYP2926z1Npz43791PPAaWEHkyn3SmEsL6SguOdjg"


def test_cookie_is_for_the_server_only() -> None:
    response = Response()
    set_session_cookie(response, TOKEN, secure=False)
    assert response.headers["set-cookie"] == f"portico_session={TOKEN}; HttpOnly; Path=/; SameSite=lax"


def test_over_tls_it_is_pinned_to_the_host() -> None:
    response = Response()
    set_session_cookie(response, TOKEN, secure=True)
    header = response.headers["set-cookie"]
    assert header.startswith(f"__Host-portico_session={TOKEN};")
    assert "Secure" in header
    assert "Domain" not in header


@pytest.mark.parametrize("secure", [False, True])
def test_what_was_set_is_read_and_cleared(secure: bool) -> None:
    response = Response()
    set_session_cookie(response, TOKEN, secure)
    pair = response.headers["set-cookie"].split(";")[0]
    assert session_hash_of(f"other=1; {pair}; more=2", secure) == token_hash(TOKEN)
    assert session_hash_of(pair, not secure) is None
    cleared = Response()
    clear_session_cookie(cleared, secure)
    assert "Max-Age=0" in cleared.headers["set-cookie"]


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "portico_session",
        "portico_session=",
        "portico_session=short",
        f"Portico_Session={TOKEN}",
        f"portico_session={TOKEN}x",
        f"portico_session={TOKEN}; portico_session={TOKEN[::-1]}",
        "portico_session=" + "x" * 9000,
        f"x=portico_session={TOKEN}",
    ],
)
def test_anything_else_is_no_session(header: str | None) -> None:
    assert session_hash_of(header, secure=False) is None
