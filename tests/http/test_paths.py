"""`?next=` leads nowhere but into the portal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.http.paths import local_path


@pytest.mark.parametrize("path", ["/home", "/forms/0190-abc?for=1#part-2", "/practice/clients/x?tab=a&b=c", "/münchen"])
def test_paths_of_ours_stay(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "home",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/auth/sign-out",
        "/login?next=/login",
        "/dev/mail",
        "/home\r\nSet-Cookie: a=b",
        "/" + "x" * 600,
        "/\u2028/evil.example",
    ],
)
def test_everything_else_is_refused(path: str | None) -> None:
    assert local_path(path, "/home") == "/home"


@given(st.text(alphabet="/\\:.@?#%evilhom \t\n\x00", max_size=20))
def test_what_passes_is_one_slash_and_no_host(text: str) -> None:
    path = local_path(text)
    assert path == "" or (path[0] == "/" and path[1:2] not in ("/", "\\") and path.isprintable())
