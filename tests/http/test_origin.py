"""Where a request came from: Origin, and the address behind proxies."""

import pytest
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from portal.config import Config, Mode
from portal.http.origin import allowed_origins, client_address, is_own_origin

HOME = Config(mode=Mode.TEST)
PUBLIC = Config(mode=Mode.TEST, base_url="https://Portal.Example.org/")


def test_at_home_every_name_of_this_machine_counts() -> None:
    assert allowed_origins(HOME) == ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000")
    assert allowed_origins(PUBLIC) == ("https://portal.example.org",)


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"origin": "https://portal.example.org"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://portal.example.org"}, False),
        ({"origin": "https://portal.example.org.evil.example"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "https://portal.example.org:444"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"host": "evil.example", "origin": "https://evil.example"}, False),
    ],
)
def test_only_our_own_origin_may_post(headers: dict[str, str], own: bool) -> None:
    assert is_own_origin(Headers(headers), PUBLIC) is own


def test_two_origins_are_none() -> None:
    raw = [(b"origin", b"https://portal.example.org"), (b"origin", b"https://evil.example")]
    assert not is_own_origin(Headers(raw=raw), PUBLIC)


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "198.51.100.1", "203.0.113.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.9.8.7, 198.51.100.1", "198.51.100.1"),
        (2, "10.9.8.7, 198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (1, "", "203.0.113.9"),
        (3, "198.51.100.1", "198.51.100.1"),
        (1, "rubbish", "rubbish"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_only_our_own_proxies_are_believed(hops: int, forwarded: str, address: str) -> None:
    scope = {
        "type": "http",
        "client": ("203.0.113.9", 1),
        "headers": [(b"x-forwarded-for", forwarded.encode())] if forwarded else [],
    }
    assert client_address(HTTPConnection(scope), Config(mode=Mode.TEST, trusted_proxy_hops=hops)) == address
